"""A member list from HR against the one at the station: who joined, moved, was renamed, left; nothing is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sangkien_desktop.domain.ids import PersonId, UnitId, new_id
from sangkien_desktop.domain.people import Gender, Person, WorkStatus
from sangkien_desktop.domain.rules import Severity
from sangkien_desktop.domain.units import Unit, group_key
from sangkien_desktop.vietnamese.folding import canonical_tone, fold
from sangkien_desktop.workbooks.people_reader import PeopleReading, PersonRow

MANY_LEAVERS = 0.2
"""When more than this share of the people would leave, the list is probably only a part of the plant."""

_PLAIN = (
    "birth_date",
    "position",
    "education",
    "is_leader",
    "author_kind",
    "is_member",
    "member_card",
    "phone",
    "citizen_id",
)


class Difference(StrEnum):
    """What a new list says of one person; each kind is agreed to by itself."""

    JOINED = "joined"
    MOVED = "moved"
    RENAMED = "renamed"
    CHANGED = "changed"
    RETURNED = "returned"
    LEFT = "left"
    DOUBTFUL = "doubtful"
    UNCHANGED = "unchanged"


WORDS: Mapping[Difference, str] = {
    Difference.JOINED: "người mới",
    Difference.MOVED: "chuyển tổ",
    Difference.RENAMED: "đổi tên",
    Difference.CHANGED: "đổi thông tin",
    Difference.RETURNED: "làm trở lại",
    Difference.LEFT: "không còn trong danh sách",
    Difference.DOUBTFUL: "cần xem lại",
    Difference.UNCHANGED: "không đổi",
}


@dataclass(frozen=True)
class PersonChange:
    """One person: before and after, and what the difference is."""

    kind: Difference
    before: Person | None
    after: Person | None
    """None for a doubtful row, which is never written."""
    row: PersonRow | None
    note: str = ""


@dataclass(frozen=True)
class ListPlan:
    """What a list would change; the same plan serves the look and the writing."""

    file_name: str
    changes: tuple[PersonChange, ...]
    units: tuple[Unit, ...] = ()
    problems: int = 0
    readings: tuple[PeopleReading, ...] = field(default=(), repr=False)

    def of(self, kind: Difference) -> tuple[PersonChange, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)

    @property
    def counts(self) -> dict[str, int]:
        """People by difference."""
        return {kind.value: len(self.of(kind)) for kind in Difference}

    @property
    def usually_agreed(self) -> frozenset[Difference]:
        """What is safe to tick beforehand: not that half of the plant has left."""
        known = sum(change.before is not None for change in self.changes)
        safe = set(Difference) - {Difference.DOUBTFUL, Difference.UNCHANGED}
        if len(self.of(Difference.LEFT)) > MANY_LEAVERS * max(known, 1):
            safe.discard(Difference.LEFT)
        return frozenset(safe)


@dataclass
class _Known:
    by_code: dict[str, Person]
    by_name: dict[str, list[Person]]
    units: dict[str, UnitId]
    own: UnitId | None
    names: Mapping[UnitId, str]
    new_units: dict[str, Unit] = field(default_factory=dict)

    def group(self, name: str | None) -> UnitId | None:
        if not name:
            return None
        key = group_key(name)
        if key not in self.units:
            unit = Unit(id=UnitId(new_id()), name=name, parent=self.own)
            self.new_units[key] = unit
            self.units[key] = unit.id
        return self.units[key]

    def person(self, row: PersonRow, group: UnitId | None) -> Person | None:
        code = row.values.get("employee_code")
        if code:
            known = self.by_code.get(str(code))
            if known is not None:
                return known
        same = [
            one
            for one in self.by_name.get(fold(str(row.values.get("name", ""))), ())
            if one.group == group and (not code or one.employee_code is None)
        ]
        return same[0] if len(same) == 1 else None


def compare(
    readings: Sequence[PeopleReading], everyone: Sequence[Person], units: Sequence[Unit], today: date
) -> ListPlan:
    """The plan for all sheets of one file."""
    by_name: dict[str, list[Person]] = {}
    for person in everyone:
        by_name.setdefault(fold(person.name), []).append(person)
    known = _Known(
        by_code={one.employee_code: one for one in everyone if one.employee_code},
        by_name=by_name,
        units={group_key(unit.name): unit.id for unit in units},
        own=next((unit.id for unit in units if unit.is_own), None),
        names={unit.id: unit.name for unit in units},
    )
    changes: list[PersonChange] = []
    codes: dict[str, int] = {}
    seen: set[PersonId] = set()
    for row in (row for reading in readings for row in reading.rows):
        change = _change(row, known, codes)
        if change.after is not None:
            seen.add(change.after.id)
        elif change.before is not None:
            seen.add(change.before.id)
        changes.append(change)
    changes += [
        PersonChange(Difference.LEFT, one, replace(one, status=WorkStatus.LEFT, left_on=today), None)
        for one in everyone
        if one.id not in seen and one.status is WorkStatus.WORKING and one.employee_code
    ]
    return ListPlan(
        file_name=readings[0].file_name if readings else "",
        changes=tuple(changes),
        units=tuple(known.new_units.values()),
        problems=sum(len(row.problems) for reading in readings for row in reading.rows),
        readings=tuple(readings),
    )


def _change(row: PersonRow, known: _Known, codes: dict[str, int]) -> PersonChange:
    wrong = next((p.message for p in row.problems if p.severity is Severity.ERROR), "")
    code = str(row.values.get("employee_code") or "")
    if wrong or not row.values.get("name"):
        return PersonChange(Difference.DOUBTFUL, None, None, row, wrong or "Chưa ghi họ tên.")
    if code and code in codes:
        note = f"Mã {code} đã có ở dòng {codes[code]}."
        return PersonChange(Difference.DOUBTFUL, known.by_code.get(code), None, row, note)
    if code:
        codes[code] = row.row
    group = known.group(_text(row, "group"))
    before = known.person(row, group)
    after = _person(row, before, group)
    if before is None:
        return PersonChange(Difference.JOINED, None, after, row)
    if not _may_be_same(before, after):
        note = f"Mã {code} ở máy là của {before.name}."
        return PersonChange(Difference.DOUBTFUL, before, None, row, note)
    return PersonChange(_kind(before, after), before, after, row, _note(before, after, known))


def _kind(before: Person, after: Person) -> Difference:
    if before == after:
        return Difference.UNCHANGED
    if before.status is not WorkStatus.WORKING:
        return Difference.RETURNED
    if before.name != after.name:
        return Difference.RENAMED
    return Difference.MOVED if before.group != after.group else Difference.CHANGED


def _note(before: Person, after: Person, known: _Known) -> str:
    if before.name != after.name:
        return f"{before.name} → {after.name}"
    if before.group != after.group:
        new = {unit.id: unit.name for unit in known.new_units.values()}
        names = {**known.names, **new}
        old = names.get(before.group, "chưa có tổ") if before.group else "chưa có tổ"
        return f"{old} → {names.get(after.group, '') if after.group else ''}"
    return ""


def _may_be_same(before: Person, after: Person) -> bool:
    """Same code, another name: a correction or a marriage keeps at least one word; else the code was reused."""
    old, new = set(fold(before.name).split()), set(fold(after.name).split())
    return bool(old & new)


def _person(row: PersonRow, before: Person | None, group: UnitId | None) -> Person:
    """The person as the list says; what the list has no column for stays as it was."""
    said: dict[str, Any] = {
        name: row.values[name] for name in _PLAIN if row.values.get(name) not in (None, "")
    }
    gender = str(row.values.get("gender") or "")
    if gender in set(Gender):
        said["gender"] = Gender(gender)
    start = before or Person(id=PersonId(new_id()), name="", is_member=True)
    name = str(row.values["name"])
    others = start.other_names
    if before is not None and canonical_tone(before.name) != canonical_tone(name):
        others = tuple(dict.fromkeys((*others, before.name)))
    return replace(
        start,
        name=name,
        employee_code=_text(row, "employee_code") or start.employee_code,
        group=group or start.group,
        status=WorkStatus.WORKING,
        left_on=None,
        other_names=others,
        **said,
    )


def _text(row: PersonRow, name: str) -> str | None:
    value = row.values.get(name)
    return str(value) if value else None
