"""Files of initiatives beside the database: encrypted, named by the hash of their plain content."""

import hashlib
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import replace_file


class AttachmentStore:
    """One folder, one key. The same content is kept once, however many records declare it."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """`key`: 32 bytes for this purpose alone."""
        self._folder = folder
        self._box = SecretBox(key)

    def keep(self, content: bytes) -> str:
        """Keep the content and return its SHA-256. Raises AppError when the disk refuses."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        if not path.exists():
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                replace_file(path, bytes(self._box.encrypt(content)))
            except OSError as error:
                raise AppError(
                    "Máy chưa cất được tệp đính kèm.",
                    hint="Kiểm tra ổ đĩa còn chỗ rồi thử lại; tệp gốc không bị đụng tới.",
                    code="attachment_not_kept",
                ) from error
        return sha256

    def read(self, sha256: str) -> bytes:
        """The plain content. Raises AppError when the file is gone or is not what its name says."""
        try:
            content = bytes(self._box.decrypt(self.path(sha256).read_bytes()))
        except (OSError, CryptoError) as error:
            raise _lost() from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise _lost()
        return content

    def has(self, sha256: str) -> bool:
        """Whether the content is here."""
        return self.path(sha256).exists()

    def path(self, sha256: str) -> Path:
        """Where the encrypted content stands."""
        return self._folder / sha256


def _lost() -> AppError:
    return AppError(
        "Tệp đính kèm này không còn đọc được trên máy.",
        hint="Đính kèm lại từ bản gốc, hoặc khôi phục từ bản sao lưu.",
        code="attachment_lost",
    )
