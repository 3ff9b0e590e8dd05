"""The body of an initiative under a technology secret has no way out of the station; nor has its calculation."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sangkien_desktop.domain import egress
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.initiative_fields import FIELDS
from sangkien_desktop.domain.travelling import travelling
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.storage import screening as rooms
from tests.support.desks import an_open_desk
from tests.support.records import an_initiative

CANARY = "chim-hoang-yen-4711"
BODY = ("situation_before", "solution", "novelty", "scope", "conditions", "benefit_calculation", "note")
"""Texts of the record that its declaration keeps at home when it is secret."""

Channel = Callable[[Services, Initiative], str]


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Services]:
    with an_open_desk(tmp_path) as desk:
        yield Services(desk)


@pytest.fixture
def secret(station: Services) -> Initiative:
    group = station.units.named("Tổ CĐ Mạ 1", make=True)
    record = an_initiative(is_secret=True, group=group, **dict.fromkeys(BODY, CANARY))
    return station.initiatives.save(record, opened_on=0).record


def wire(station: Services, record: Initiative) -> str:
    return json.dumps(travelling(record), ensure_ascii=False, default=str)


def reports(station: Services, record: Initiative) -> str:
    tables = [station.reports.make(report.name) for report in station.reports.all()]
    return "\n".join(str(table.rows) + str(table.notes) for table in tables)


def screening(station: Services, record: Initiative) -> str:
    station.initiatives.save(an_initiative(title=record.title, solution=CANARY), opened_on=0)
    with station.desk.database.read() as session:
        known = [text.body for text in rooms.texts(session) if text.id == record.id]
    pairs = station.screening.screen_all()
    told = [reason.sentence for pair in pairs for reason in pair.reasons]
    return "\n".join((*known, *(sentence for sentence in told)))


def problem_rows(station: Services, record: Initiative) -> str:
    checked = station.checks.review()
    kinds = (*checked.errors, *checked.warnings)
    rows = [row for one in kinds for row in station.checks.rows(one.kind)]
    return "\n".join(row.raw + row.understood + row.problem.message for row in rows)


CHANNELS: tuple[Channel, ...] = (wire, reports, screening, problem_rows)


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_body_of_a_secret_does_not_come_out(
    station: Services, secret: Initiative, channel: Channel
) -> None:
    assert CANARY not in channel(station, secret)


def test_nothing_of_it_is_logged(
    station: Services, secret: Initiative, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    station.checks.review()
    station.screening.screen_all()
    station.initiatives.mark_ready([secret.id])
    assert CANARY not in caplog.text


def test_every_text_that_stays_at_home_carries_a_canary() -> None:
    kept = {one.name for one in FIELDS if one.name not in egress.SECRET and one.kind.value == "long_text"}
    assert kept <= set(BODY)


def test_without_the_allow_list_the_canary_comes_out_on_the_wire(
    station: Services, secret: Initiative, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(egress, "SECRET", egress.ORDINARY)
    assert CANARY in wire(station, secret)


@pytest.mark.parametrize("channel", [wire, reports, screening])
def test_the_same_canary_comes_out_of_an_ordinary_initiative(station: Services, channel: Channel) -> None:
    group = station.units.named("Tổ CĐ Mạ 1", make=True)
    record = an_initiative(group=group, **dict.fromkeys(BODY, CANARY))
    kept = station.initiatives.save(record, opened_on=0).record
    assert CANARY in channel(station, kept)
