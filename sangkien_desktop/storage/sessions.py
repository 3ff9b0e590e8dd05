"""The kind of session that `Database.read()` and `.write()` give, for those who hand one on and know no more of it."""

from sqlalchemy.orm import Session

__all__ = ["Session"]
