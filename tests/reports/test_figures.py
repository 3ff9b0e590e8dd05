"""Sums of groups, people counted once, periods, moves and merges, and the counting of co-authors."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from sangkien_desktop.domain.ids import InitiativeId, UnitId, new_id
from sangkien_desktop.domain.initiative import Author, Lifecycle
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.programmes import QuotaKind
from sangkien_desktop.domain.standings import Basis, Board
from sangkien_desktop.reports.figures import board
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.quotas import QuotaService
from sangkien_desktop.services.reporting import ReportService, Wishes
from sangkien_desktop.settings import CoAuthorCounting, Settings
from sangkien_desktop.storage import initiatives, people, units
from tests.support.plants import EVENING, PROGRAMME, a_plant
from tests.support.records import an_initiative, day

WHOLE = Wishes(period="whole")


def found(desk: Desk, wishes: Wishes = WHOLE) -> Board:
    return ReportService(desk).board(wishes)


@pytest.mark.parametrize("period", ["whole", "gd-1", "campaign:Đợt cao điểm", "2026", "2026-Q1"])
def test_records_of_the_groups_add_up_to_the_unit(period: str, plant_desk: Desk) -> None:
    one = found(plant_desk, Wishes(period=period))
    for name in (
        "entered",
        "recognised",
        "sent",
        "valid",
        "returned",
        "benefit",
        "benefit_sent",
        "benefit_valid",
        "votes",
    ):
        assert sum(getattr(group.tally, name) for group in one.groups) == getattr(one.whole.tally, name)


def test_what_is_valid_was_sent_and_what_was_sent_was_entered(plant_desk: Desk) -> None:
    one = found(plant_desk)
    for group in (*one.groups, one.whole):
        tally = group.tally
        assert 0 <= tally.waiting <= tally.sent <= tally.entered
        assert tally.people_valid <= tally.people_sent <= tally.people_entered


def test_the_two_stages_and_the_quarters_share_the_records_among_them(plant_desk: Desk) -> None:
    whole = found(plant_desk).whole.tally.entered
    parts = [found(plant_desk, Wishes(period=code)).whole.tally.entered for code in ("gd-1", "gd-2")]
    assert sum(parts) == whole


def write(desk: Desk, *records: object) -> None:
    with desk.database.write() as session:
        initiatives.put_many(session, records, actor="canbo", source="typed")  # type: ignore[arg-type]


def a_record(**values: object) -> object:
    named = {"programme": PROGRAMME.code, "id": InitiativeId(new_id()), "first_applied_on": day(2026, 3, 8)}
    return an_initiative(**(named | values))


def a_small_plant(desk: Desk) -> None:
    a_plant(desk, records=0)
    with desk.database.write() as session:
        for name, group in (("mot", "to-01"), ("hai", "to-02")):
            people.put(
                session,
                Person(id=f"p-{name}", name=f"Vũ Thị {name}", employee_code=name, group=UnitId(group)),  # type: ignore[arg-type]
            )


BOTH = (
    Author(name="Vũ Thị mot", person="p-mot", employee_code="mot", is_main=True),  # type: ignore[arg-type]
    Author(name="Vũ Thị hai", person="p-hai", employee_code="hai"),  # type: ignore[arg-type]
)


def test_a_person_with_initiatives_in_two_groups_is_one_person(own_desk: Desk) -> None:
    a_small_plant(own_desk)
    write(
        own_desk,
        a_record(group=UnitId("to-01"), authors=BOTH[:1]),
        a_record(group=UnitId("to-02"), authors=BOTH[:1]),
    )
    one = found(own_desk)
    assert one.whole.tally.people_entered == 1
    assert [group.tally.people_entered for group in one.groups if group.tally.entered] == [1, 1]


def test_co_authors_of_two_groups_count_once_or_for_both_as_the_setting_says(own_desk: Desk) -> None:
    a_small_plant(own_desk)
    write(own_desk, a_record(group=UnitId("to-01"), authors=BOTH))
    every = Settings(default_programme=PROGRAMME.code, co_author_counting=CoAuthorCounting.EVERY_GROUP)
    assert [group.tally.entered for group in found(own_desk).groups if group.tally.entered] == [1]
    both = found(replace(own_desk, settings=lambda: every))
    assert [group.tally.entered for group in both.groups if group.tally.entered] == [1, 1]
    assert both.whole.tally.entered == 1


def test_a_record_without_a_known_group_is_not_lost(own_desk: Desk) -> None:
    a_small_plant(own_desk)
    write(own_desk, a_record(group=None), a_record(group=UnitId("gone")))
    one = found(own_desk)
    assert one.whole.tally.entered == 2
    assert [(group.name, group.tally.entered) for group in one.groups if group.unit is None] == [
        ("Chưa ghi tổ", 2)
    ]


def test_withdrawn_and_erased_records_do_not_count(own_desk: Desk) -> None:
    a_small_plant(own_desk)
    write(own_desk, a_record(lifecycle=Lifecycle.WITHDRAWN), a_record(), a_record())
    with own_desk.database.write() as session:
        session.execute(
            text("UPDATE initiative SET erased_at = created_at WHERE key = (SELECT max(key) FROM initiative)")
        )
    assert found(own_desk).whole.tally.entered == 1


def test_a_merged_group_counts_under_its_successor_and_before_the_merger_under_itself(own_desk: Desk) -> None:
    a_small_plant(own_desk)
    write(own_desk, a_record(group=UnitId("to-02")), a_record(group=UnitId("to-01")))
    merged = (EVENING - timedelta(days=10)).date()
    with own_desk.database.write() as session:
        old = units.get(session, UnitId("to-02"))
        units.put(session, replace(old, valid_to=merged, successor=UnitId("to-01")))
        session.execute(text("UPDATE initiative SET created_at = '2026-04-01T00:00:00.000000Z'"))
    now = {group.unit: group.tally.entered for group in found(own_desk).groups}
    assert (now[UnitId("to-01")], now.get(UnitId("to-02"))) == (2, None)
    earlier = replace(WHOLE, as_of=datetime(2026, 5, 1, tzinfo=UTC))
    then = {group.unit: group.tally.entered for group in found(own_desk, earlier).groups}
    assert (then[UnitId("to-01")], then[UnitId("to-02")]) == (1, 1)


def test_a_report_of_an_earlier_moment_knows_nothing_of_later_sendings(plant_desk: Desk) -> None:
    early = found(plant_desk, replace(WHOLE, as_of=EVENING - timedelta(days=20))).whole.tally
    late = found(plant_desk).whole.tally
    assert 0 < early.sent < late.sent
    assert early.valid < late.valid


def test_a_campaign_is_held_against_its_stages_quota(plant_desk: Desk) -> None:
    one = found(plant_desk, Wishes())
    assert one.period.code == "campaign:Đợt cao điểm"
    assert one.quota_period == "gd-1"
    assert one.whole.quota == 321


def test_the_basis_changes_the_count_and_never_the_others(plant_desk: Desk) -> None:
    by = {basis: found(plant_desk, replace(WHOLE, basis=basis)).whole for basis in Basis}
    assert by[Basis.SENT].count == by[Basis.VALID].tally.sent
    assert by[Basis.VALID].count < by[Basis.SENT].count < by[Basis.ENTERED].count
    assert len({one.tally for one in by.values()}) == 1


def test_sharing_out_keeps_the_portals_number_and_shows_the_difference(own_desk: Desk) -> None:
    a_plant(own_desk, records=10)
    service = QuotaService(own_desk, ReportService(own_desk))
    before = service.board(Wishes(period="gd-1"))
    assert before.unsplit == 4
    service.split(before, {UnitId("to-01"): 12})
    after = service.board(Wishes(period="gd-1"))
    assert after.unsplit == 0
    assert after.whole.quota == before.whole.quota
    registered = service.board(Wishes(period="gd-1", against=QuotaKind.REGISTERED))
    assert registered.groups == tuple(replace(one, against=QuotaKind.REGISTERED) for one in after.groups)


def test_the_place_in_the_cluster_comes_from_the_portal(plant_desk: Desk) -> None:
    place = found(plant_desk, Wishes(period="gd-1")).cluster
    assert place is not None
    assert (place.rank, place.units, place.delta) == (2, 3, 3)


def test_one_board_is_read_in_one_moment(plant_desk: Desk) -> None:
    service = ReportService(plant_desk)
    with plant_desk.database.read() as session:
        ask = service.ask(session, WHOLE)
        assert board(session, ask) == board(session, ask)
