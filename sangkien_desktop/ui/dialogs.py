"""Every modal question and file chooser of the program."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QLineEdit, QMessageBox, QPushButton, QWidget


@dataclass(frozen=True)
class Question:
    """`title` is the question, `yes` and `no` are verbs; `no` is safe: the default, and what Esc means."""

    title: str
    explanation: str
    yes: str
    no: str


class Dialogs:
    """Asks through the system's dialogs over `window`; each answer is returned, None or False when refused."""

    def __init__(self, window: QWidget | None = None, memory: QSettings | None = None) -> None:
        """`memory` remembers the last folder of each purpose."""
        self._window = window
        self._memory = memory

    def attach(self, window: QWidget) -> None:
        """The window over which questions stand."""
        self._window = window

    def confirm(self, question: Question) -> bool:
        """Ask a question that undo could not answer."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle("Sáng kiến")
        box.setText(question.title)
        box.setInformativeText(question.explanation)
        yes = QPushButton(question.yes, box)
        no = QPushButton(question.no, box)
        box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(no, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        box.exec()
        return box.clickedButton() is yes

    def tell(self, title: str, explanation: str) -> None:
        """Say what must be read before anything else goes on."""
        box = QMessageBox(QMessageBox.Icon.NoIcon, "Sáng kiến", title, parent=self._window)
        box.setInformativeText(explanation)
        box.addButton("Đã đọc", QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def ask_text(self, title: str, label: str, *, value: str = "", hidden: bool = False) -> str | None:
        """Ask for one line; `hidden` for a passphrase."""
        echo = QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal
        text, given = QInputDialog.getText(self._window, title, label, echo, value)
        return text if given else None

    def open_files(self, title: str, kinds: str, *, purpose: str) -> tuple[Path, ...]:
        """Choose files to read; `kinds` in Qt's form `Bảng tính (*.xlsx *.xls)`."""
        names, _ = QFileDialog.getOpenFileNames(self._window, title, self._folder(purpose), kinds)
        self._remember(purpose, names)
        return tuple(Path(name) for name in names)

    def save_file(self, title: str, name: str, kinds: str, *, purpose: str) -> Path | None:
        """Choose where to write a file that is proposed to be called `name`."""
        proposed = str(Path(self._folder(purpose)) / name)
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, proposed, kinds)
        self._remember(purpose, [chosen])
        return Path(chosen) if chosen else None

    def choose_folder(self, title: str, *, purpose: str) -> Path | None:
        """Choose a folder."""
        chosen = QFileDialog.getExistingDirectory(self._window, title, self._folder(purpose))
        self._remember(purpose, [chosen] if chosen else [], is_folder=True)
        return Path(chosen) if chosen else None

    def choose_printer(self, printer: QPrinter) -> bool:
        """The system's print dialog."""
        return QPrintDialog(printer, self._window).exec() == QDialog.DialogCode.Accepted

    def _folder(self, purpose: str) -> str:
        remembered = self._memory.value(f"folder/{purpose}") if self._memory is not None else None
        return str(remembered) if remembered and Path(str(remembered)).is_dir() else str(Path.home())

    def _remember(self, purpose: str, names: Sequence[str], *, is_folder: bool = False) -> None:
        if self._memory is not None and names and names[0]:
            folder = Path(names[0]) if is_folder else Path(names[0]).parent
            self._memory.setValue(f"folder/{purpose}", str(folder))
