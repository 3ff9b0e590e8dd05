"""Workers: found by code, by name without accents or by phone; and their agreements."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Table, func, or_, select
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import PersonId, UnitId
from sangkien_desktop.domain.people import Consent, Gender, Person, Purpose, WorkStatus
from sangkien_desktop.storage import moment, search
from sangkien_desktop.storage.meta import to_json
from sangkien_desktop.storage.tables import ConsentRow, PersonRow
from sangkien_desktop.storage.tables.base import instant_text
from sangkien_desktop.vietnamese.collation import name_sort_key, sort_key
from sangkien_desktop.vietnamese.dates import PartialDate
from sangkien_desktop.vietnamese.folding import fold

CHUNK = 500
CANDIDATES = 200
"""How many matches of a short text are looked at before the best are shown."""

_PLAIN = (
    "employee_code",
    "position",
    "education",
    "author_kind",
    "member_card",
    "phone",
    "citizen_id",
    "left_on",
)
_FLAGS = ("is_leader", "is_member")


def get(session: Session, person: PersonId) -> Person:
    """The person; raises KeyError."""
    found = find(session, ids=[person])
    if not found:
        raise KeyError(person)
    return found[0]


def find(
    session: Session,
    *,
    ids: Sequence[PersonId] | None = None,
    codes: Sequence[str] | None = None,
    group: UnitId | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[Person, ...]:
    """People in the order of given names; with `ids` or `codes`, those of them that are known."""
    if ids is not None or codes is not None:
        column, wanted = (PersonRow.id, ids) if ids is not None else (PersonRow.employee_code, codes)
        rows: list[PersonRow] = []
        values = [str(value) for value in wanted or ()]
        for start in range(0, len(values), CHUNK):
            rows.extend(session.scalars(select(PersonRow).where(column.in_(values[start : start + CHUNK]))))
        return _people(session, sorted(rows, key=lambda row: (row.name_sort, row.key)))
    chosen = select(PersonRow).order_by(PersonRow.name_sort, PersonRow.key)
    if group is not None:
        chosen = chosen.where(PersonRow.group == group)
    if limit is not None:
        chosen = chosen.limit(limit).offset(offset)
    return _people(session, session.scalars(chosen).all())


def count(session: Session) -> int:
    """How many people are known."""
    return session.scalar(select(func.count()).select_from(PersonRow)) or 0


def lookup(session: Session, text: str, limit: int = 20) -> tuple[Person, ...]:
    """People whose code, name or phone fits what has been typed so far; exact codes and names first."""
    match = search.match_of(text)
    if match is None:
        return ()
    typed = fold(text)
    code = text.strip()
    matched = search.matching("person_words", match).limit(CANDIDATES)
    # The table's own columns, not its mapped rows: this runs at every key press.
    table = cast(Table, PersonRow.__table__)
    columns = table.c
    light = session.execute(
        select(
            columns.key, columns.name_folded, columns.name_sort, columns.status, columns.employee_code
        ).where(or_(columns.key.in_(matched), columns.employee_code == code))
    ).all()
    best = sorted(
        light,
        key=lambda row: (
            row.employee_code != code,
            row.name_folded != typed,
            not row.name_folded.endswith(typed),
            row.status != WorkStatus.WORKING,
            row.name_sort,
        ),
    )[:limit]
    places = {row.key: place for place, row in enumerate(best)}
    rows = session.scalars(select(PersonRow).where(PersonRow.key.in_(list(places)))).all()
    return _people(session, sorted(rows, key=lambda row: places[row.key]))


def put(session: Session, person: Person, *, actor: str = "") -> Person:
    """Keep the person; the version rises by one. An equal person changes nothing."""
    stored = next(iter(find(session, ids=[person.id])), None)
    if stored is not None and replace(person, version=stored.version) == stored:
        return stored
    kept = replace(person, version=stored.version + 1 if stored else 1)
    put_many(session, [kept], actor=actor)
    return kept


def put_many(session: Session, people: Iterable[Person], *, actor: str = "") -> int:
    """Keep many people as they are given, versions included (a version of 0 becomes 1); how many."""
    at = instant_text(moment.now(session))
    kept = tuple(people)
    rows = [_values(person, at) for person in kept]
    if not rows:
        return 0
    connection = session.connection()
    names = tuple(rows[0])
    updates = ", ".join(f"{name} = excluded.{name}" for name in names if name not in {"id", "created_at"})
    connection.exec_driver_sql(
        f"INSERT INTO person ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 - own columns
        f" ON CONFLICT (id) DO UPDATE SET {updates}",
        [tuple(values.values()) for values in rows],
    )
    _index(session, [str(values["id"]) for values in rows])
    _agree(session, [person for person in kept if person.consent is not None], actor)
    return len(rows)


def record_consent(session: Session, person: PersonId, consent: Consent, *, actor: str) -> None:
    """Add an agreement, or its withdrawal, to the register; earlier ones stay as proof."""
    session.add(
        ConsentRow(
            person=person,
            given_on=consent.given_on,
            purposes=sorted(purpose.value for purpose in consent.purposes),
            text_version=consent.text_version,
            form=consent.form,
            evidence_sha256=consent.evidence_sha256,
            withdrawn_on=consent.withdrawn_on,
            recorded_at=moment.now(session),
            recorded_by=actor,
        )
    )
    session.flush()


def _agree(session: Session, people: Sequence[Person], actor: str) -> None:
    """Enter agreements that differ from the newest one on record."""
    known = {person.id: person.consent for person in find(session, ids=[person.id for person in people])}
    for person in people:
        if person.consent is not None and person.consent != known.get(person.id):
            record_consent(session, person.id, person.consent, actor=actor)


def _index(session: Session, ids: list[str]) -> None:
    keys: list[int] = []
    for start in range(0, len(ids), CHUNK):
        keys.extend(
            session.scalars(select(PersonRow.key).where(PersonRow.id.in_(ids[start : start + CHUNK])))
        )
    keys.sort()
    start = 0
    for place in range(1, len(keys) + 1):
        if place == len(keys) or keys[place] != keys[place - 1] + 1:
            search.index_people(session, keys[start], keys[place - 1])
            start = place


def _values(person: Person, at: str) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(person, name) for name in _PLAIN}
    values.update({name: int(getattr(person, name)) for name in _FLAGS})
    values.update(
        id=person.id,
        name=person.name,
        name_folded=fold(person.name),
        name_sort=name_sort_key(person.name),
        code_sort=sort_key(person.employee_code or ""),
        birth_date=person.birth_date.iso() if person.birth_date else None,
        gender=person.gender.value if person.gender else None,
        group_unit=person.group,
        left_on=person.left_on.isoformat() if person.left_on else None,
        other_names=to_json(list(person.other_names)) if person.other_names else None,
        status=person.status.value,
        erased_at=instant_text(person.erased_at) if person.erased_at else None,
        version=person.version or 1,
        created_at=at,
        changed_at=at,
    )
    return values


def _people(session: Session, rows: Sequence[PersonRow]) -> tuple[Person, ...]:
    agreed: dict[str, ConsentRow] = {}
    ids = [row.id for row in rows]
    for start in range(0, len(ids), CHUNK):
        chosen = select(ConsentRow).where(ConsentRow.person.in_(ids[start : start + CHUNK]))
        for consent in session.scalars(chosen.order_by(ConsentRow.key)):
            agreed[consent.person] = consent
    return tuple(_person(row, agreed.get(row.id)) for row in rows)


def _person(row: PersonRow, agreed: ConsentRow | None) -> Person:
    values: dict[str, Any] = {name: getattr(row, name) for name in (*_PLAIN, *_FLAGS)}
    return Person(
        id=PersonId(row.id),
        name=row.name,
        birth_date=PartialDate.from_iso(row.birth_date) if row.birth_date else None,
        gender=Gender(row.gender) if row.gender else None,
        group=UnitId(row.group) if row.group else None,
        consent=_consent(agreed) if agreed else None,
        status=WorkStatus(row.status),
        erased_at=row.erased_at,
        version=row.version,
        other_names=tuple(cast(list[str], row.other_names or [])),
        **values,
    )


def _consent(row: ConsentRow) -> Consent:
    return Consent(
        given_on=row.given_on,
        purposes=frozenset(Purpose(purpose) for purpose in row.purposes),
        text_version=row.text_version,
        form=row.form,
        evidence_sha256=row.evidence_sha256,
        withdrawn_on=row.withdrawn_on,
    )
