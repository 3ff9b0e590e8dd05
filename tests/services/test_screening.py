"""Duplicates are found while typing, among new records and over the whole station, and decided once."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sangkien_desktop.clock import FixedClock
from sangkien_desktop.domain.initiative import Initiative, Lifecycle
from sangkien_desktop.errors import Cancelled
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.services.duplicates import Case, folded_authors
from sangkien_desktop.storage import screening as rooms
from tests.support.desks import an_open_desk
from tests.support.records import an_author, an_initiative

TITLE = "Chế tạo giá treo viền mạ đèn pha K2R nhiều tầng"
RETYPED = "Che tao gia treo vien ma den pha K2R nhieu tang"
OTHER_LAMP = "Chế tạo giá treo viền mạ đèn pha T6G nhiều tầng"


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Services]:
    with an_open_desk(tmp_path) as desk:
        yield Services(desk)


def saved(station: Services, title: str, **values: object) -> Initiative:
    record = an_initiative(title=title, situation_before="Giá cũ chỉ treo được 32 chi tiết mỗi mẻ.", **values)
    return station.initiatives.save(record, opened_on=0).record


def the_case(station: Services) -> Case:
    (case,) = station.duplicates.screen().to_decide
    return case


def test_a_retyped_record_is_a_duplicate_and_another_lamp_is_not(station: Services) -> None:
    first, again = saved(station, TITLE), saved(station, RETYPED)
    other = saved(station, OTHER_LAMP)
    pairs = station.screening.screen_all()
    duplicates = [{pair.a, pair.b} for pair in pairs if pair.is_duplicate]
    assert duplicates == [{first.id, again.id}]
    assert any(other.id in (pair.a, pair.b) and not pair.is_duplicate for pair in pairs)


def test_a_record_being_typed_finds_the_stored_one(station: Services) -> None:
    first = saved(station, TITLE)
    saved(station, "Lịch trao đổi 15 phút của tổ trưởng với công nhân mới")
    typed = an_initiative(title=RETYPED, situation_before=first.situation_before)
    (pair,) = [pair for pair in station.screening.alike(typed) if pair.is_duplicate]
    assert (pair.a, pair.b) == (typed.id, first.id)


def test_a_withdrawn_record_is_no_longer_alike(station: Services) -> None:
    first = saved(station, TITLE)
    station.initiatives.withdraw([first.id])
    typed = an_initiative(title=TITLE, situation_before=first.situation_before)
    assert station.screening.alike(typed) == ()


def test_new_records_are_compared_with_the_stored_ones_and_with_each_other(station: Services) -> None:
    first = saved(station, TITLE)
    new = [an_initiative(title=RETYPED, situation_before=first.situation_before) for _ in range(2)]
    ends = {frozenset((pair.a, pair.b)) for pair in station.screening.among(new) if pair.is_duplicate}
    assert ends == {
        frozenset(two) for two in ((first.id, new[0].id), (first.id, new[1].id), (new[0].id, new[1].id))
    }


def test_one_act_merges_keeps_every_author_and_can_be_taken_back(station: Services) -> None:
    first = saved(
        station, TITLE, authors=(an_author("Đinh Thị Mẫu", 100, employee_code="003118", is_main=True),)
    )
    again = saved(
        station, RETYPED, authors=(an_author("Nguyễn Văn Thử", employee_code="003126", is_main=True),)
    )
    case = the_case(station)
    answer = station.duplicates.same(case, first.id, "cùng một giá treo")
    kept, gone = station.initiatives.get(first.id), station.initiatives.get(again.id)
    assert [(author.name, author.share, author.is_main) for author in kept.authors] == [
        ("Đinh Thị Mẫu", Decimal(50), True),
        ("Nguyễn Văn Thử", Decimal(50), False),
    ]
    assert gone.lifecycle is Lifecycle.WITHDRAWN
    assert gone.note == f"Trùng (đã gộp) với {first.local_code}. cùng một giá treo"
    assert station.duplicates.cases().to_decide == ()
    station.duplicates.take_back(answer)
    assert station.initiatives.get(again.id).lifecycle is Lifecycle.DRAFT
    assert station.initiatives.get(first.id).authors == first.authors
    assert len(station.duplicates.cases().to_decide) == 1


def test_undo_in_the_window_opens_the_pair_again(station: Services) -> None:
    saved(station, TITLE)
    saved(station, RETYPED)
    case = the_case(station)
    station.duplicates.same(case, case.left)
    station.initiatives.undo()
    assert len(station.duplicates.cases().to_decide) == 1


def test_different_is_remembered_for_good_with_its_reason(station: Services) -> None:
    first, again = saved(station, TITLE), saved(station, RETYPED)
    answer = station.duplicates.different(the_case(station), "hai máy khác nhau")
    assert station.duplicates.screen().to_decide == ()
    assert station.screening.alike(first) == ()
    (said,) = station.duplicates.decided()
    assert (said.note, said.decided_by, {said.a, said.b}) == (
        "hai máy khác nhau",
        "canbo",
        {first.id, again.id},
    )
    station.duplicates.take_back(answer)
    assert len(station.duplicates.cases().to_decide) == 1


def test_a_copied_series_is_one_question(station: Services) -> None:
    records = [saved(station, TITLE, annual_benefit=number) for number in range(1, 5)]
    case = the_case(station)
    assert case.more == 2
    station.duplicates.same(case, records[0].id)
    left = [record for record in records if station.initiatives.get(record.id).lifecycle is Lifecycle.DRAFT]
    assert [record.id for record in left] == [records[0].id]


def test_the_side_at_the_portal_is_left_and_kept_by_default(station: Services) -> None:
    saved(station, TITLE)
    again = saved(station, RETYPED)
    with station.desk.database.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE initiative SET portal_code = 'SK-1', portal_status = 'valid' WHERE id = ?", (again.id,)
        )
    assert the_case(station).left == again.id


def test_side_by_side_marks_the_words_that_differ(station: Services) -> None:
    saved(station, TITLE)
    saved(station, TITLE.replace("Chế tạo", "Làm"), annual_benefit=21_000_000)
    sides = station.duplicates.side_by_side(the_case(station))
    lines = {line.label: line for line in sides.lines}
    assert [part.text for part in lines["Tên sáng kiến"].left if not part.is_equal] == ["Chế tạo"]
    assert lines["Giải pháp"].is_equal
    assert not lines["Làm lợi/năm"].is_equal


def test_stopping_a_screening_keeps_what_was_found_before(station: Services) -> None:
    saved(station, TITLE)
    saved(station, RETYPED)
    station.screening.screen_all()
    saved(station, TITLE + " ở tổ mạ")

    with pytest.raises(Cancelled):
        station.screening.screen_all(_Stopped())
    assert len(station.screening.found()) == 1


class _Stopped:
    def report(self, done: int, total: int, text: str = "") -> None:
        pass

    def check(self) -> None:
        raise Cancelled


def test_bands_follow_edits(station: Services) -> None:
    first = saved(station, "Lịch trao đổi 15 phút của tổ trưởng với công nhân mới")
    station.screening.screen_all()
    clock = station.desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(minutes=1))
    edited = station.initiatives.get(first.id)
    station.entry.set_value(edited.id, "title", TITLE, edited.title)
    with station.desk.database.read() as session:
        assert len(rooms.changed_since(session, rooms.covered(session))) == 1
    typed = an_initiative(title=RETYPED, situation_before=first.situation_before)
    assert [pair.b for pair in station.screening.alike(typed)] == [first.id]


def test_the_body_of_a_secret_never_stands_in_a_sentence(station: Services) -> None:
    canary = "chim-hoàng-yến-77"
    for title in (TITLE, RETYPED):
        saved(station, title, is_secret=True, solution=canary, effect_summary="Mỗi mẻ mạ thêm 12 chi tiết.")
    case = the_case(station)
    sides = station.duplicates.side_by_side(case)
    shown = " ".join(part.text for line in sides.lines for part in (*line.left, *line.right))
    assert canary not in shown + " ".join(reason.sentence for reason in case.pair.reasons)
    with station.desk.database.read() as session:
        assert all(canary not in text.body for text in rooms.texts(session))


def test_shares_are_the_mean_of_what_the_copies_say() -> None:
    kept = an_initiative(authors=(an_author("A", 100, is_main=True),))
    other = an_initiative(authors=(an_author("B", 60, is_main=True), an_author("A", 40)))
    assert [(one.name, one.share) for one in folded_authors(kept, [other])] == [
        ("A", Decimal(70)),
        ("B", Decimal(30)),
    ]


def test_nothing_changes_when_nobody_comes_in() -> None:
    kept = an_initiative(authors=(an_author("A", 100, is_main=True),))
    assert folded_authors(kept, [an_initiative(authors=kept.authors)]) == kept.authors


def test_the_list_of_duplicates_prints_the_reason_and_leaves_the_merely_alike_out(station: Services) -> None:
    first, again = saved(station, TITLE), saved(station, RETYPED)
    saved(station, OTHER_LAMP)
    station.duplicates.different(the_case(station), "hai máy khác nhau")
    table = station.reports.make("duplicates")
    assert table.values("note") == ("hai máy khác nhau",)
    assert {table.values("a_code")[0], table.values("b_code")[0]} == {first.local_code, again.local_code}


def test_an_empty_station_has_no_pairs(station: Services) -> None:
    assert station.screening.screen_all() == ()
    assert station.screening.alike(an_initiative()) == ()
    assert station.checks.review().errors == ()
    assert station.forecast.forecast().asked == 0
