"""Parts of the form beside its plain fields: head, authors and group, files, source, foot."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.initiative import Attachment, Lifecycle
from sangkien_desktop.domain.rules import Problem, Severity
from sangkien_desktop.services.entry import GridRow
from sangkien_desktop.services.typed import Lists
from sangkien_desktop.ui import formatting, icons, theme
from sangkien_desktop.ui.badges import look_of
from sangkien_desktop.ui.screens.initiatives.author_table import Attach, AuthorTable
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.combo import ListPopup
from sangkien_desktop.ui.widgets.labels import ChipButton, IconLabel, label
from sangkien_desktop.ui.widgets.panels import Panel, Rule

ROLES = {
    "before": "trước",
    "after": "sau",
    "calculation": "cách tính",
    "decision": "quyết định",
    "other": "khác",
}
_SOURCES = {
    "typed": "Gõ tay",
    "paste": "Dán từ bảng tính",
    "import": "Excel",
    "bundle": "Gói USB",
    "portal": "Cổng",
}


class FormHead(Panel):
    """Code, state, previous, next, and everything else behind the dots: 38 high."""

    def __init__(self) -> None:
        """Empty until a record is shown."""
        super().__init__("surface", "b")
        self.code = label("", "strong", name="form-code")
        self.chip = ChipButton()
        self.chip.setObjectName("form-chip")
        self.previous = Button(icon="chevron-up", kind="quiet", name="previous-record")
        self.next = Button(icon="chevron-down", kind="quiet", name="next-record")
        self.menu = Button(icon="dots", kind="quiet", name="record-menu")
        for button, said in (
            (self.previous, "Sáng kiến trước"),
            (self.next, "Sáng kiến kế tiếp"),
            (self.menu, "Việc khác với sáng kiến này"),
        ):
            button.setToolTip(said)
            button.setAccessibleName(said)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 6, 1)
        row.setSpacing(8)
        row.addWidget(self.code)
        row.addWidget(self.chip)
        row.addStretch(1)
        for button in (self.previous, self.next, self.menu):
            row.addWidget(button)
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def show_row(self, row: GridRow | None) -> None:
        """The record's code and state."""
        self.chip.setVisible(row is not None)
        self.code.setText(row.record.local_code if row else "")
        if row is None:
            return
        errors = sum(problem.severity is Severity.ERROR for problem in row.problems.values())
        icon, word, state = look_of(row.row.badge)
        self.chip.show_state(icon, f"{word} – {formatting.number(errors)} chỗ" if errors else word, state)
        self.chip.setToolTip(row.row.hold_reason or ("Đến chỗ cần bổ sung" if errors else ""))

    def _on_theme(self) -> None:
        self.setFixedHeight(theme.current().metrics.grown(38))


class FormFoot(Panel):
    """What is kept, and the one step that a person takes: 42 high."""

    def __init__(self) -> None:
        """The button can be pressed when nothing is missing."""
        super().__init__("surface", "t")
        self.saved = IconLabel("device-floppy", "", "ok", look="caption")
        self.saved.setProperty("look", "caption")
        self.saved.setObjectName("saved-at")
        self.ready = Button("Đủ, chờ gửi", icon="check", key="Alt+D", name="mark-ready")
        row = QHBoxLayout(self)
        row.setContentsMargins(15, 1, 14, 0)
        row.addWidget(self.saved, 1)
        row.addWidget(self.ready)
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def show_row(self, row: GridRow | None) -> None:
        """Disabled only together with the reason in the head's chip."""
        errors = row is not None and any(one.severity is Severity.ERROR for one in row.problems.values())
        self.ready.setEnabled(row is not None and row.record.lifecycle is Lifecycle.DRAFT and not errors)

    def say_saved(self, at: str) -> None:
        """`21:43:05`."""
        self.saved.setFont(theme.current().font("caption"))
        self.saved.show_state("device-floppy", f"Đã tự lưu {at}", "ok")

    def say_failed(self) -> None:
        """The text stays in its field."""
        self.saved.show_state("alert-circle", "Chưa lưu được", "bad")

    def _on_theme(self) -> None:
        self.setFixedHeight(theme.current().metrics.grown(42))


class AuthorPart(QWidget):
    """`Tác giả · tổ …` over the table of authors; the group is chosen from the line."""

    authors_changed = Signal(object)
    group_chosen = Signal(object)
    repair_wanted = Signal(object)

    def __init__(self, attach_lookup: Attach) -> None:
        """`attach_lookup` gives name editors the lookup."""
        super().__init__()
        self.problem: Problem | None = None
        self._units: list[UnitId] = []
        self._names: list[str] = []
        self._popup: ListPopup | None = None
        self._caption = label("Tác giả · tổ", "caption")
        self.group = _LinkButton("group")
        self.group.setAccessibleName("Tổ công đoàn")
        self.add = _LinkButton("add-author")
        self.add.setText("Thêm tác giả")
        self.add.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.table = AuthorTable(attach_lookup)
        self.sentence = IconLabel(look="caption")
        self.repair = Button("", icon="corner-down-left", key="Ctrl+E", kind="small", name="authors-proposal")
        self._lay_out()
        self.table.authors_changed.connect(self.authors_changed)
        self.add.clicked.connect(self.table.add_row)
        self.group.clicked.connect(self.choose_group)
        self.repair.clicked.connect(lambda: self.repair_wanted.emit(self.problem))

    def show_row(self, row: GridRow, lists: Lists) -> None:
        """Group, authors, and what is wrong with either."""
        name = lists.unit_name(row.record.group) or row.record.unread.get("group", "")
        missing = row.problems.get("group")
        self.group.setText(name or "chưa chọn")
        self.group.setToolTip(missing.message if missing else "Chọn tổ (Enter)")
        theme.set_state(self.group, tone="bad" if missing else "")
        self._units = [unit.id for unit in lists.groups]
        self._names = [unit.name for unit in lists.groups]
        self.table.show_authors(row.record.authors)
        self.problem = row.problems.get("authors") or missing
        fix = self.problem.fix if self.problem else None
        severity = self.problem.severity if self.problem else Severity.ERROR
        tone = "bad" if severity is Severity.ERROR else "warn"
        self.sentence.setFont(theme.current().font("caption"))
        self.sentence.show_state("alert-circle", self.problem.message if self.problem else "", tone)
        self.sentence.setVisible(self.problem is not None)
        self.repair.setText(fix.label if fix else "")
        self.repair.setVisible(fix is not None)

    def mark(self, is_marked: bool) -> None:
        """The grid's current cell is about the authors."""
        theme.set_state(self._caption, tone="accent" if is_marked else "")

    def choose_group(self) -> None:
        """The list of groups, filtered without accents."""
        if self._popup is None:
            self._popup = ListPopup(self.group)
            self._popup.picked.connect(lambda place: self.group_chosen.emit(self._units[place]))
        names = self._names
        current = names.index(self.group.text()) if self.group.text() in names else 0
        self._popup.show_texts(names, current)
        self._popup.open_under(self.group)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self._caption)
        line.addWidget(self.group)
        line.addStretch(1)
        line.addWidget(self.add)
        beneath = QHBoxLayout()
        beneath.setSpacing(8)
        beneath.addWidget(self.sentence, 1)
        beneath.addWidget(self.repair)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(_Boxed(self.table))
        column.addLayout(beneath)


class _Boxed(Panel):
    """A hairline around a table."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__("surface", "tblr")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.addWidget(inner)


class _LinkButton(QPushButton):
    """Words in a line of caption that can be pressed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self._room().height() + 2
        return QSize(self._room().horizontalAdvance(self.text()) + 5, max(20, metrics))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        painter.setFont(look.font("caption"))
        bad = self.property("tone") == "bad"
        active = self.underMouse() or self.hasFocus()
        painter.setPen(
            look.colour(
                "bad" if bad else "accent_text" if active or self.objectName() != "group" else "text2"
            )
        )
        text = self._room().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 2)
        painter.drawText(self.rect().adjusted(1, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), text)
        if self.hasFocus():
            painter.fillRect(1, self.height() - 2, self.width() - 4, 2, look.colour("focus"))

    def _room(self) -> QFontMetrics:
        return QFontMetrics(theme.current().font("caption"))


class FilePart(QWidget):
    """The files of a record, by drag and drop or from the clipboard; pictures before and after side by side."""

    dropped = Signal(object)
    """Paths of files that were let fall here."""
    pasted = Signal(object)
    """A QImage from the clipboard."""
    menu_wanted = Signal(object)
    """An Attachment with which something is to be done."""
    pictures_wanted = Signal(object)
    """The files of a record that is shown now."""
    add_wanted = Signal()

    def __init__(self) -> None:
        """Empty until a record is shown."""
        super().__init__()
        self.setObjectName("files")
        self.setAcceptDrops(True)
        self._pictures = QHBoxLayout()
        self._pictures.setSpacing(8)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.add = _LinkButton("add-file")
        self.add.setText("Thêm tệp, ảnh")
        self._empty = label(
            "Kéo ảnh trước, sau hay bản tính vào đây; Ctrl+V dán ảnh.", "caption", tone="text3", wraps=True
        )
        head = QHBoxLayout()
        head.addWidget(label("Tệp đính kèm", "label"))
        head.addStretch(1)
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(4)
        column.addWidget(Rule())
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addLayout(self._pictures)
        column.addLayout(self._rows)
        self.add.clicked.connect(self.add_wanted)

    def show_row(self, row: GridRow) -> None:
        """The record's files, with size and role."""
        _empty_layout(self._rows)
        files = row.record.attachments
        self._empty.setVisible(not files)
        for file in files:
            self._rows.addWidget(_FileRow(file, self))
        if files or self._pictures.count():
            self.pictures_wanted.emit(files)

    def show_pictures(self, pictures: list[tuple[str, QImage]]) -> None:
        """Small pictures side by side with their role."""
        _empty_layout(self._pictures)
        for said, image in pictures:
            holder = QLabel()
            size = theme.current().metrics.grown(112)
            kept = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            holder.setPixmap(QPixmap.fromImage(image).scaled(QSize(size, size), kept, smooth))
            holder.setToolTip(said)
            holder.setAccessibleName(f"Ảnh {said}")
            self._pictures.addWidget(holder)
        if pictures:
            self._pictures.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures are welcome."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand over what was let fall."""
        data = event.mimeData()
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if paths:
            self.dropped.emit(paths)
        elif data.hasImage():
            self.pasted.emit(data.imageData())
        event.acceptProposedAction()


class _FileRow(QWidget):
    def __init__(self, file: Attachment, part: FilePart) -> None:
        super().__init__()
        self._icon = "photo" if file.media_type.startswith("image/") else "file-text"
        if file.name.lower().endswith((".xlsx", ".xls", ".ods")):
            self._icon = "file-type-xls"
        row = QHBoxLayout(self)
        row.setContentsMargins(icons.IN_BUTTON + 8, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label(file.name), 0)
        said = f"{formatting.file_size(file.size)} · {ROLES.get(file.role, file.role)}"
        row.addWidget(label(said, "caption"))
        row.addStretch(1)
        change = Button(icon="dots", kind="quiet", name=f"file-{file.id}")
        change.setToolTip("Đổi vai trò, mở, gỡ tệp")
        change.setAccessibleName(f"Việc với tệp {file.name}")
        change.clicked.connect(lambda: part.menu_wanted.emit(file))
        row.addWidget(change)
        self.setFixedHeight(theme.current().metrics.grown(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), self._icon, QRect(0, 0, icons.IN_BUTTON, self.height()), "text2")


class SourcePart(QWidget):
    """Where the record came from."""

    def __init__(self) -> None:
        """Empty until a record is shown."""
        super().__init__()
        self._said = label("", tone="text2", wraps=True, name="source")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Rule())
        column.addSpacing(4)
        column.addWidget(label("Nguồn", "label"))
        column.addWidget(self._said)

    def show_row(self, row: GridRow) -> None:
        """`Excel “lap-rap-xi-nhan-2.xlsx”, dòng 14 · canbo nhập 27/05 20:14`."""
        source = row.record.provenance
        said = _SOURCES.get(source.source, source.source)
        if source.file_name:
            said += f" “{source.file_name}”"
        if source.row:
            said += f", dòng {source.row}"
        at = source.at or row.row.created_at
        who = f" · {source.actor} nhập" if source.actor else ""
        self._said.setText(f"{said}{who} {formatting.moment(at)}")


def _empty_layout(layout: QVBoxLayout | QHBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
