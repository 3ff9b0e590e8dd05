"""The portal went back to a backup, or lost records: nothing that a station had sent is lost for good."""

from collections.abc import Callable

from tests.support.portal_server import PortalServer
from tests.support.sync_desks import SyncDesk, settled

Desks = Callable[..., SyncDesk]


def test_what_a_restored_portal_forgot_is_offered_again_with_the_same_bytes(
    desks: Desks, portal: PortalServer
) -> None:
    desk = desks(empty=True)
    old = desk.write_one(title="Sáng kiến có từ trước bản sao lưu")
    desk.sync()
    backup = portal.backup()
    new = desk.write_one(title="Sáng kiến gửi sau bản sao lưu")
    desk.edit(old, title="Sáng kiến cũ đã sửa lần thứ nhất")
    desk.sync()
    desk.edit(old, title="Sáng kiến cũ đã sửa lần thứ hai")
    desk.sync()
    before = set(portal.operations())
    portal.restore(backup)
    desk.sync()
    assert set(portal.operations()) == before
    assert set(portal.records()) == {old, new}
    assert "Sáng kiến cũ đã sửa lần thứ hai" in portal.titles()
    assert settled(desk)


def test_after_a_restore_later_edits_on_both_sides_still_meet(desks: Desks, portal: PortalServer) -> None:
    desk = desks(empty=True)
    record = desk.write_one(title="Tên đầu tiên của sáng kiến")
    desk.sync()
    backup = portal.backup()
    for number in range(3):
        portal.edit(record, title=f"Tên do Cổng sửa lần {number} rồi mất")
        desk.sync()
    portal.restore(backup)
    desk.sync()
    portal.edit(record, title="Tên do Cổng sửa sau khôi phục")
    desk.edit(record, title="Tên do cán bộ sửa sau khôi phục")
    desk.sync()
    assert [conflict.fields for conflict in desk.conflicts()] == [("title",)]


def test_a_portal_emptied_makes_a_station_drop_nothing(desks: Desks, portal: PortalServer) -> None:
    desk = desks(empty=True)
    nothing = portal.backup()
    records = {desk.write_one(title=f"Sáng kiến số {number} của trạm") for number in range(3)}
    desk.sync()
    portal.restore(nothing)
    desk.sync()
    assert set(portal.records()) == records
    assert settled(desk)
