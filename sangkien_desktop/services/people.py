"""What officers do with people: find, keep, agree, follow the member list; and what a person has written."""

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.ids import InitiativeId, PersonId, UnitId, new_id
from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.domain.people import Consent, Person, Purpose, WorkStatus
from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.services import grounds
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.initiatives import InitiativeService
from sangkien_desktop.services.member_list import Difference, ListPlan, compare
from sangkien_desktop.storage import audit, initiatives, outbox, people, people_lists, units
from sangkien_desktop.storage.initiatives import Query, Row
from sangkien_desktop.storage.people_lists import ConsentFilter, ListedPerson, PeopleCounts, PeopleQuery
from sangkien_desktop.workbooks.opening import open_workbook
from sangkien_desktop.workbooks.people_reader import people_in

CONSENT_TEXT = "2026-01"
"""Version of the wording on the printed consent slip."""

ALL_PURPOSES = frozenset(Purpose)
MANY = 500


@dataclass(frozen=True)
class PersonPage:
    """A person with everything the page shows."""

    person: Person
    group_name: str
    initiatives: tuple[Row, ...]
    annual_benefit: int
    """Sum of the stated benefits, in đồng a year."""
    needs_consent: bool
    """No ground is declared for everybody, and this person has not agreed."""


@dataclass(frozen=True)
class Missing:
    """People whose agreement is missing, and their initiatives that wait for it."""

    people: int
    held: int


@dataclass(frozen=True)
class ListWritten:
    """What following a member list has done."""

    written: int
    changes: Changes


class PeopleService:
    """The member list of the station."""

    def __init__(self, desk: Desk, service: InitiativeService) -> None:
        self._desk = desk
        self._database = desk.database
        self._initiatives = service

    # Looking

    def lookup(self, text: str, limit: int = 20) -> tuple[Person, ...]:
        """People whose code, name or phone fits what has been typed so far."""
        with self._database.read() as session:
            return people.lookup(session, text, limit)

    def keys(self, query: PeopleQuery) -> "array[int]":
        """Row keys of a list in its order."""
        with self._database.read() as session:
            return people_lists.keys(session, query)

    def page(self, row_keys: Sequence[int]) -> list[ListedPerson | None]:
        """One row for each key, in order; None for somebody who is gone."""
        with self._database.read() as session:
            found = {row.key: row for row in people_lists.page(session, row_keys)}
        return [found.get(key) for key in row_keys]

    def counts(self, query: PeopleQuery) -> PeopleCounts:
        """Sums over a list."""
        with self._database.read() as session:
            return people_lists.counts(session, query)

    def get(self, person: PersonId) -> Person:
        """One person; KeyError when there is none."""
        with self._database.read() as session:
            return people.get(session, person)

    def key_of(self, person: PersonId) -> int | None:
        """The row key of a person in lists."""
        with self._database.read() as session:
            return people_lists.key_of(session, person)

    def with_code(self, code: str) -> Person | None:
        """The person with this employee code."""
        with self._database.read() as session:
            return next(iter(people.find(session, codes=[code])), None)

    def person_page(self, person: PersonId) -> PersonPage:
        """A person with all initiatives and totals; KeyError when there is none."""
        with self._database.read() as session:
            known = people.get(session, person)
            query = Query(person=person, sort="changed_at")
            rows = initiatives.page(session, initiatives.keys(session, query))
            names = units.names(session)
            declared = grounds.ground(session)
        rows = tuple(row for row in rows if row.record.lifecycle is not Lifecycle.WITHDRAWN)
        return PersonPage(
            person=known,
            group_name=names.get(known.group, "") if known.group else "",
            initiatives=rows,
            annual_benefit=sum(row.record.annual_benefit or 0 for row in rows),
            needs_consent=declared is None and not known.may_be_sent,
        )

    def missing(self) -> Missing:
        """Authors who have not agreed and their held initiatives; nobody where a ground is declared for all."""
        query = PeopleQuery(consent=ConsentFilter.MISSING, authors_only=True)
        with self._database.read() as session:
            if grounds.ground(session) is not None:
                return Missing(0, 0)
            who = people_lists.ids(session, query)
            held = people_lists.held_among(session, people_lists.initiatives_of(session, who))
        return Missing(len(who), len(held))

    def citizen_id(self, person: PersonId) -> str:
        """The whole citizen number; that it was looked at goes to the audit chain."""
        with self._database.write() as session:
            known = people.get(session, person)
            deed = audit.Deed(
                actor=self._desk.actor(), action="look-at-citizen-id", entity=f"person:{person}"
            )
            audit.append(session, deed)
        return known.citizen_id or ""

    # Keeping

    def blank(self) -> Person:
        """Somebody new who is not stored yet."""
        return Person(id=PersonId(new_id()), name="")

    def save(self, person: Person) -> Changes:
        """Keep a person. Raises AppError when the name is missing or the code belongs to somebody else."""
        if not person.name.strip():
            raise AppError("Chưa ghi họ tên.", hint="Gõ họ và tên rồi lưu.", code="person-name")
        with self._database.write() as session:
            if person.employee_code:
                other = next(iter(people.find(session, codes=[person.employee_code])), None)
                if other is not None and other.id != person.id:
                    raise AppError(
                        f"Mã {person.employee_code} đang là của {other.name}.",
                        hint="Xem lại mã, hoặc sửa người kia trước.",
                        code="person-code-twice",
                    )
            people.put(session, person, actor=self._desk.actor())
        return Changes(people=frozenset({person.id}))

    def leave(self, person: PersonId, on: date) -> Changes:
        """The person has left the plant; the initiatives stay."""
        known = self.get(person)
        return self.save(replace(known, status=WorkStatus.LEFT, left_on=on))

    def come_back(self, person: PersonId) -> Changes:
        """The person works here again."""
        return self.save(replace(self.get(person), status=WorkStatus.WORKING, left_on=None))

    # Agreement

    def record_consent(
        self,
        who: Sequence[PersonId],
        given_on: date,
        *,
        purposes: frozenset[Purpose] = ALL_PURPOSES,
        form: str = "paper",
    ) -> Changes:
        """Enter that these people have agreed; their initiatives that waited only for this go on."""
        consent = Consent(given_on=given_on, purposes=purposes, text_version=CONSENT_TEXT, form=form)
        with self._database.write() as session:
            for person in who:
                people.record_consent(session, person, consent, actor=self._desk.actor())
            held = people_lists.held_among(session, people_lists.initiatives_of(session, who))
        released = self._initiatives.release(held) if held and Purpose.PORTAL in purposes else Changes()
        return released | _changes_of(who)

    def withdraw_consent(self, person: PersonId, on: date) -> Changes:
        """The person took the agreement back: initiatives on the way to the portal are held."""
        known = self.get(person)
        if known.consent is None:
            return Changes()
        withdrawn = replace(known.consent, withdrawn_on=on)
        reason = f"Chưa ghi nhận đồng ý của {known.name}."
        with self._database.write() as session:
            people.record_consent(session, person, withdrawn, actor=self._desk.actor())
            mine: Sequence[InitiativeId] = ()
            if grounds.ground(session) is None:
                rows = initiatives.find(session, Query(person=person))
                mine = [row.id for row in rows if row.lifecycle is Lifecycle.READY]
                outbox.hold(session, mine, reason)
        return _changes_of([person]) | Changes(initiatives=frozenset(mine), sync=bool(mine))

    # The member list

    def plan_import(self, path: Path, progress: Progress = SILENT) -> ListPlan:
        """What a member list would change. Raises WorkbookProblem; nothing is stored."""
        readings = people_in(open_workbook(path, progress))
        today = self._desk.clock.today()
        with self._database.read() as session:
            return compare(readings, people.find(session), units.find(session, on=today), today)

    def write_import(self, plan: ListPlan, agreed: Collection[Difference] | None = None) -> ListWritten:
        """Write the kinds of differences that were agreed to; by default those that are safe."""
        wanted = plan.usually_agreed if agreed is None else frozenset(agreed)
        chosen = [change.after for change in plan.changes if change.kind in wanted and change.after]
        used = {person.group for person in chosen}
        with self._database.write() as session:
            units.put_many(session, [unit for unit in plan.units if unit.id in used])
            raised = [replace(one, version=one.version + 1) if one.version else one for one in chosen]
            people.put_many(session, raised, actor=self._desk.actor())
        changed = _changes_of([person.id for person in chosen])
        return ListWritten(len(chosen), changed | Changes(units=bool(plan.units)))

    def group_names(self) -> Mapping[UnitId, str]:
        """The newest name of every group."""
        with self._database.read() as session:
            return units.names(session)


def _changes_of(who: Sequence[PersonId]) -> Changes:
    """Any person named says that people changed; a long list is cut, screens read everything anew."""
    return Changes(people=frozenset(who[:MANY]))
