"""Sáng kiến Desktop: collects workers' initiatives offline and brings them to the national portal."""

__version__ = "0.1.0"
