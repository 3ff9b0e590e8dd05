"""What people may ask of their own data (Law 91/2025/QH15, Decree 356/2025/NĐ-CP): requests, extract, erasure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.document import to_document
from sangkien_desktop.domain.ids import InitiativeId, PersonId
from sangkien_desktop.paths import replace_file
from sangkien_desktop.progress import Progress
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.storage import audit, backups, erasures, initiatives, people, personal, subject_requests
from sangkien_desktop.storage.subject_requests import SubjectRequest

ANSWER_WITHIN: Final = 2
"""Working days until a request must be answered."""
FINISH_WITHIN: Final[Mapping[str, int]] = MappingProxyType(
    {"withdraw": 15, "restrict": 15, "object": 15, "access": 10, "correct": 10, "erase": 20}
)
"""Working days until each kind must be done; the portal is a processor, so an erasure has the longer term."""


@dataclass(frozen=True)
class Erased:
    """What an erasure did, and when the last copy is gone."""

    initiatives: tuple[InitiativeId, ...]
    """They stay without the name; the portal hears of it at the next exchange."""
    gone_from_backups_on: date
    changes: Changes


class PrivacyService:
    """Requests of people about their own data, and what fulfils them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._database = desk.database

    def requests(self, *, only_open: bool = False) -> tuple[SubjectRequest, ...]:
        """Requests, the one that is due first in front."""
        with self._database.read() as session:
            return subject_requests.find(session, only_open=only_open)

    def receive(self, person: PersonId, kind: str) -> SubjectRequest:
        """Write a request down with its days. KeyError for a kind that the law does not know."""
        today = self._desk.clock.today()
        with self._database.write() as session:
            return subject_requests.add(
                session,
                person,
                kind,
                answer_by=_end_of(working_day_after(today, ANSWER_WITHIN)),
                finish_by=_end_of(working_day_after(today, FINISH_WITHIN[kind])),
            )

    def close(self, request: str, *, is_refused: bool = False) -> None:
        """A request was fulfilled or refused."""
        with self._database.write() as session:
            subject_requests.close(session, request, "refused" if is_refused else "done")

    def extract(self, person: PersonId, target: Path) -> Path:
        """Everything the station holds of a person, as one JSON file for that person. KeyError, OSError."""
        with self._database.write() as session:
            known = people.get(session, person)
            ids = personal.records_of(session, known)
            content = {
                "person": asdict(known),
                "initiatives": [to_document(initiatives.get(session, one)) for one in ids],
                "history": personal.history_of(session, ids),
                "rows_of_files": personal.imported_rows_of(session, ids),
            }
            audit.append(session, self._deed("extract", person))
        replace_file(target, json.dumps(content, ensure_ascii=False, indent=1, default=_plain).encode())
        return target

    def erase(self, person: PersonId, progress: Progress, *, reason: str = "request") -> Erased:
        """Take the person out of records, history, search, files read in and what was sent; keep the work.

        A fresh backup is made; older ones, which still hold the person, expire. Raises KeyError, and AppError
        `erasure-waits` while the portal has not answered.
        """
        progress.report(0, 2, "Đang xóa dữ liệu của một người")
        with self._database.write() as session:
            known = people.get(session, person)
            touched = personal.records_of(session, known)
            erasures.erase(session, erasures.PERSON, person, reason=reason, actor=self._desk.actor())
            audit.append(session, self._deed("erase", person))
        self._database.checkpoint()
        progress.report(1, 2, "Đang sao lưu lại")
        backups.make(self._database, reason="asked", clock=self._desk.clock)
        gone = self._desk.clock.today() + backups.LONGEST
        changes = Changes(initiatives=frozenset(touched), people=frozenset({person}), sync=True)
        return Erased(touched, gone, changes)

    def _deed(self, action: str, person: PersonId) -> audit.Deed:
        return audit.Deed(actor=self._desk.actor(), action=action, entity=f"person:{person}")


def working_day_after(start: date, days: int) -> date:
    """The n-th working day after `start`; weekends and public holidays of Vietnam do not count."""
    day = start
    while days:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in _holidays(day.year):
            days -= 1
    return day


@lru_cache(maxsize=8)
def _holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # loaded only when a deadline is counted

    return frozenset(country_holidays("VN", years=year))


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), tzinfo=VIETNAM)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else str(value)
