"""What the program takes for granted about a file, each part correctable: sheet, heading, lettering, group."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.ui import formatting, theme
from sangkien_desktop.ui.screens.importing.intake import Entry
from sangkien_desktop.ui.screens.importing.sheet_model import ShownSheet
from sangkien_desktop.ui.widgets.buttons import CheckBox
from sangkien_desktop.ui.widgets.combo import Choice, ComboBox
from sangkien_desktop.ui.widgets.labels import IconLabel, label
from sangkien_desktop.ui.widgets.panels import Panel
from sangkien_desktop.vietnamese.folding import clean
from sangkien_desktop.vietnamese.legacy_fonts import Encoding
from sangkien_desktop.workbooks.corrections import AS_IS, Correction
from sangkien_desktop.workbooks.table import Sheet

WIDTH = 232
FROM_FILE = ""
_HEADING_ROWS = 40
_LETTERINGS = {
    Encoding.TCVN3: "Phông cũ TCVN3 (.VnTime)",
    Encoding.VNI: "Phông cũ VNI",
    Encoding.NFD: "Unicode tổ hợp",
    Encoding.MOJIBAKE: "Chữ bị đọc sai mã",
    Encoding.CP1258: "Mã Windows 1258",
}


@dataclass(frozen=True)
class SheetChoice:
    """One sheet to choose: its name as the file has it, and what is said of it."""

    name: str | None
    text: str


class Facts(QScrollArea):
    """The left column of the step. Every change makes a correction; the file is then read again."""

    corrected = Signal(object)
    """The whole Correction of the sheet shown."""
    sheet_chosen = Signal(object)
    remember_changed = Signal(bool)

    def __init__(self) -> None:
        """Empty until a file is shown."""
        super().__init__()
        self.setObjectName("facts")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self._correction = Correction()
        self.name = IconLabel("file-type-xls", "", "text", look="strong")
        self.details = label("", "caption", wraps=True)
        self.sheet = ComboBox(name="sheet-choice")
        self.heading = ComboBox(name="heading-row")
        self.lettering = IconLabel("check", "", "ok")
        self.before = label("", "caption", name="before", wraps=True)
        self.after = label("", "strong", tone="ok", name="after", wraps=True)
        self.examples = Panel("window", "tblr")
        self.converts = CheckBox("Đổi sang Unicode, cả tệp", checked=True, name="convert")
        self.group = ComboBox(name="group-choice")
        self.group_hint = label("", "caption", tone="text3", wraps=True)
        self.keeps_unknown = CheckBox("Chép cột bỏ qua vào ghi chú", name="keep-unknown")
        self.remembers = CheckBox("Dùng lại cho tệp cùng mẫu", checked=True, name="remember")
        self.remembered = label("", "caption", tone="text3", wraps=True)
        self._lay_out()
        self._connect()
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def show_entry(
        self, entry: Entry, shown: ShownSheet, sheets: Sequence[SheetChoice], groups: Sequence[str]
    ) -> None:
        """A sheet of a file, as it is understood now."""
        self._correction = entry.correction(shown.sheet.name)
        self.name.show_state("file-type-xls", entry.name, "text")
        self.name.setToolTip(entry.name)
        self.details.setText(_details(entry))
        self.sheet.set_choices([Choice(one.text, one.name) for one in sheets])
        self.sheet.choose(shown.sheet.name)
        self._show_heading(shown)
        self._show_lettering(shown)
        self._show_group(shown, groups)
        unknown = shown.reading is not None and bool(shown.reading.unmapped) and not shown.reading.is_form
        self.keeps_unknown.setVisible(unknown)
        for box, is_on in (
            (self.keeps_unknown, self._correction.keep_unknown),
            (self.remembers, entry.remember),
        ):
            blocker = QSignalBlocker(box)
            box.setChecked(is_on)
            blocker.unblock()
        is_known = shown.reading is not None and shown.reading.remembered
        self.remembered.setText("Tệp này đọc theo cách đã nhớ." if is_known else "")
        self.remembered.setVisible(is_known)

    def _show_heading(self, shown: ShownSheet) -> None:
        rows = [Choice("Không có dòng tiêu đề", 0)]
        rows += [
            Choice(f"Dòng {row + 1}", row + 1)
            for row in range(min(_HEADING_ROWS, len(shown.sheet.rows)))
            if any(value not in (None, "") for value in shown.sheet.rows[row])
        ]
        self.heading.set_choices(rows)
        self.heading.choose((shown.reading.header_row if shown.reading else self._correction.header_row) or 0)
        self.heading.setEnabled(shown.reading is None or not shown.reading.is_form)

    def _show_lettering(self, shown: ShownSheet) -> None:
        found = shown.layout.lettering if shown.layout else None
        encoding = found.encoding if found else None
        as_is = self._correction.lettering == AS_IS
        if encoding is None:
            icon, text, tone = "check", "Unicode, đọc thẳng", "ok"
            if as_is:
                icon, text, tone = "minus", "Giữ nguyên chữ trong tệp", "mute"
        else:
            icon, text, tone = "alert-triangle", _LETTERINGS.get(encoding, encoding.value), "warn"
        self.lettering.show_state(icon, text, tone)
        example = found.examples[0] if found and found.examples else None
        self.examples.setVisible(example is not None)
        if example is not None:
            self.before.setText(f"Trong tệp  {clean(example[0])[:40]}")
            self.after.setText(f"{example[1][:40]}")
            self.after.setAccessibleName(f"Máy đọc là {example[1]}")
        blocker = QSignalBlocker(self.converts)
        self.converts.setChecked(not as_is)
        blocker.unblock()
        self.converts.setVisible(encoding is not None or as_is)

    def _show_group(self, shown: ShownSheet, groups: Sequence[str]) -> None:
        reading = shown.reading
        named = (reading.context.get("group") or "") if reading else ""
        by_row = reading is not None and any(row.group_name for row in reading.rows[:200])
        first = "Theo từng dòng của tệp" if by_row else named or "Chưa có tổ"
        self.group.set_choices([Choice(first, FROM_FILE), *(Choice(one, one) for one in groups)])
        self.group.choose(self._correction.group or FROM_FILE)
        hint = "Lấy từ cột hoặc dòng tên tổ" if by_row else "Lấy từ đầu tệp" if named else ""
        if self._correction.group:
            hint = "Cho các dòng không ghi tổ"
        self.group_hint.setText(hint)
        self.group_hint.setVisible(bool(hint))

    def _lay_out(self) -> None:
        inner = Panel("surface")
        column = QVBoxLayout(inner)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(4)
        inside = QVBoxLayout(self.examples)
        inside.setContentsMargins(8, 3, 8, 3)
        inside.setSpacing(0)
        inside.addWidget(self.before)
        inside.addWidget(self.after)
        for title, widgets in (
            ("Tệp", (self.name, self.details)),
            ("Trang tính", (self.sheet,)),
            ("Dòng tiêu đề cột", (self.heading,)),
            ("Chữ", (self.lettering, self.examples, self.converts)),
            ("Tổ công đoàn", (self.group, self.group_hint)),
            ("Cách hiểu đã nhớ", (self.remembers, self.keeps_unknown, self.remembered)),
        ):
            caption = label(title, "label", tone="text2")
            caption.setBuddy(widgets[0])
            column.addWidget(caption)
            for widget in widgets:
                column.addWidget(widget)
            column.addSpacing(8)
        column.addStretch(1)
        for box, name in (
            (self.sheet, "Trang tính"),
            (self.heading, "Dòng tiêu đề cột"),
            (self.group, "Tổ công đoàn"),
        ):
            box.setAccessibleName(name)
        self.setWidget(inner)

    def _connect(self) -> None:
        self.sheet.chosen.connect(self.sheet_chosen)
        self.heading.chosen.connect(self._on_heading)
        self.converts.toggled.connect(self._on_converts)
        self.group.chosen.connect(self._on_group)
        self.keeps_unknown.toggled.connect(self._on_keeps_unknown)
        self.remembers.toggled.connect(self.remember_changed)

    def _on_heading(self, row: object) -> None:
        # Columns were said of another heading; they are guessed anew under this one.
        self.corrected.emit(replace(self._correction, header_row=int(str(row)), columns={}))

    def _on_converts(self, is_on: bool) -> None:
        self.corrected.emit(replace(self._correction, lettering=None if is_on else AS_IS))

    def _on_group(self, name: object) -> None:
        self.corrected.emit(replace(self._correction, group=str(name) or None))

    def _on_keeps_unknown(self, is_on: bool) -> None:
        self.corrected.emit(replace(self._correction, keep_unknown=is_on))

    def _on_theme(self) -> None:
        self.setFixedWidth(theme.current().metrics.grown(WIDTH))


def _details(entry: Entry) -> str:
    parts = []
    if entry.workbook is not None and entry.workbook.size:
        parts.append(formatting.file_size(entry.workbook.size))
    if entry.path is not None:
        try:
            changed = datetime.fromtimestamp(entry.path.stat().st_mtime, VIETNAM)
            parts.append(f"sửa {formatting.full_moment(changed)}")
        except OSError:
            # The file may have been moved meanwhile; it was read already.
            parts.append("tệp đã chuyển đi chỗ khác")
    warnings = entry.workbook.warnings if entry.workbook else ()
    return "\n".join([" · ".join(parts), *warnings]).strip()


def sheet_choices(entry: Entry) -> list[SheetChoice]:
    """The sheets of a file, with the number of rows where a table was found."""
    sheets: Sequence[Sheet] = entry.workbook.sheets if entry.workbook else ()
    counts = {plan.reading.sheet: len(plan.rows) for plan in entry.plans}
    choices = []
    for sheet in sheets:
        count = counts.get(sheet.name)
        told = f"{formatting.number(count)} dòng" if count is not None else "không có bảng"
        choices.append(SheetChoice(sheet.name, f"{sheet.name or entry.name} ({told})"))
    return choices
