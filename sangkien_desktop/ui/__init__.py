"""The window: what the user sees, and nothing else."""
