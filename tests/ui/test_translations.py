"""Qt speaks Vietnamese, and the compiled file is the one its source gives."""

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QPushButton

from sangkien_desktop.paths import resource
from sangkien_desktop.ui import translations


@pytest.fixture
def vietnamese(qapp):
    before = QLocale()
    translator = translations.install(qapp)
    yield
    qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def test_standard_buttons_speak_vietnamese(qtbot, look, vietnamese) -> None:
    kinds = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kinds.Save | kinds.Cancel | kinds.Yes | kinds.No)
    qtbot.addWidget(box)
    assert {button.text() for button in box.buttons()} == {"Lưu", "Thôi", "&Có", "&Không"}


def test_menu_of_a_field_speaks_vietnamese(qtbot, look, vietnamese) -> None:
    field = QLineEdit("Ẫ")
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    said = {action.text().partition("\t")[0] for action in menu.actions() if action.text()}
    assert said == {"&Hoàn tác", "&Làm lại", "&Cắt", "Ché&p", "&Dán", "Xóa", "Chọn tất cả"}


def test_file_dialog_speaks_vietnamese(qtbot, look, vietnamese) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    said = {one.text() for kind in (QLabel, QPushButton) for one in dialog.findChildren(kind)}
    assert {"&Mở", "Thôi", "&Tên tệp:", "&Loại tệp:", "Tìm tr&ong:"} <= said


def test_numbers_and_dates_are_vietnamese(vietnamese) -> None:
    assert QLocale().toString(1_234_567) == "1.234.567"


def test_every_text_is_translated_and_keeps_its_places() -> None:
    tree = ElementTree.parse(resource("i18n", "qtbase_vi.ts"))
    for message in tree.iter("message"):
        source, translation = message.findtext("source"), message.findtext("translation")
        assert source and translation
        assert ("%1" in source) == ("%1" in translation), source


def test_compiled_file_belongs_to_its_source(tmp_path: Path) -> None:
    tool = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    assert tool is not None
    made = tmp_path / "made.qm"
    subprocess.run([tool, "-silent", resource("i18n", "qtbase_vi.ts"), "-qm", made], check=True, timeout=30)
    assert made.read_bytes() == resource("i18n", "qtbase_vi.qm").read_bytes()
