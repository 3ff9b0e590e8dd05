"""The portal, seen from here."""
