"""Benchmarks: each prints our figure, a rival or a limit from the same run, and the ratio."""
