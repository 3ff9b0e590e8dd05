"""Typed text becomes values and comes back as it was; files lose what they should not carry."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.initiative_fields import FIELDS
from sangkien_desktop.domain.programmes import MILLION
from sangkien_desktop.domain.units import Unit
from sangkien_desktop.errors import AppError
from sangkien_desktop.services.attaching import AttachingService, role_in, shrunk
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.entry import CellEdit, EntryService, replaced
from sangkien_desktop.services.initiatives import InitiativeService
from sangkien_desktop.services.typed import Lists, is_typed, text_of, typed
from tests.support.desks import an_open_desk
from tests.support.records import an_author, an_initiative

LISTS = Lists(
    units={UnitId("to-1"): "Tổ Mạ 1"},
    groups=(Unit(id=UnitId("to-1"), name="Tổ Mạ 1"),),
    programmes={MILLION.code: MILLION},
)
TYPED = [field.name for field in FIELDS if is_typed(field.name)]


def nobody(_text: str) -> tuple[()]:
    return ()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with an_open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def service(desk: Desk) -> InitiativeService:
    return InitiativeService(desk)


@pytest.fixture
def entry(desk: Desk, service: InitiativeService) -> EntryService:
    return EntryService(desk, service)


@pytest.mark.parametrize("name", TYPED)
def test_the_text_of_a_field_typed_again_is_the_same_value(name: str) -> None:
    record = an_initiative(authors=(an_author("Vũ Thị Mẫu", 60, is_main=True), an_author("Lê Văn Mẫu", 40)))
    empty = an_initiative(
        id=record.id,
        **{
            name: type(getattr(record, name))()
            if name in ("authors", "effect_groups", "title")
            else getattr(record, name)
        },
    )
    assert getattr(typed(empty, name, text_of(record, name, LISTS), LISTS, nobody), name) == getattr(
        record, name
    )


@given(st.sampled_from(TYPED), st.text(max_size=40))
def test_nothing_typed_is_dropped(name: str, text: str) -> None:
    record = typed(an_initiative(), name, text, LISTS, nobody)
    again = typed(record, name, text_of(record, name, LISTS), LISTS, nobody)
    assert again == record


@pytest.mark.parametrize(
    ("text", "value"),
    [("80tr", 80_000_000), ("1,2 tỷ", 1_200_000_000), ("94.090.000đ", 94_090_000)],
)
def test_money_is_read_as_people_say_it(text: str, value: int) -> None:
    assert typed(an_initiative(), "annual_benefit", text, LISTS, nobody).annual_benefit == value


def test_what_cannot_be_told_in_money_says_so() -> None:
    record = typed(an_initiative(), "annual_benefit", "không tính", LISTS, nobody)
    assert (record.annual_benefit, record.is_monetary) == (None, False)
    assert text_of(record, "annual_benefit", LISTS) == "không tính"


def test_replacing_without_accents_keeps_the_rest() -> None:
    assert replaced("Đèn hậu và đèn pha", "DEN", "bóng", exact=False) == "bóng hậu và bóng pha"
    assert replaced("Đèn hậu và đèn pha", "đèn", "bóng", exact=True) == "Đèn hậu và bóng pha"


def test_many_cells_are_one_act(entry: EntryService, service: InitiativeService) -> None:
    ids = [service.save(an_initiative(), opened_on=0).record.id for _ in range(12)]
    entry.type_many([CellEdit(one, "annual_benefit", "5tr") for one in ids], "dán 12 ô")
    assert {service.get(one).annual_benefit for one in ids} == {5_000_000}
    assert service.undo_name() == "dán 12 ô của 12 sáng kiến"
    service.undo()
    assert {service.get(one).annual_benefit for one in ids} == {22_400_000}


def test_a_picture_is_shrunk_and_loses_its_place(
    desk: Desk, service: InitiativeService, tmp_path: Path
) -> None:
    picture = Image.new("RGB", (3000, 2000), "navy")
    exif = picture.getexif()
    exif[0x0110] = "May anh"
    exif.get_ifd(0x8825)[1] = "N"
    path = tmp_path / "truoc-cai-tien.jpg"
    picture.save(path, exif=exif)
    record = service.save(an_initiative(), opened_on=0).record
    attaching = AttachingService(desk, service)
    attaching.add_files(record.id, [path])
    file = service.get(record.id).attachments[0]
    kept = Image.open(io.BytesIO(attaching.content(file)))
    assert (max(kept.size), dict(kept.getexif()), file.role) == (1600, {}, "before")
    on_disk = (desk.home.attachments / file.sha256).read_bytes()
    assert attaching.content(file)[:64] not in on_disk


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(AppError, match="không đọc được"):
        shrunk(b"not a picture")


def test_roles_are_told_by_names() -> None:
    assert [role_in(name) for name in ("sau-cai-tien.png", "Bản tính làm lợi.xlsx", "a.pdf")] == [
        "after",
        "calculation",
        "other",
    ]
