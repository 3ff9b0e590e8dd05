"""A clash as a person decides it: each field in words, from here, from the portal, and as both last agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sangkien_desktop.domain.document import Document, Json, to_document
from sangkien_desktop.domain.fields import Kind
from sangkien_desktop.domain.ids import ConflictId, InitiativeId
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.travelling import travelling, with_travelling
from sangkien_desktop.services.entry import EntryService
from sangkien_desktop.services.typed import Lists, text_of, typed
from sangkien_desktop.storage import conflicts, history, initiatives
from sangkien_desktop.storage.conflicts import Conflict
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.sessions import Session

WITHDRAWN_THERE: Final = ("withdrawn_there", "deleted_there")
WITHDRAWN_HERE: Final = "withdrawn_here"
_REFERENCE_NAMES: Final = {"programme": "Chương trình", "stage": "Giai đoạn"}


@dataclass(frozen=True)
class Clash:
    """One field that both sides changed; texts as they are read on the screen."""

    field: str
    label: str
    base: str
    mine: str
    theirs: str
    mine_value: Json
    theirs_value: Json


@dataclass(frozen=True)
class TakenOver:
    """A field that only one side changed: merged without asking."""

    label: str
    text: str
    is_from_portal: bool


@dataclass(frozen=True, kw_only=True)
class ClashView:
    """Everything the conflict screen shows of one record."""

    id: ConflictId
    record: InitiativeId
    local_code: str
    title: str
    rule: str
    clashes: tuple[Clash, ...]
    taken_over: tuple[TakenOver, ...]
    mine_by: str
    mine_at: datetime | None
    theirs_at: datetime | None

    @property
    def is_about_withdrawal(self) -> bool:
        """Whether one side withdrew what the other side edited."""
        return self.rule in (*WITHDRAWN_THERE, WITHDRAWN_HERE)


class ClashReader:
    """Puts clashes into words and reads what a person types instead."""

    def __init__(self, database: Database, entry: EntryService) -> None:
        self._database = database
        self._entry = entry

    def all(self) -> tuple[ClashView, ...]:
        """Open clashes, oldest first."""
        lists = self._entry.lists()
        with self._database.read() as session:
            waiting = conflicts.waiting(session)
            records = {one.record: initiatives.get(session, one.record) for one in waiting}
            typed_here = {one.record: _typed_here(session, one.record) for one in waiting}
        return tuple(_view(one, records[one.record], typed_here[one.record], lists) for one in waiting)

    def read(self, view: ClashView, field: str, text: str) -> tuple[Json, str]:
        """A typed value for a clashing field as it would be kept, and how it reads. Empty text empties it."""
        lists = self._entry.lists()
        with self._database.read() as session:
            record = initiatives.get(session, view.record)
        after = typed(record, field, text, lists, self._entry.find_people)
        return travelling(after).get(field), text_of(after, field, lists)


def _view(
    conflict: Conflict, record: Initiative, typed_here: history.Entry | None, lists: Lists
) -> ClashView:
    sides = {
        side: with_travelling(record, document)
        for side, document in (("base", conflict.base), ("mine", conflict.mine), ("theirs", conflict.theirs))
    }
    names = [name for name in conflict.fields if name in FIELD or name in _REFERENCE_NAMES]
    clashes = tuple(_clash(name, conflict, sides, lists) for name in names)
    return ClashView(
        id=conflict.id,
        record=conflict.record,
        local_code=record.local_code,
        title=record.title or "(chưa có tên)",
        rule=conflict.rule,
        clashes=clashes,
        taken_over=tuple(_taken_over(conflict, sides, lists)),
        mine_by=typed_here.actor if typed_here else "",
        mine_at=typed_here.at if typed_here else None,
        theirs_at=conflict.created_at,
    )


def _typed_here(session: Session, record: InitiativeId) -> history.Entry | None:
    """The newest edit that did not come from the portal."""
    return next((one for one in history.entries(session, record) if one.source != "portal"), None)


def _clash(name: str, conflict: Conflict, sides: Mapping[str, Initiative], lists: Lists) -> Clash:
    texts = {side: _text(record, name, lists) for side, record in sides.items()}
    return Clash(
        field=name,
        label=FIELD[name].label if name in FIELD else _REFERENCE_NAMES[name],
        base=texts["base"],
        mine=texts["mine"],
        theirs=texts["theirs"],
        mine_value=conflict.mine.get(name),
        theirs_value=conflict.theirs.get(name),
    )


def _taken_over(conflict: Conflict, sides: Mapping[str, Initiative], lists: Lists) -> list[TakenOver]:
    found = []
    for name in FIELD:
        if name in conflict.fields or FIELD[name].kind is Kind.FILES:
            continue
        base, mine, theirs = (_plain(one, name) for one in (conflict.base, conflict.mine, conflict.theirs))
        if mine == theirs and mine == base:
            continue
        is_from_portal = theirs != base and mine in (base, theirs)
        if mine != base or is_from_portal:
            side = sides["theirs" if is_from_portal else "mine"]
            found.append(TakenOver(FIELD[name].heading, _text(side, name, lists), is_from_portal))
    return found


def _plain(document: Document, name: str) -> Json:
    return document.get(name) or None


def _text(record: Initiative, name: str, lists: Lists) -> str:
    if name in _REFERENCE_NAMES:
        return str(to_document(record).get(name) or getattr(record, name) or "")
    text = text_of(record, name, lists)
    return f"{text} đồng" if FIELD[name].kind is Kind.MONEY and text[:1].isdigit() else text
