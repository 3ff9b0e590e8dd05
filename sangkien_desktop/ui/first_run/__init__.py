"""The first steps on a new PC: five decisions, one at a time, outside the main window."""
