"""Half-typed text is in the store within a second, and stands again in its cell after a cut."""

from PySide6.QtCore import Qt

from sangkien_desktop.services.bundle import Services
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.local_drafts import HalfTyped
from sangkien_desktop.storage.initiatives import Query
from tests.ui.initiatives.test_grid import compose, editor_of, stored


def test_half_typed_text_is_kept_within_a_second(page, qtbot, filled) -> None:
    page.grid.go_to(4, "title")
    page.grid.setFocus()
    qtbot.keyClicks(page.grid, "N")
    compose(editor_of(page), ["ă", "ắp"], " ")
    drafts = Services(filled).local_drafts
    qtbot.waitUntil(lambda: drafts.half_typed() is not None, timeout=1000)
    half = drafts.half_typed()
    assert (half.initiative, half.field) == (page.model.record(4).record.id, "title")
    qtbot.waitUntil(lambda: drafts.half_typed().text == "Nắp ", timeout=1000)


def half_of(filled: Desk, field: str, text: str, *, in_form: bool) -> HalfTyped:
    """What a station that was cut off had kept."""
    service = Services(filled).initiatives
    record = service.page(service.keys(Query())[4:5])[0].record
    half = HalfTyped(initiative=record.id, field=field, text=text, seen="", in_form=in_form, scroll=0)
    Services(filled).local_drafts.keep(half)
    return half


def test_after_a_cut_the_text_stands_in_its_cell(filled, opened, qtbot, settled) -> None:
    half = half_of(filled, "title", "Nắp che máy hàn", in_form=False)
    page = opened(filled)
    qtbot.waitUntil(lambda: page.grid.is_editing, timeout=4000)
    assert page.current.record.id == half.initiative
    assert editor_of(page).toPlainText() == half.text
    qtbot.keyClick(editor_of(page), Qt.Key.Key_Return)
    settled(page)
    assert stored(page, 4).title == half.text
    qtbot.waitUntil(lambda: Services(filled).local_drafts.half_typed() is None, timeout=2000)


def test_a_form_field_comes_back_too(filled, opened, qtbot, settled) -> None:
    half = half_of(filled, "effect_summary", "Giảm 5 giây", in_form=True)
    page = opened(filled)
    area = page.form.widget_of("effect_summary")
    qtbot.waitUntil(lambda: area.toPlainText() == half.text, timeout=4000)
    page.form.go_to("title")
    settled(page)
    assert stored(page, 4).effect_summary == half.text


def test_leaving_for_another_screen_commits(page, qtbot, settled) -> None:
    page.grid.go_to(0, "title")
    page.grid.setFocus()
    qtbot.keyClicks(page.grid, "D")
    qtbot.keyClicks(editor_of(page), "a sang man hinh khac")
    page.hide()
    settled(page)
    assert stored(page, 0).title == "Da sang man hinh khac"
