"""Files of the record in the form: let fall, pasted, chosen; opened, given a role, taken away."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtGui import QCursor, QImage
from PySide6.QtWidgets import QMenu

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.initiative import Attachment
from sangkien_desktop.ui.screens.initiatives.form_parts import ROLES

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage

_SHOWN = ("before", "after")


class Files(QObject):
    """Between the file part of the form and the service."""

    def __init__(self, page: "InitiativesPage") -> None:
        """Connects the form's file part."""
        super().__init__(page)
        self._page = page
        self._service = page.services.attaching
        part = page.form.files
        part.add_wanted.connect(self.choose)
        part.dropped.connect(lambda paths: self.add([Path(path) for path in paths]))
        part.pasted.connect(self.paste_picture)
        part.menu_wanted.connect(self.show_menu)
        part.pictures_wanted.connect(self.show_pictures)

    def choose(self) -> None:
        """Files from the disk."""
        kinds = "Ảnh, PDF, bảng tính (*.jpg *.jpeg *.png *.webp *.pdf *.xlsx *.xls *.docx);;Mọi tệp (*)"
        paths = self._page.context.dialogs.open_files("Thêm tệp đính kèm", kinds, purpose="attachments")
        if paths:
            self.add(list(paths))

    def add(self, paths: list[Path]) -> None:
        """Attach files, as one act."""
        row = self._page.form.row
        if row is not None:
            self._write(partial(self._service.add_files, row.record.id, paths))

    def paste_picture(self, image: QImage) -> None:
        """Attach a picture from the clipboard."""
        row = self._page.form.row
        if row is None or image.isNull():
            return
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, b"PNG")
        self._write(partial(self._service.add_picture, row.record.id, bytes(content.data())))

    def show_menu(self, file: Attachment) -> None:
        """What the file shows, or away with it."""
        row = self._page.form.row
        if row is None:
            return
        menu = QMenu(self._page)
        for role, said in ROLES.items():
            entry = menu.addAction(f"Đây là tệp “{said}”")
            entry.setCheckable(True)
            entry.setChecked(role == file.role)
            entry.triggered.connect(
                partial(self._write, partial(self._service.set_role, row.record.id, file.id, role))
            )
        menu.addSeparator()
        menu.addAction("Lưu bản sao…", partial(self.save_copy, file))
        menu.addAction("Gỡ tệp", partial(self._write, partial(self._service.remove, row.record.id, file.id)))
        menu.popup(QCursor.pos())

    def save_copy(self, file: Attachment) -> None:
        """The plain file, where a person wants it."""
        path = self._page.context.dialogs.save_file(
            "Lưu bản sao", file.name, "Mọi tệp (*)", purpose="attachments"
        )
        if path is not None:
            self._page.context.jobs.start(lambda: path.write_bytes(self._service.content(file)))

    def show_pictures(self, files: tuple[Attachment, ...]) -> None:
        """Before and after side by side, read off the main thread."""
        wanted = [
            one
            for role in _SHOWN
            for one in files
            if one.role == role and one.media_type.startswith("image/")
        ]
        self._page.context.jobs.start(partial(self._read, wanted[:2]), done=self.on_read)

    def on_read(self, pictures: list[tuple[str, QImage]]) -> None:
        """Show them."""
        self._page.form.files.show_pictures(pictures)

    def _read(self, files: list[Attachment]) -> list[tuple[str, QImage]]:
        known = [one for one in files if self._service.has(one)]
        return [(ROLES[one.role], QImage.fromData(self._service.content(one))) for one in known]

    def _write(self, work: object, *_: object) -> None:
        page = self._page
        row = page.form.row
        if row is None:
            return

        def done(changes: Changes) -> None:
            page.editing.on_written(row.record.id, changes)

        page.editing.recorder.do(work, done)  # type: ignore[arg-type]
