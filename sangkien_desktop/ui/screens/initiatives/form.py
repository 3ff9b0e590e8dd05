"""The form beside the grid: one record in the order of the paper sheet."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sangkien_desktop.domain.document import author_to_json
from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.services.entry import GridRow
from sangkien_desktop.services.typed import Lists
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.screens.initiatives.author_table import Attach
from sangkien_desktop.ui.screens.initiatives.form_editors import (
    DecisionEditor,
    Editor,
    TextEditor,
    make_editors,
)
from sangkien_desktop.ui.screens.initiatives.form_keys import FormKeys
from sangkien_desktop.ui.screens.initiatives.form_parts import (
    AuthorPart,
    FilePart,
    FormFoot,
    FormHead,
    SourcePart,
)
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.panels import Panel
from sangkien_desktop.ui.widgets.strips import Strip

FURTHER = (
    "benefit_calculation",
    "benefit_confirmed_by",
    "benefit_confirmed_on",
    "novelty",
    "scope",
    "conditions",
    "is_ip_protected",
    "awards",
    "note",
)
"""Fields that few papers have: beneath, behind one button, opened by themselves when they hold something."""
SECRET = "Bí mật công nghệ: chỉ tên, tóm tắt hiệu quả và khen thưởng rời máy này."


class RecordForm(Panel):
    """Says what a person typed; what is stored comes back by `show_row`."""

    typed = Signal(str, str)
    valued = Signal(str, object)
    both_typed = Signal(str, str)
    entered = Signal(str)
    """The caret came into a field."""
    half_typed = Signal(str, str)
    """Field and text, at each change that is not committed."""
    repair_wanted = Signal(object)
    """A Problem whose repair was accepted."""
    last_left = Signal()
    """Enter in the last field: the next record."""

    def __init__(self, lists: Callable[[], Lists], attach_lookup: Attach) -> None:
        """`lists` is asked each time a record is shown."""
        super().__init__("surface", "l")
        self._lists = lists
        self.row: GridRow | None = None
        self.head, self.foot = FormHead(), FormFoot()
        self.secret_strip = Strip(closable=False)
        self.stale_strip, self.alike_strip = Strip(closable=False), Strip(closable=False)
        self.authors = AuthorPart(attach_lookup)
        self.files, self.source = FilePart(), SourcePart()
        self.editors = make_editors(FURTHER)
        self._by_name = {name: editor for editor in self.editors for name in editor.names}
        self.more = Button("Thêm ô ghi khác", icon="chevron-right", kind="link", name="more-fields")
        self._further = QWidget()
        self._scroll = a_scroll_area()
        self._keys = FormKeys(
            self,
            title=self._by_name["title"].widget,
            last=self._by_name["recognition_decision"].widget,
            go_on=self.focusNextChild,
        )
        self._lay_out()
        self._connect()
        self.show_row(None)

    # Showing

    def show_row(self, row: GridRow | None) -> None:
        """Show a record as it is stored; what is being typed at this moment stays."""
        is_other = row is None or self.row is None or row.record.id != self.row.record.id
        if is_other:
            self.forget_typing()
        self.row = row
        self._scroll.setVisible(row is not None)
        self.head.show_row(row)
        self.foot.show_row(row)
        if row is None:
            self.secret_strip.say("")
            return
        lists = self._lists()
        for editor in self.editors:
            editor.show_record(row, lists)
            editor.set_read_only(row.record.lifecycle is Lifecycle.WITHDRAWN)
        self.authors.show_row(row, lists)
        self.files.show_row(row)
        self.source.show_row(row)
        self.secret_strip.say(SECRET if row.record.is_secret else "")
        if any(getattr(row.record, name) or name in row.problems for name in FURTHER):
            self._show_further(True)
        elif is_other:
            self._show_further(False)
            self._scroll.verticalScrollBar().setValue(0)

    def forget_typing(self) -> None:
        """Nothing in the fields is of a person's hand any more."""
        for editor in self.editors:
            if isinstance(editor.widget, QLineEdit):
                editor.widget.setModified(False)
            elif isinstance(editor.widget, QPlainTextEdit):
                editor.widget.document().setModified(False)

    def commit(self) -> None:
        """Commit what stands in the field with the caret."""
        focus = self.focusWidget()
        if isinstance(focus, QLineEdit) and focus.isModified():
            focus.editingFinished.emit()
        elif isinstance(focus, QPlainTextEdit):
            commit = getattr(focus, "commit", None)
            if commit is not None:
                commit()

    def set_wide(self, is_wide: bool) -> None:
        """More lines at once where there is room."""
        for name, lines in (("solution", 3 if is_wide else 2), ("effect_summary", 2 if is_wide else 1)):
            editor = self._by_name[name]
            if isinstance(editor, TextEditor):
                editor.area.set_least_lines(lines)

    # Going

    def editor(self, name: str) -> Editor | None:
        """The editor that holds a field; None for authors and files."""
        return self._by_name.get(name)

    def widget_of(self, name: str) -> QWidget:
        """Where the caret goes for a field."""
        editor = self._by_name.get(name)
        return editor.widget if editor else self.authors.table

    def go_to(self, name: str) -> None:
        """Put the caret into a field, selected as when it is entered by Tab."""
        if name in FURTHER:
            self._show_further(True)
        widget = self.widget_of(name)
        self._scroll.ensureWidgetVisible(widget, 0, 40)
        widget.setFocus(Qt.FocusReason.TabFocusReason)

    def mark(self, name: str) -> None:
        """Show the field of the grid's current cell."""
        for editor in self.editors:
            theme.set_state(editor.field.label, tone="accent" if name in editor.names else "")
        self.authors.mark(name in ("authors", "group"))
        editor_here = self._by_name.get(name)
        if editor_here is not None and editor_here.widget.isVisible():
            self._scroll.ensureWidgetVisible(editor_here.field, 0, 8)

    def current_name(self) -> str:
        """The field with the caret; empty when it is elsewhere."""
        focus = self.focusWidget()
        names = (one.name for one in self.editors if one.widget is focus and one.widget.hasFocus())
        return next(names, "")

    @property
    def text(self) -> str:
        """What stands in the field with the caret."""
        editor = self._by_name.get(self.current_name())
        return editor.text() if editor else ""

    def type_again(self, name: str, text: str) -> None:
        """Put a half-typed text into a field, as if it had just been typed."""
        widget = self.widget_of(name)
        if isinstance(widget, QLineEdit):
            widget.setText(text)
            widget.setModified(True)
        elif isinstance(widget, QPlainTextEdit):
            widget.setPlainText(text)
            widget.document().setModified(True)

    # Making

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        for part in (
            self.head,
            self.stale_strip,
            self.alike_strip,
            self.secret_strip,
            self._scroll,
            self.foot,
        ):
            whole.addWidget(part)
        whole.setStretchFactor(self._scroll, 1)
        sheet = Panel("surface")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(14, 3, 2, 12)
        column.setSpacing(2)
        column.addWidget(self._field("title"))
        column.addWidget(self.authors)
        column.addLayout(pair_of(self._field("category"), self._field("first_applied_on"), (1, 1)))
        for name in ("annual_benefit", "situation_before", "solution", "effect_summary"):
            column.addWidget(self._field(name))
        column.addLayout(
            pair_of(self._field("recognition_level"), self._field("recognition_decision"), (38, 62))
        )
        column.addWidget(self._field("solution_type"))
        column.addWidget(self._field("effect_groups"))
        column.addWidget(self._field("is_secret"))
        column.addWidget(self.files)
        column.addWidget(self.more)
        further = QVBoxLayout(self._further)
        further.setContentsMargins(0, 0, 0, 0)
        further.setSpacing(2)
        for name in FURTHER:
            further.addWidget(self._field(name))
        column.addWidget(self._further)
        column.addWidget(self.source)
        column.addStretch(1)
        self._scroll.setWidget(sheet)

    def _field(self, name: str) -> QWidget:
        return self._by_name[name].field

    def _connect(self) -> None:
        for editor in self.editors:
            editor.typed.connect(self.typed)
            editor.valued.connect(self.valued)
            editor.field.proposal_accepted.connect(self.accept_proposal)
            editor.widget.installEventFilter(self._keys)
            if isinstance(editor, DecisionEditor):
                editor.both_typed.connect(self.both_typed)
            for change in ("textEdited", "textChanged"):
                signal = getattr(editor.widget, change, None)
                if signal is not None:
                    signal.connect(self._on_text_changed)
                    break
        self._keys.entered.connect(self._on_entered)
        self._keys.last_left.connect(self._on_last_left)
        self.authors.table.installEventFilter(self._keys)
        self.authors.authors_changed.connect(
            lambda authors: self.valued.emit("authors", [author_to_json(one) for one in authors] or None)
        )
        self.authors.group_chosen.connect(lambda unit: self.valued.emit("group", unit))
        self.authors.repair_wanted.connect(self.repair_wanted)
        self.authors.table.left.connect(self._on_authors_left)
        self.more.clicked.connect(lambda: self._show_further(not self._further.isVisible()))

    def accept_proposal(self) -> bool:
        """Accept the repair offered at the caret's field, else the first one offered; False when there is none."""
        here = self._by_name.get(self.current_name())
        offered = [one.problem for one in ((here,) if here else ()) + tuple(self.editors)]
        offered.append(self.authors.problem)
        problem = next((one for one in offered if one is not None and one.fix is not None), None)
        if problem is not None:
            self.repair_wanted.emit(problem)
        return problem is not None

    def _on_text_changed(self, *_: object) -> None:
        name = self.current_name()
        widget = self._by_name[name].widget if name else None
        changed = isinstance(widget, QLineEdit) and widget.isModified()
        changed = changed or (isinstance(widget, QPlainTextEdit) and widget.document().isModified())
        if changed:
            self.half_typed.emit(name, self.text)

    def _on_entered(self, widget: QObject) -> None:
        if isinstance(widget, QWidget):
            self._scroll.ensureWidgetVisible(widget, 0, 24)
        self.entered.emit(next((one.name for one in self.editors if one.widget is widget), "authors"))

    def _on_last_left(self) -> None:
        self.commit()
        self.last_left.emit()

    def _on_authors_left(self, forwards: bool) -> None:
        self.go_to("category" if forwards else "title")

    def _show_further(self, shown: bool) -> None:
        self._further.setVisible(shown)
        self.more.setText("Ẩn bớt ô ghi" if shown else "Thêm ô ghi khác")


def a_scroll_area() -> QScrollArea:
    """Scrolls downwards only; its bar stands in the margin, so that nothing moves when it is needed."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def pair_of(left: QWidget, right: QWidget, parts: tuple[int, int]) -> QHBoxLayout:
    """Two short fields beside each other."""
    pair = QHBoxLayout()
    pair.setSpacing(10)
    for field, part in zip((left, right), parts, strict=True):
        field.setMinimumWidth(0)
        pair.addWidget(field, part, Qt.AlignmentFlag.AlignTop)
    return pair
