"""Rectangles go to and from other programs, are filled and replaced, each as one act."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from sangkien_desktop.ui.screens.initiatives.clipboard import cells_in, from_text, repaired, to_html, to_text
from sangkien_desktop.ui.screens.initiatives.guessing import fields_of
from sangkien_desktop.ui.screens.initiatives.series import continued
from tests.ui.initiatives.test_grid import stored

CELLS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], include_characters="\n\t"), max_size=20
)


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5)
    )
)
def test_any_rectangle_of_text_comes_back_as_it_was(cells) -> None:
    plain = [[cell.rstrip("\n") for cell in row] for row in cells]
    assert cells_in("", to_text(plain) + "\r\n") == plain


def test_html_keeps_line_breaks_and_the_numbers_behind() -> None:
    html = (
        '<table><tr><td sdval="1200000" sdnum="1033;">1,200,000</td><td>Cải tiến<br>đồ gá</td></tr></table>'
    )
    assert cells_in(html, "1,200,000\tCải tiến đồ gá") == [["1200000", "Cải tiến\nđồ gá"]]


def test_our_own_html_comes_back() -> None:
    cells = [["001", "Cải tiến\nđồ gá <b>"], ["", "80tr"]]
    assert cells_in(to_html(cells), "") == cells


def test_quotes_of_excel_are_read() -> None:
    assert from_text('a\t"hai\ndòng"\r\n"có ""ngoặc"""\tb\r\n') == [["a", "hai\ndòng"], ['có "ngoặc"', "b"]]


def test_old_letters_are_put_right_for_the_preview() -> None:
    mended = repaired([["C¶i tiÕn ®å g¸ kÑp th©n ®Ìn"], ["Bæ sung c¶m biÕn ®Õm vÝt cho bµn l¾p"]])
    assert mended == [["Cải tiến đồ gá kẹp thân đèn"], ["Bổ sung cảm biến đếm vít cho bàn lắp"]]


def test_columns_are_known_by_their_heads_or_by_their_cells() -> None:
    heads = [["STT", "Tên sáng kiến", "Họ và tên", "Làm lợi"], ["1", "Gắn kính lúp", "Bùi Thu Huệ", "8tr"]]
    assert fields_of(heads) == (["", "title", "authors", "annual_benefit"], True)
    bare = [["Gắn kính lúp vào bàn soi chi tiết nhỏ", "Bùi Thu Huệ", "8.500.000"]]
    assert fields_of(bare) == (["title", "authors", "annual_benefit"], False)


def test_a_series_goes_on() -> None:
    assert continued(["01/05/2026", "", ""]) == ["01/05/2026", "02/05/2026", "03/05/2026"]
    assert continued(["05/2026", "", ""]) == ["05/2026", "06/2026", "07/2026"]
    assert continued(["1.000", "2.000", "", ""]) == ["1.000", "2.000", "3.000", "4.000"]
    assert continued(["QĐ 08", "", ""]) == ["QĐ 08", "QĐ 09", "QĐ 10"]


def test_a_rectangle_copied_and_pasted_onto_itself_changes_nothing(page, settled) -> None:
    page.grid.select_rectangle(range(12), ["title", "authors", "annual_benefit"])
    before = [stored(page, row) for row in range(12)]
    page.acts.cells.copy()
    page.grid.go_to(0, "title")
    page.acts.cells.paste()
    settled(page)
    assert [stored(page, row) for row in range(12)] == before


def test_a_rectangle_pasted_elsewhere_is_one_act(page, settled) -> None:
    page.grid.select_rectangle(range(2), ["annual_benefit"])
    wanted = [stored(page, row).annual_benefit for row in range(2)]
    page.acts.cells.copy()
    page.grid.go_to(7, "annual_benefit")
    page.acts.cells.paste()
    settled(page)
    assert [stored(page, row).annual_benefit for row in (7, 8)] == wanted
    page.editing.undo()
    settled(page)
    assert stored(page, 7).annual_benefit != wanted[0]


def test_fill_down_takes_the_first_row(page, settled) -> None:
    page.grid.select_rectangle(range(4), ["annual_benefit"])
    page.grid.setFocus()
    page.acts.cells.fill_down()
    settled(page)
    assert len({stored(page, row).annual_benefit for row in range(4)}) == 1


def test_columns_pasted_into_a_new_row_are_shown_first(page, settled) -> None:
    page.acts.add()
    settled(page)
    data = QMimeData()
    data.setText(
        "Làm khay chia vít ba ngăn\tĐào Trọng Phúc\t12tr\r\nGắn kính lúp bàn soi\tBùi Thu Huệ\t8.500.000\r\n"
    )
    QApplication.clipboard().setMimeData(data)
    page.acts.paste()
    settled(page)
    preview = page.acts.cells._preview
    assert [name for name in preview._fields if name] == ["title", "authors", "annual_benefit"]
    assert page.model.rowCount() == 22
    preview.accept()
    settled(page)
    titles = [page.model.record(row).record.title for row in range(page.model.rowCount())]
    assert "Làm khay chia vít ba ngăn" in titles
    assert "" not in titles
    page.editing.undo()
    settled(page)
    assert page.model.rowCount() == 21


def test_replace_without_accents_shows_first_and_is_one_act(page, settled, qtbot) -> None:
    page.grid.go_to(0, "title")
    page.acts.cells.replace()
    dialog = page.acts.cells._dialog
    dialog.old.setText("DEN HAU")
    dialog.new.setText("đèn sau")
    qtbot.waitUntil(lambda: bool(dialog._edits), timeout=4000)
    count = len(dialog._edits)
    dialog.accept()
    settled(page)
    changed = [row for row in range(21) if "đèn sau" in stored(page, row).title]
    assert len(changed) == count > 2
    page.editing.undo()
    settled(page)
    assert not any("đèn sau" in stored(page, row).title for row in range(21))


def test_duplicates_are_new_drafts(page, settled) -> None:
    page.grid.go_to(2, "title")
    original = page.current.record
    page.acts.duplicate()
    settled(page)
    assert page.model.rowCount() == 22
    assert page.current.record.title == original.title
    assert page.current.record.local_code != original.local_code
