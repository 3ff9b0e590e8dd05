"""Word and PDF papers from templates, and reports on paper."""
