"""The authors of a record: names with lookup, codes, shares that split evenly and are then adjusted."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from shiboken6 import isValid

from sangkien_desktop.domain.initiative import Author
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.rules.truth import even_shares
from sangkien_desktop.services.typed import share_text
from sangkien_desktop.ui import icons, theme
from sangkien_desktop.ui.delegates.cell import CellDelegate, Index
from sangkien_desktop.ui.models.paged_model import Column, PagedModel
from sangkien_desktop.ui.widgets.table import Table
from sangkien_desktop.vietnamese.folding import clean

NAME, CODE, SHARE = 0, 1, 2
Attach = Callable[[QLineEdit, Callable[[Person], None]], None]
"""Gives a name editor the lookup; the second argument takes the person that was picked."""


class AuthorTable(Table):
    """Emits `authors_changed` with all authors after each edit; the record is shown by `show_authors`."""

    authors_changed = Signal(object)
    left = Signal(bool)
    """Tab went out of the table: forwards or backwards."""

    def __init__(self, attach_lookup: Attach) -> None:
        """The first author is the main one."""
        self._authors: list[Author] = []
        self._has_blank = False
        self._picked: Person | None = None
        self._attach = attach_lookup
        made: PagedModel[Author] = PagedModel(_columns(), self._fetch)
        super().__init__(made, grid=True, name="authors")  # type: ignore[arg-type]
        self._rows = made
        self.verticalHeader().hide()
        self.setAccessibleName("Tác giả, mã nhân viên, tỷ lệ")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("boxed", True)
        self.setItemDelegate(_AuthorDelegate(self))
        made.edited.connect(self._on_edited)
        self.show_authors(())

    @property
    def authors(self) -> tuple[Author, ...]:
        """The authors as shown, without the row that waits for a new one."""
        return tuple(self._authors)

    def show_authors(self, authors: Sequence[Author]) -> None:
        """Show a record's authors; an empty row waits when there are none."""
        if self._authors == list(authors) and self._rows.rowCount():
            return
        self._authors, self._has_blank = list(authors), not authors
        self._reload()

    def add_row(self) -> None:
        """An empty row for one more author, and the caret in it."""
        if not self._has_blank:
            self._has_blank = True
            self._reload()
        self.setFocus()
        self.setCurrentIndex(self._rows.index(len(self._authors), NAME))

    def split_evenly(self) -> None:
        """Give everyone the same share."""
        shares = even_shares(len(self._authors))
        self._tell([replace(one, share=part) for one, part in zip(self._authors, shares, strict=True)])

    def attach(self, editor: QLineEdit) -> None:
        """Offer people under a name editor."""
        self._picked = None
        self._attach(editor, partial(self._on_picked, editor))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down in the last row adds one; Delete takes the author out."""
        key = event.key()
        row = self.currentIndex().row()
        if key == Qt.Key.Key_Delete and row < len(self._authors):
            self._tell([one for place, one in enumerate(self._authors) if place != row], respread=True)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Insert) and row == self._rows.rowCount() - 1:
            self.add_row()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.go(forwards=key == Qt.Key.Key_Tab)
        else:
            super().keyPressEvent(event)

    def go(self, *, forwards: bool) -> None:
        """Tab: name, then the next name; codes come with the person and shares by themselves."""
        at = self.currentIndex()
        stops = [(row, column) for row in range(self._rows.rowCount()) for column in self._stops(row)]
        here = (at.row(), at.column())
        place = stops.index(here) if here in stops else -1 if forwards else len(stops)
        place += 1 if forwards else -1
        if 0 <= place < len(stops):
            self.setCurrentIndex(self._rows.index(*stops[place]))
        else:
            self.left.emit(forwards)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By Tab the first name, or the last cell from behind."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason or not self.currentIndex().isValid():
            self.setCurrentIndex(self._rows.index(0, NAME))

    def sizeHint(self) -> QSize:
        """Head and rows."""
        grown = theme.current().metrics.grown
        return QSize(200, grown(24) + self._rows.rowCount() * grown(26) + 1)

    def _stops(self, row: int) -> tuple[int, ...]:
        return (NAME, SHARE) if len(self._authors) > 1 and row < len(self._authors) else (NAME,)

    def _fetch(self, ids: Sequence[int]) -> list[Author | None]:
        blank = Author(name="")
        return [self._authors[one] if one < len(self._authors) else blank for one in ids]

    def _reload(self) -> None:
        at = self.currentIndex()
        place = (at.row(), at.column())
        self._rows.show_ids(range(len(self._authors) + self._has_blank))
        index = self._rows.index(*place)
        if index.isValid():
            self.setCurrentIndex(index)
        self.setFixedHeight(self.sizeHint().height())

    def _on_edited(self, row: int, key: str, text: str) -> None:
        text = clean(text)
        known = self._authors[row] if row < len(self._authors) else Author(name="", is_main=not self._authors)
        if key == "share":
            self._share(row, text)
            return
        picked, self._picked = self._picked, None
        changed = replace(known, name=text) if key == "name" else replace(known, employee_code=text or None)
        if picked is not None and key == "name" and picked.name == text:
            changed = replace(changed, employee_code=picked.employee_code, person=picked.id)
        else:
            changed = replace(changed, person=None)
        self._put(row, changed)

    def _on_picked(self, editor: QLineEdit, person: Person) -> None:
        """A person was taken from the list: commit the cell and go on."""
        self._picked = person
        QTimer.singleShot(0, self, partial(self._take, editor))

    def _take(self, editor: QLineEdit) -> None:
        if isValid(editor):
            self.commitData(editor)
            self.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def _put(self, row: int, author: Author) -> None:
        if not author.name and not author.employee_code:
            if row < len(self._authors):
                self._tell([one for place, one in enumerate(self._authors) if place != row], respread=True)
            return
        whole = [*self._authors]
        is_new = row >= len(whole)
        whole[row : row + 1] = [author]
        self._has_blank = False
        self._tell(whole, respread=is_new)

    def _share(self, row: int, text: str) -> None:
        if row >= len(self._authors):
            return
        try:
            share = Decimal(text.rstrip("% ").replace(",", ".")) if text else None
        except InvalidOperation:
            return
        whole = [*self._authors]
        whole[row] = replace(whole[row], share=share)
        if len(whole) == 2 and share is not None and 0 < share < 100:
            whole[1 - row] = replace(whole[1 - row], share=100 - share)
        self._tell(whole)

    def _tell(self, authors: list[Author], *, respread: bool = False) -> None:
        if respread:
            authors = _spread(authors, self._authors)
        whole = [replace(one, is_main=place == 0) for place, one in enumerate(authors)]
        self._authors = whole
        self._has_blank = self._has_blank or not whole
        self.authors_changed.emit(tuple(whole))
        # The cell's editor is still open while it is committed; the rows may change once it is gone.
        QTimer.singleShot(0, self, self._reload)

    def _on_theme(self) -> None:
        super()._on_theme()
        grown = theme.current().metrics.grown
        vertical = self.verticalHeader()
        vertical.setMinimumSectionSize(grown(26))
        vertical.setDefaultSectionSize(grown(26))
        self.horizontalHeader().setFixedHeight(grown(24))
        self._stretch()


class _AuthorDelegate(CellDelegate):
    def __init__(self, table: AuthorTable) -> None:
        columns = _columns()
        super().__init__(
            table,
            [one.kind for one in columns],
            [one.tone for one in columns],
            grid=False,
            marks_current=True,
        )
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        focused = self._table.hasFocus()
        self._marks_current = focused
        if not focused:
            option.state = option.state & ~option.state.State_Selected
        super().paint(painter, option, index)
        if index.column() == NAME and index.row() < len(self._table.authors):
            known = self._table.authors[index.row()].person is not None
            if known:
                area = option.rect
                box = area.adjusted(4, 0, 0, -1)
                box.setWidth(icons.IN_CELL)
                icons.draw(painter, "user-check", box, "wait", icons.IN_CELL)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        if index.column() == NAME and isinstance(editor, QLineEdit):
            self._table.attach(editor)
        return editor


def _spread(authors: list[Author], before: Sequence[Author]) -> list[Author]:
    """Even shares for another number of authors, unless somebody had been given another share by hand."""
    was_even = tuple(one.share for one in before) == even_shares(len(before))
    if len(before) > 1 and not was_even and any(one.share is not None for one in before):
        return authors
    shares: Sequence[Decimal | None] = (
        even_shares(len(authors)) if len(authors) > 1 else [None] * len(authors)
    )
    return [replace(one, share=part) for one, part in zip(authors, shares, strict=True)]


def _columns() -> tuple[Column[Author], ...]:
    return (
        Column(
            "name",
            "Tác giả",
            lambda one: f"     {one.name}" if one.name else "",
            0,
            True,
            lambda one: one.name,
        ),
        Column("code", "Mã NV", lambda one: one.employee_code or "", 84, True),
        Column("share", "Tỷ lệ %", lambda one: share_text(one.share), 64, True, kind="number"),
    )
