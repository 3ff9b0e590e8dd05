"""The station's own numbers for initiatives: never given twice, not even after an undo."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from sangkien_desktop.storage import meta, moment
from sangkien_desktop.storage.tables import InitiativeRow

_NUMBER = re.compile(r"\{(n+)\}")
_LAST_CHARACTER = "\U0010ffff"


def next_local_code(session: Session, pattern: str, *, unit: str = "") -> str:
    """The next free code of a pattern such as `{unit}{yy}-{nnnnn}`, reserved by this transaction."""
    return reserve(session, pattern, 1, unit=unit)[0]


def reserve(session: Session, pattern: str, number: int, *, unit: str = "") -> tuple[str, ...]:
    """The next `number` free codes; the year is Vietnam's."""
    year = f"{moment.today(session).year:04}"
    filled = pattern.replace("{unit}", unit).replace("{yyyy}", year).replace("{yy}", year[2:])
    if _NUMBER.search(filled) is None:
        filled += "{nnnnn}"
    start, digits, end = _NUMBER.split(filled, maxsplit=1)
    width = len(digits)
    name = f"local_code:{start}"
    used = int(meta.get(session, name) or 0) or _greatest(session, start)
    codes: list[str] = []
    while len(codes) < number:
        used += 1
        codes.append(f"{start}{used:0{width}}{end}")
    meta.put(session, name, str(used))
    return tuple(codes)


def _greatest(session: Session, start: str) -> int:
    """The greatest number given after this beginning before numbers were remembered."""
    code = InitiativeRow.local_code
    inside = select(code).where(code != "", code >= start, code < start + _LAST_CHARACTER)
    numbers = (re.match(r"\d+", found[len(start) :]) for found in session.scalars(inside))
    return max((int(found[0]) for found in numbers if found), default=0)
