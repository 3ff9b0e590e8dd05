"""Bytes of fields that may not leave never do, whatever is done with the record."""

import gzip
from dataclasses import fields
from typing import Any

import pytest

from sangkien_desktop.domain.egress import SECRET
from sangkien_desktop.domain.fields import Egress, Kind
from sangkien_desktop.domain.initiative import Award, Provenance
from sangkien_desktop.domain.initiative_fields import FIELDS
from tests.support.portal_server import PortalServer
from tests.support.records import an_author
from tests.support.sync_desks import SyncDesk, a_record

TEXTS = (Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE)


def canary(name: str) -> str:
    """A text that occurs nowhere else."""
    return f"HOANG-YEN-{name}-7f3a"


def canaries(names: list[str]) -> dict[str, Any]:
    """A value with a canary for every text field."""
    return {f.name: canary(f.name) for f in FIELDS if f.name in names and f.kind in TEXTS}


def sent_bytes(desk: SyncDesk) -> bytes:
    """All that left the desk, unpacked."""
    parts = []
    for request in desk.weather.requests:
        body = request.body or b""
        parts.append(gzip.decompress(body) if request.headers.get("Content-Encoding") == "gzip" else body)
        parts.append(request.url.encode())
        parts.append(repr(dict(request.headers)).encode())
    return b"\n".join(parts)


def test_a_secret_initiative_sends_three_fields_and_nothing_else(
    desk: SyncDesk, portal: PortalServer
) -> None:
    forbidden = [f.name for f in FIELDS if f.name not in SECRET]
    record = a_record(
        is_secret=True,
        **canaries(forbidden),
        authors=(an_author(canary("author"), is_main=True, employee_code="HY7F3A"),),
        awards=(Award(level=None, form="Giấy khen", amount=500_000),),
        provenance=Provenance(
            source="import", file_name=canary("file"), file_sha256="ab" * 32, sheet=canary("sheet"), row=7
        ),
    )
    (written,) = desk.write(record)
    desk.sync()
    desk.edit(written, effect_summary="Hiệu quả viết lại cho rõ hơn.", solution=canary("solution"))
    desk.sync()
    assert b"HOANG-YEN" not in sent_bytes(desk)
    assert b"HY7F3A" not in sent_bytes(desk)
    allowed = SECRET | {"programme", "local_code"}
    assert set(portal.documents()[written]) <= allowed
    assert portal.documents()[written]["awards"] == [{"form": "Giấy khen", "amount": 500_000}]


def test_what_belongs_to_the_station_never_leaves_with_an_ordinary_one(desk: SyncDesk) -> None:
    station_only = [f.name for f in FIELDS if f.egress is Egress.STATION]
    assert station_only
    record = a_record(**canaries(station_only), unread={"annual_benefit": canary("unread")})
    desk.write(record)
    desk.sync()
    assert b"HOANG-YEN" not in sent_bytes(desk)


def test_marked_secret_before_the_first_sending_nothing_of_it_leaves(desk: SyncDesk) -> None:
    record = desk.write_one(solution=canary("solution"), situation_before=canary("before"))
    desk.edit(record, is_secret=True)
    desk.sync()
    assert b"HOANG-YEN" not in sent_bytes(desk)


def test_the_canary_is_seen_where_it_may_travel(desk: SyncDesk) -> None:
    desk.write_one(solution=canary("solution"))
    desk.sync()
    assert canary("solution").encode() in sent_bytes(desk)


@pytest.mark.parametrize("name", sorted(SECRET))
def test_every_field_that_a_secret_one_may_send_is_declared_so(name: str) -> None:
    assert next(f for f in FIELDS if f.name == name).leaves_when_secret


def test_the_record_has_no_field_outside_the_declaration() -> None:
    known = {f.name for f in FIELDS}
    beside = {"id", "programme", "stage", "local_code", "unread", "provenance", "lifecycle", "version"}
    assert {f.name for f in fields(a_record())} == known | beside
