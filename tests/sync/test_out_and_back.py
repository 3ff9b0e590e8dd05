"""Records go to the portal and what the portal says comes back."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from sangkien_desktop.domain.initiative import Author, Lifecycle
from sangkien_desktop.domain.sync_status import Badge, OperationState, all_at_portal
from sangkien_desktop.storage import outbox, quotas, rankings, units
from sangkien_desktop.sync import decisions
from sangkien_desktop.sync.wire.batches import Verdict
from tests.support.portal_server import PortalServer
from tests.support.records import an_initiative
from tests.support.sync_desks import SyncDesk, settled

Desks = Callable[..., SyncDesk]


def test_a_written_record_is_at_the_portal_after_one_exchange(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one(title="Máy gặt cải tiến cho tổ ép")
    assert desk.badge(record) is Badge.QUEUED
    outcome = desk.sync()
    assert portal.titles() == ["Máy gặt cải tiến cho tổ ép"]
    assert desk.badge(record) is Badge.RECEIVED
    assert outcome.sent == {Verdict.APPLIED: 1}
    assert outcome.all_at_portal
    assert outcome.differing_streams == ()


def test_portal_code_comes_back_with_the_answer(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    assert desk.copy(record).portal_code == portal.records()[record].portal_code


def test_a_second_exchange_sends_nothing(desk: SyncDesk) -> None:
    desk.write_one()
    desk.sync()
    desk.weather.requests.clear()
    outcome = desk.sync()
    assert outcome.sent == {}
    assert not [request for request in desk.weather.requests if "/batches" in request.url]


def test_edits_before_sending_fold_into_one_operation(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.edit(record, title="Tên thứ hai của sáng kiến này")
    desk.edit(record, title="Tên thứ ba của sáng kiến này")
    desk.sync()
    assert len(portal.operations()) == 1
    assert portal.titles() == ["Tên thứ ba của sáng kiến này"]


def test_an_edit_while_sending_is_sent_next(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one(title="Máy gặt thử lần thứ nhất")
    desk.weather.only = "/batches"
    desk.weather.during_next_request(lambda: desk.edit(record, title="Máy gặt lúa lần thứ hai"))
    desk.sync()
    assert portal.titles() == ["Máy gặt lúa lần thứ hai"]
    assert len(portal.operations()) == 2
    assert settled(desk)


def test_an_edit_that_is_taken_back_sends_nothing(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one(title="Tên đầu tiên của sáng kiến")
    desk.sync()
    desk.edit(record, title="Tên khác của sáng kiến này")
    desk.edit(record, title="Tên đầu tiên của sáng kiến")
    desk.sync()
    assert len(portal.operations()) == 1
    assert desk.badge(record) is Badge.RECEIVED


def test_a_note_never_leaves_the_station(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    desk.edit(record, note="Chỉ để nhớ, không gửi")
    desk.sync()
    assert len(portal.operations()) == 1
    assert "note" not in portal.documents()[record]


def test_a_draft_stays_here(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.edit(record, lifecycle=Lifecycle.DRAFT)
    desk.sync()
    assert portal.titles() == []
    assert desk.badge(record) is Badge.DRAFT


def test_a_held_record_waits_until_it_is_released(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    with desk.database.write() as session:
        outbox.hold(session, [record], "Thiếu căn cứ")
    desk.sync()
    assert portal.titles() == []
    assert desk.badge(record) is Badge.HELD
    with desk.database.write() as session:
        outbox.release(session, [record])
    desk.sync()
    assert len(portal.titles()) == 1


def test_a_second_desk_receives_the_records_of_the_first(desks: Desks) -> None:
    a, b = desks(), desks("canbo2")
    record = a.write_one(authors=(Author(name="Lê Thị Mẫu", employee_code="000777", is_main=True),))
    a.sync()
    b.sync()
    assert b.get(record).authors == a.get(record).authors
    assert b.get(record).provenance.source == "portal"
    assert settled(a, b)


def test_an_edit_at_the_portal_comes_down(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    portal.edit(record, title="Tên do Cổng sửa cho rõ")
    outcome = desk.sync()
    assert desk.get(record).title == "Tên do Cổng sửa cho rõ"
    assert record in outcome.changes.initiatives
    assert settled(desk)


def test_different_fields_edited_on_both_sides_are_merged(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    portal.edit(record, title="Tên do Cổng sửa cho rõ")
    desk.edit(record, effect_summary="Mỗi ca bớt sửa 12 sản phẩm hỏng.")
    desk.sync()
    assert desk.get(record).title == "Tên do Cổng sửa cho rõ"
    assert portal.documents()[record]["effect_summary"] == "Mỗi ca bớt sửa 12 sản phẩm hỏng."
    assert desk.conflicts() == ()
    assert settled(desk)


def test_an_edit_that_races_the_portals_is_merged_there(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    desk.edit(record, effect_summary="Mỗi ca bớt sửa 12 sản phẩm hỏng.")
    desk.weather.only = "/batches"
    desk.weather.during_next_request(lambda: portal.edit(record, title="Tên do Cổng sửa cho rõ"))
    outcome = desk.sync()
    assert outcome.sent == {Verdict.MERGED: 1}
    assert desk.get(record).title == "Tên do Cổng sửa cho rõ"
    assert settled(desk)


def test_the_same_field_edited_on_both_sides_waits_for_a_person(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one(title="Tên đầu tiên của sáng kiến")
    desk.sync()
    portal.edit(record, title="Tên do Cổng sửa cho rõ")
    desk.edit(record, title="Tên do cán bộ sửa lại đây")
    desk.sync()
    (conflict,) = desk.conflicts()
    assert conflict.fields == ("title",)
    assert conflict.base["title"] == "Tên đầu tiên của sáng kiến"
    assert conflict.mine["title"] == "Tên do cán bộ sửa lại đây"
    assert conflict.theirs["title"] == "Tên do Cổng sửa cho rõ"
    assert desk.badge(record) is Badge.CONFLICT
    assert portal.titles() == ["Tên do Cổng sửa cho rõ"]


@pytest.mark.parametrize("takes_mine", [True, False])
def test_a_decided_conflict_is_settled_by_an_ordinary_save(
    desk: SyncDesk, portal: PortalServer, takes_mine: bool
) -> None:
    record = desk.write_one(title="Tên đầu tiên của sáng kiến")
    desk.sync()
    portal.edit(record, title="Tên do Cổng sửa cho rõ", effect_summary="Cổng viết lại hiệu quả.")
    desk.edit(record, title="Tên do cán bộ sửa lại đây")
    desk.sync()
    decide(desk, takes_mine=takes_mine)
    desk.sync()
    chosen = "Tên do cán bộ sửa lại đây" if takes_mine else "Tên do Cổng sửa cho rõ"
    assert portal.titles() == [chosen]
    assert desk.get(record).effect_summary == "Cổng viết lại hiệu quả."
    assert settled(desk)
    assert desk.badge(record) is Badge.RECEIVED


def decide(desk: SyncDesk, *, takes_mine: bool) -> None:
    """The officer answers every open conflict."""
    from sangkien_desktop.storage import initiatives

    for conflict in desk.conflicts():
        side = conflict.mine if takes_mine else conflict.theirs
        choices = {name: side.get(name) for name in conflict.fields}
        with desk.database.write() as session:
            record = initiatives.get(session, conflict.record)
            chosen = decisions.decided(record, conflict, choices)
            initiatives.put(session, chosen, actor="canbo", source="conflict")
            assert decisions.close(session, conflict, choices, by="canbo")


def test_what_the_portal_changes_during_a_conflict_is_merged_after_the_decision(
    desk: SyncDesk, portal: PortalServer
) -> None:
    record = desk.write_one(title="Tên đầu tiên của sáng kiến")
    desk.sync()
    portal.edit(record, title="Tên do Cổng sửa cho rõ")
    desk.edit(record, title="Tên do cán bộ sửa lại đây")
    desk.sync()
    portal.edit(record, effect_summary="Cổng viết lại hiệu quả sau đó.")
    desk.sync()
    decide(desk, takes_mine=True)
    desk.sync()
    assert desk.get(record).effect_summary == "Cổng viết lại hiệu quả sau đó."
    assert portal.titles() == ["Tên do cán bộ sửa lại đây"]
    assert settled(desk)


def test_verdict_and_reason_come_back(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    portal.decide(record, "returned", reason="R02", note="Thiếu quyết định công nhận")
    desk.sync()
    copy = desk.copy(record)
    assert desk.badge(record) is Badge.RETURNED
    assert copy.reason is not None
    assert (copy.reason["code"], copy.reason["note"]) == ("R02", "Thiếu quyết định công nhận")


def test_a_returned_record_mended_goes_again(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    portal.decide(record, "returned", reason="R02", note="Thiếu")
    desk.sync()
    desk.edit(record, solution="Viết đủ nội dung giải pháp theo yêu cầu của Cổng.")
    assert desk.badge(record) is Badge.QUEUED_AGAIN
    desk.sync()
    assert portal.records()[record].status == "received"
    assert desk.badge(record) is Badge.RECEIVED


def test_a_valid_verdict_shows(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    portal.decide(record, "valid")
    desk.sync()
    assert desk.badge(record) is Badge.VALID


def test_a_refused_record_says_why_and_the_mended_one_is_a_new_operation(
    desk: SyncDesk, portal: PortalServer
) -> None:
    record = desk.write_one(first_applied_on=None)
    outcome = desk.sync()
    assert outcome.sent == {Verdict.REJECTED: 1}
    assert desk.badge(record) is Badge.REJECTED
    assert not outcome.all_at_portal
    desk.edit(record, first_applied_on=an_initiative().first_applied_on)
    desk.sync()
    assert desk.badge(record) is Badge.RECEIVED
    assert len(portal.operations()) == 2


def test_a_withdrawn_record_is_withdrawn_there(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    desk.withdraw(record)
    desk.sync()
    assert portal.records()[record].status == "withdrawn"
    assert desk.badge(record) is Badge.WITHDRAWN
    assert settled(desk)


def test_a_record_withdrawn_before_it_was_sent_is_never_sent(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.withdraw(record)
    desk.sync()
    assert portal.titles() == []
    with desk.database.read() as session:
        assert outbox.counts(session) == {OperationState.CANCELLED: 1}


def test_a_restored_record_lives_again_with_its_edits(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    desk.withdraw(record)
    desk.sync()
    desk.edit(record, lifecycle=Lifecycle.READY, title="Tên sau khi lấy lại sáng kiến")
    desk.sync()
    assert portal.records()[record].status == "received"
    assert portal.titles() == ["Tên sau khi lấy lại sáng kiến"]
    assert settled(desk)


def test_withdrawn_there_without_edits_here_is_followed(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    portal.decide(record, "withdrawn")
    desk.sync()
    assert desk.get(record).lifecycle is Lifecycle.WITHDRAWN
    assert desk.badge(record) is Badge.WITHDRAWN


def test_edited_here_and_withdrawn_there_is_asked(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    portal.decide(record, "withdrawn")
    desk.edit(record, title="Tên do cán bộ sửa lại đây")
    desk.sync()
    assert [conflict.rule for conflict in desk.conflicts()] == ["withdrawn_there"]
    assert portal.records()[record].status == "withdrawn"


def test_withdrawn_here_and_edited_there_is_asked(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    desk.withdraw(record)
    desk.weather.only = "/batches"
    desk.weather.during_next_request(lambda: portal.edit(record, title="Tên do Cổng sửa cho rõ"))
    desk.sync()
    assert [conflict.rule for conflict in desk.conflicts()] == ["withdrawn_here"]


def test_quotas_ranks_units_and_lists_come_down(desks: Desks) -> None:
    desk = desks(empty=True)
    outcome = desk.sync()
    assert outcome.quotas > 0
    with desk.database.read() as session:
        assert quotas.find(session)
        assert rankings.find(session)
        assert rankings.reason_labels(session)["R01"] == "Trùng lặp"
        known = units.find(session)
    own = [unit for unit in known if unit.is_own]
    assert [unit.portal_code for unit in own] == ["cd-hong-ha"]
    assert sum(unit.parent == own[0].id for unit in known) == 47


def test_a_group_known_here_by_name_is_linked_and_travels_by_code(desks: Desks, portal: PortalServer) -> None:
    desk = desks(empty=True)
    from sangkien_desktop.domain.ids import UnitId
    from sangkien_desktop.domain.units import Unit

    with desk.database.write() as session:
        units.put(session, Unit(id=UnitId("to-1"), name="Ép Nhựa 1"))
    record = desk.write_one(group=UnitId("to-1"))
    desk.sync()
    assert portal.documents()[record]["group"] == "cd-hong-ha-to-01"
    assert desk.get(record).group == "to-1"
    assert settled(desk)


def test_all_at_portal_waits_for_every_record(desk: SyncDesk) -> None:
    desk.write_one()
    with desk.database.read() as session:
        assert not all_at_portal(outbox.station_facts(session))
    desk.sync()
    with desk.database.read() as session:
        assert all_at_portal(outbox.station_facts(session))


def test_a_wrong_pc_clock_stops_nothing_and_is_told(desk: SyncDesk) -> None:
    desk.clock.set(desk.clock.now() + timedelta(days=365))
    desk.write_one()
    outcome = desk.sync()
    assert outcome.all_at_portal
    assert outcome.clock_offset_s < -300


def test_another_units_records_are_not_seen(desks: Desks) -> None:
    ours, other = desks(), desks("khac")
    ours.write_one()
    ours.sync()
    other.sync()
    assert other.titles() == []


def test_a_record_marked_secret_after_it_was_sent_keeps_its_content_here(desks: Desks) -> None:
    a, b = desks(), desks("canbo2")
    record = a.write_one(solution="Nội dung đầy đủ của giải pháp trước khi thành bí mật.")
    a.sync()
    b.sync()
    a.edit(record, is_secret=True)
    a.sync()
    b.sync()
    assert a.get(record).solution.startswith("Nội dung đầy đủ")
    assert b.get(record).is_secret
    assert b.get(record).solution.startswith("Nội dung đầy đủ")
