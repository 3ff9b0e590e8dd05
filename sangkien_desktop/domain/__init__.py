"""What an initiative is and what may happen to it: pure Python, no files, no network, no Qt."""
