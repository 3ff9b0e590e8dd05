"""The time as storage sees it: every session carries the clock of its database."""

from datetime import date, datetime
from typing import cast

from sqlalchemy.orm import Session

from sangkien_desktop.clock import Clock

CLOCK = "clock"


def now(session: Session) -> datetime:
    """The instant, aware, in UTC."""
    return cast(Clock, session.info[CLOCK]).now()


def today(session: Session) -> date:
    """The day in Vietnam."""
    return cast(Clock, session.info[CLOCK]).today()
