"""What officers do with initiatives keeps every promise: versions, undo, readiness, grounds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sangkien_desktop.domain.initiative import Initiative, Lifecycle
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.domain.versions import StaleEdit
from sangkien_desktop.services import grounds
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.initiatives import InitiativeService
from sangkien_desktop.storage.initiatives import Query
from tests.support.desks import an_open_desk
from tests.support.records import an_initiative


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with an_open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def service(desk: Desk) -> InitiativeService:
    return InitiativeService(desk)


def declare_ground(desk: Desk) -> None:
    """The unit's ground for all authors."""
    with desk.database.write() as session:
        grounds.declare(
            session, grounds.Ground("Thỏa ước lao động tập thể", date(2026, 1, 2), "Chủ tịch CĐCS")
        )


def saved(service: InitiativeService, **values: object) -> Initiative:
    return service.save(an_initiative(**values), opened_on=0).record


def badge(service: InitiativeService, record: Initiative) -> Badge:
    row = service.row(record.id)
    assert row is not None
    return row.badge


def test_a_saved_record_has_a_code_and_is_found_without_accents(service: InitiativeService) -> None:
    record = saved(service, title="Cải tiến đồ gá của Đặng Thị Hường")
    assert record.local_code == "HH26-00001"
    assert len(service.keys(Query(text="dang thi huong"))) == 1


def test_an_edit_of_an_old_version_is_refused_with_both_sides(service: InitiativeService) -> None:
    record = saved(service)
    service.save(replace(record, title="Người khác đã sửa tên này"), opened_on=record.version)
    with pytest.raises(StaleEdit) as refused:
        service.save(replace(record, title="Tôi cũng sửa tên này"), opened_on=record.version)
    assert refused.value.stored is not None
    assert refused.value.stored.title == "Người khác đã sửa tên này"


def test_ready_without_a_ground_is_held_and_says_why(service: InitiativeService) -> None:
    record = saved(service)
    readied = service.mark_ready([record.id])
    assert "Chưa ghi nhận đồng ý" in readied.held[record.id]
    assert badge(service, record) is Badge.HELD


def test_ready_with_a_ground_waits_for_the_portal(desk: Desk, service: InitiativeService) -> None:
    declare_ground(desk)
    record = saved(service)
    assert service.mark_ready().ready == (record.id,)
    assert badge(service, record) is Badge.QUEUED


def test_a_record_with_errors_stays_a_draft(desk: Desk, service: InitiativeService) -> None:
    declare_ground(desk)
    record = saved(service, title="SK 1")
    assert list(service.mark_ready().blocked) == [record.id]
    assert badge(service, record) is Badge.INCOMPLETE


def test_a_bulk_edit_is_one_act_and_one_undo(service: InitiativeService) -> None:
    records = [saved(service, note=str(number)) for number in range(5)]
    service.set_values([record.id for record in records], {"solution_type": "Giải pháp quản lý"})
    assert service.undo_name() == "sửa Loại giải pháp của 5 sáng kiến"
    service.undo()
    assert {service.get(record.id).solution_type for record in records} == {"Giải pháp kỹ thuật"}
    service.redo()
    assert {service.get(record.id).solution_type for record in records} == {"Giải pháp quản lý"}


def test_undo_of_ready_takes_the_record_out_of_the_queue(desk: Desk, service: InitiativeService) -> None:
    declare_ground(desk)
    record = saved(service)
    service.mark_ready([record.id])
    service.undo()
    assert service.get(record.id).lifecycle is Lifecycle.DRAFT
    assert badge(service, record) is Badge.DRAFT


def test_a_withdrawn_draft_never_reaches_the_outbox(desk: Desk, service: InitiativeService) -> None:
    declare_ground(desk)
    record = saved(service)
    service.withdraw([record.id])
    assert badge(service, record) is Badge.WITHDRAWN
    service.restore([record.id])
    assert badge(service, record) is Badge.DRAFT
