"""Typing initiatives: rows of the grid, single cells, rectangles of cells, new rows."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.document import Json, value_from_json, value_to_json
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Initiative, Lifecycle
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.rules import Problem, Severity
from sangkien_desktop.domain.versions import StaleEdit
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.initiatives import InitiativeService, changes_of
from sangkien_desktop.services.typed import Lists, text_of, typed
from sangkien_desktop.services.units import UnitService
from sangkien_desktop.storage import initiatives, people, programmes, units
from sangkien_desktop.storage import undo as acts
from sangkien_desktop.storage.database import Session
from sangkien_desktop.storage.initiatives import Query, Row
from sangkien_desktop.vietnamese.folding import fold

ADDED = "thêm một sáng kiến"
LOOKED_UP = 12
"""How many people are offered while an author is typed."""


@dataclass(frozen=True)
class GridRow:
    """A row of the list with the gravest problem of each field."""

    row: Row
    problems: Mapping[str, Problem]

    @property
    def record(self) -> Initiative:
        """The record itself."""
        return self.row.record


@dataclass(frozen=True)
class CellEdit:
    """A text typed or pasted into one cell."""

    initiative: InitiativeId
    field: str
    text: str


@dataclass(frozen=True)
class Entered:
    """A row as it stands after an edit."""

    row: GridRow
    changes: Changes


class EntryService:
    """What grid and form write. Every call is one act that one undo takes back."""

    def __init__(self, desk: Desk, service: InitiativeService) -> None:
        self._desk = desk
        self._database = desk.database
        self._service = service
        self._units = UnitService(desk)

    # Looking

    def lists(self) -> Lists:
        """What typed text may name."""
        with self._database.read() as session:
            names = units.names(session)
            known = {programme.code: programme for programme in programmes.find(session)}
        return Lists(units=names, groups=self._units.groups(), programmes=known)

    def page(self, row_keys: "array[int] | Sequence[int]") -> list[GridRow | None]:
        """One row for each key, in order; None for a record that is gone."""
        with self._database.read() as session:
            rows = {row.key: row for row in initiatives.page(session, row_keys)}
            found = initiatives.problems_at(session, row_keys)
        return [_grid_row(rows[key], found.get(key, ())) if key in rows else None for key in row_keys]

    def row(self, initiative_id: InitiativeId) -> GridRow | None:
        """One record with its problems; None when it is gone."""
        with self._database.read() as session:
            return self._row(session, initiative_id)

    def find_people(self, text: str, limit: int = LOOKED_UP) -> tuple[Person, ...]:
        """People whose code, name or phone fits what has been typed so far."""
        with self._database.read() as session:
            return people.lookup(session, text, limit)

    # Writing

    def type_in(self, edit: CellEdit, seen: str | None = None) -> Entered:
        """Keep what was typed into one cell.

        `seen` is the text that stood there when typing began; raises StaleEdit when another text stands there
        now. Other fields of the record may have changed meanwhile; they stay as they are.
        """
        lists = self.lists()

        def change(record: Initiative) -> Initiative:
            after = typed(record, edit.field, edit.text, lists, self.find_people)
            if seen is not None and after != record and text_of(record, edit.field, lists) != seen:
                raise StaleEdit(opened=None, stored=record)
            return after

        return self._edit_one(edit.initiative, change, FIELD[edit.field].heading)

    def set_value(self, initiative_id: InitiativeId, name: str, value: Json, seen: Json = None) -> Entered:
        """Give one field a plain value; raises StaleEdit when another value than `seen` stands there now."""
        declared = FIELD[name]

        def change(record: Initiative) -> Initiative:
            stored = value_to_json(declared, getattr(record, name))
            if stored not in (seen, value):
                raise StaleEdit(opened=None, stored=record)
            unread = {field: raw for field, raw in record.unread.items() if field != name}
            return replace(record, **{name: value_from_json(declared, value)}, unread=unread)  # type: ignore[arg-type]

        return self._edit_one(initiative_id, change, declared.heading)

    def type_many(self, edits: Sequence[CellEdit], name: str) -> Changes:
        """Keep many typed cells as one act."""
        lists = self.lists()
        by_record: dict[InitiativeId, list[CellEdit]] = {}
        for edit in edits:
            by_record.setdefault(edit.initiative, []).append(edit)
        look_up = _remembering(self.find_people)

        def change(record: Initiative) -> Initiative:
            for edit in by_record[record.id]:
                record = typed(record, edit.field, edit.text, lists, look_up)
            return record

        return self._service.edit(list(by_record), change, name=name)

    def new_records(
        self, fields: Sequence[str], rows: Sequence[Sequence[str]], like: Initiative | None
    ) -> tuple[Initiative, ...]:
        """Records that pasted rows would become; nothing is written. An empty field name leaves a column out."""
        lists, look_up = self.lists(), _remembering(self.find_people)
        made = []
        for row in rows:
            record = self._service.blank(like)
            for name, text in zip(fields, row, strict=False):
                if name and text.strip():
                    record = typed(record, name, text, lists, look_up)
            made.append(record)
        return tuple(made)

    def keep_new(self, records: Sequence[Initiative], name: str = "dán") -> Changes:
        """Keep new records as one act."""
        return self._service.add_many(records, name=f"{name} {len(records)} sáng kiến")

    def add(self, like: Initiative | None = None) -> Entered:
        """A new record with what is carried over from another one, kept at once."""
        saved = self._service.save(self._service.blank(like), opened_on=0, name=ADDED)
        return self._entered(saved.record.id, saved.changes)

    def duplicate(self, ids: Sequence[InitiativeId]) -> tuple[InitiativeId, ...]:
        """Copies of records as new drafts, without what the portal or the files made of the originals."""
        with self._database.read() as session:
            originals = [initiatives.get(session, one) for one in ids]
        copies = []
        for original in originals:
            blank = self._service.blank()
            copies.append(
                replace(
                    original,
                    id=blank.id,
                    local_code="",
                    version=0,
                    lifecycle=Lifecycle.DRAFT,
                    provenance=blank.provenance,
                    attachments=(),
                )
            )
        self._service.add_many(copies, name=f"nhân đôi {len(copies)} sáng kiến", source="typed")
        return tuple(copy.id for copy in copies)

    def drop_if_blank(self, initiative_id: InitiativeId) -> Changes:
        """Take a new record back into which nothing was typed; records with a title or an author stay."""
        with self._database.read() as session:
            row = self._row(session, initiative_id)
            newest = next(iter(acts.undoable(session, 1)), None)
        if row is None or row.record.version != 1 or row.record.title or row.record.authors:
            return Changes()
        if newest is None or newest.name != ADDED:
            return Changes()
        return self._service.undo(newest.id).changes

    def replace_text(self, query: Query, name: str, old: str, new: str, *, exact: bool) -> Sequence[CellEdit]:
        """The edits that find-and-replace in one column would make; with `exact` accents and case count."""
        lists = self.lists()
        with self._database.read() as session:
            records = initiatives.find(session, query)
        found = []
        for record in records:
            before = text_of(record, name, lists)
            after = replaced(before, old, new, exact=exact)
            if after != before:
                found.append(CellEdit(record.id, name, after))
        return found

    def _edit_one(
        self, initiative_id: InitiativeId, change: Callable[[Initiative], Initiative], heading: str
    ) -> Entered:
        record = self._service.get(initiative_id)
        changes = self._service.edit([initiative_id], change, name=f"sửa {heading} của {record.local_code}")
        return self._entered(initiative_id, changes)

    def _entered(self, initiative_id: InitiativeId, changes: Changes) -> Entered:
        row = self.row(initiative_id)
        if row is None:
            raise KeyError(initiative_id)
        return Entered(row, changes)

    def _row(self, session: Session, initiative_id: InitiativeId) -> GridRow | None:
        keys = initiatives.keys(session, Query(ids=frozenset({initiative_id})))
        found = initiatives.page(session, keys)
        if not found:
            return None
        return _grid_row(found[0], initiatives.problems_at(session, keys).get(found[0].key, ()))


def replaced(text: str, old: str, new: str, *, exact: bool) -> str:
    """Every `old` in the text becomes `new`; without `exact`, accents and case do not matter in finding."""
    if not old:
        return text
    if exact:
        return text.replace(old, new)
    folded = [fold(letter) or letter for letter in text]
    wanted = fold(old)
    plain = "".join(part if len(part) == 1 else part[:1] for part in folded)
    parts, at = [], 0
    while (hit := plain.find(wanted, at)) >= 0:
        parts += [text[at:hit], new]
        at = hit + len(wanted)
    return "".join([*parts, text[at:]])


def _remembering(find_people: Callable[[str], tuple[Person, ...]]) -> Callable[[str], tuple[Person, ...]]:
    known: dict[str, tuple[Person, ...]] = {}

    def look_up(text: str) -> tuple[Person, ...]:
        if text not in known:
            known[text] = find_people(text)
        return known[text]

    return look_up


def _grid_row(row: Row, problems: Sequence[Problem]) -> GridRow:
    gravest: dict[str, Problem] = {}
    for problem in problems:
        known = gravest.get(problem.field)
        if known is None or (known.severity is Severity.WARNING and problem.severity is Severity.ERROR):
            gravest[problem.field] = problem
    return GridRow(row, gravest)


__all__ = ["CellEdit", "Entered", "EntryService", "GridRow", "Lists", "changes_of", "replaced"]
