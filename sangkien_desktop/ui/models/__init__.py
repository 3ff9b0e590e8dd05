"""Item models shared by screens."""
