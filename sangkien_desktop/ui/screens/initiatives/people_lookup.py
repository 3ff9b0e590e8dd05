"""People offered under a field while a name, a code or a phone is typed; nothing is completed inline."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLineEdit, QListView

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.people import Person
from sangkien_desktop.progress import Progress
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.jobs import JobRunner

WAIT_MS = 80
_PERSON = int(Qt.ItemDataRole.UserRole)


class PeopleLookup(QObject):
    """Watches one line editor. ↓↑ choose, Enter or Tab take, Esc closes the list and leaves the text alone."""

    picked = Signal(object)

    def __init__(
        self,
        editor: QLineEdit,
        jobs: JobRunner,
        find: Callable[[str], Sequence[Person]],
        unit_names: Mapping[UnitId, str],
    ) -> None:
        """`find` runs off the main thread."""
        super().__init__(editor)
        self._editor, self._find, self._units = editor, find, unit_names
        self._latest = jobs.latest(done=self.on_found)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._ask)
        self.list = QListView(editor)
        self.list.setObjectName("people-lookup")
        self.list.setAccessibleName("Người tìm thấy")
        self.list.setWindowFlags(Qt.WindowType.ToolTip)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.list.setFrameShape(QFrame.Shape.Box)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = QStandardItemModel(self.list)
        self.list.setModel(self._model)
        self.list.clicked.connect(self._pick)
        self._listen_first()
        # A view listens to its cell editors once they are made; the list has to hear the keys before it.
        QTimer.singleShot(0, self, self._listen_first)
        editor.textEdited.connect(self._on_edited)

    def on_found(self, people: Sequence[Person]) -> None:
        """The newest answer: show it under the field."""
        self._model.clear()
        for person in people:
            group = self._units.get(person.group, "") if person.group else ""
            said = "  ·  ".join(part for part in (person.name, person.employee_code or "", group) if part)
            item = QStandardItem(said)
            item.setData(person, _PERSON)
            item.setSizeHint(QSize(0, theme.current().metrics.row))
            self._model.appendRow(item)
        if not people or not self._editor.hasFocus():
            self.list.hide()
            return
        height = min(len(people), 8) * theme.current().metrics.row + 4
        self.list.resize(max(self._editor.width(), theme.current().metrics.grown(320)), height)
        self.list.move(self._editor.mapToGlobal(QPoint(0, self._editor.height() + 1)))
        self.list.setCurrentIndex(self._model.index(0, 0))
        self.list.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list while it is open; leaving the field closes it."""
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.list.isVisible():
            return self._on_key(event)
        return False

    def _listen_first(self) -> None:
        self._editor.removeEventFilter(self)
        self._editor.installEventFilter(self)

    def _on_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps:
            row = self.list.currentIndex().row() + steps[key]
            self.list.setCurrentIndex(self._model.index(max(0, min(row, self._model.rowCount() - 1)), 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.list.hide()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._pick(self.list.currentIndex())
            return False
        else:
            return False
        return True

    def _on_edited(self, text: str) -> None:
        if len(text.strip()) < 2:
            self._latest.cancel()
            self.list.hide()
        else:
            self._timer.start()

    def _ask(self) -> None:
        self._latest.start(partial(_found, self._find, self._editor.text()))

    def _pick(self, index: QModelIndex) -> None:
        person = index.data(_PERSON)
        self.list.hide()
        self._timer.stop()
        self._latest.cancel()
        if isinstance(person, Person):
            self._editor.setText(person.name)
            self.picked.emit(person)


def _found(find: Callable[[str], Sequence[Person]], text: str, progress: Progress) -> Sequence[Person]:
    return find(text)
