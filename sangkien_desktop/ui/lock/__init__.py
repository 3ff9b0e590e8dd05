"""The screen before an open station: who opens, by what."""
