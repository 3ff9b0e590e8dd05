"""The encrypted database of the station; the only package that sees mapped rows."""
