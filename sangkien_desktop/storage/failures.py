"""What can go wrong with the database file, as sentences: SQLite's error name → AppError."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from sangkien_desktop.errors import AppError

_RECOVER = "Không ghi thêm gì. Mở mục Sao lưu để khôi phục từ bản sao lưu gần nhất; tệp hỏng được giữ lại."


class DatabaseDamaged(AppError):
    """The file is there but is not a sound database of ours; leads to recovery, never to a new database."""


class NewerDatabase(AppError):
    """The database was written by a newer program."""


class StaleBackup(AppError):
    """A copy did not pass its checks; older copies were left alone."""


def not_a_database() -> DatabaseDamaged:
    """The right key does not open the file: it is something else, or its beginning is gone."""
    return DatabaseDamaged(
        "Tệp dữ liệu của trạm không phải là cơ sở dữ liệu của chương trình, hoặc phần đầu tệp đã hỏng.",
        hint=_RECOVER,
        code="not-a-database",
    )


def damaged() -> DatabaseDamaged:
    """A check or a read found that pages of the file are not what was written."""
    return DatabaseDamaged("Tệp dữ liệu của trạm bị hỏng.", hint=_RECOVER, code="database-damaged")


def newer_schema() -> NewerDatabase:
    """An older program met the database of a newer one."""
    return NewerDatabase(
        "Dữ liệu của trạm do phiên bản mới hơn của chương trình tạo ra.",
        hint="Cài phiên bản mới nhất rồi mở lại; dữ liệu không bị thay đổi.",
        code="newer-schema",
    )


def missing() -> AppError:
    """There is no database in the folder."""
    return AppError(
        "Không thấy tệp dữ liệu của trạm trong thư mục.",
        hint="Kiểm tra lại thư mục; nếu tệp đã mất, khôi phục từ bản sao lưu. Trạm mới thì tạo bằng màn hình lần đầu.",
        code="no-database",
    )


def already_there() -> AppError:
    """A new station was asked for where one already lies."""
    return AppError(
        "Thư mục này đã có dữ liệu của một trạm.",
        hint="Mở trạm đó, hoặc chọn thư mục khác cho trạm mới.",
        code="database-exists",
    )


def already_open() -> AppError:
    """Another process owns the station."""
    return AppError(
        "Trạm đang được mở ở một cửa sổ khác của chương trình.",
        hint="Dùng cửa sổ đang mở, hoặc đóng nó rồi thử lại.",
        code="already-open",
    )


_FULL = AppError(
    "Ổ đĩa đã đầy nên chưa lưu được; dữ liệu cũ còn nguyên.",
    hint="Dọn chỗ trống trên ổ đĩa rồi lưu lại. Xem và xuất dữ liệu vẫn dùng được.",
    code="disk-full",
)
_READ_ONLY = AppError(
    "Thư mục dữ liệu chỉ cho đọc nên chưa lưu được.",
    hint="Xin quyền ghi vào thư mục dữ liệu, hoặc tắt phần mềm đang giữ tệp, rồi thử lại.",
    code="read-only",
)
_DISK = AppError(
    "Ổ đĩa báo lỗi khi đọc hoặc ghi dữ liệu. Chương trình dừng ghi để giữ dữ liệu an toàn.",
    hint="Đóng chương trình, kiểm tra ổ đĩa, rồi mở lại; nếu lỗi lặp lại, khôi phục sang ổ khác.",
    code="disk-error",
)
_BUSY = AppError(
    "Tệp dữ liệu đang bị phần mềm khác giữ.",
    hint="Đóng phần mềm sao chép, đồng bộ hoặc diệt vi-rút đang giữ tệp rồi thử lại.",
    code="database-busy",
)
_MEMORY = AppError(
    "Máy không còn đủ bộ nhớ cho việc này.",
    hint="Đóng bớt chương trình khác rồi thử lại.",
    code="out-of-memory",
)

# Primary result codes; an extended name such as SQLITE_IOERR_FSYNC begins with its primary name.
_TABLE: Mapping[str, AppError] = MappingProxyType(
    {
        "SQLITE_FULL": _FULL,
        "SQLITE_READONLY": _READ_ONLY,
        "SQLITE_PERM": _READ_ONLY,
        "SQLITE_CANTOPEN": _READ_ONLY,
        "SQLITE_IOERR": _DISK,
        "SQLITE_BUSY": _BUSY,
        "SQLITE_LOCKED": _BUSY,
        "SQLITE_NOMEM": _MEMORY,
        "SQLITE_CORRUPT": damaged(),
        "SQLITE_NOTADB": not_a_database(),
    }
)

STOPS_WRITING = frozenset({"disk-error", "database-damaged", "not-a-database"})
"""Codes after which nothing more is written until the program has started again. A failed fsync may have
dropped the pages it could not write, so trying again would only seem to work."""


def read_only() -> AppError:
    """The folder or a file in it lets this user only read."""
    return AppError(_READ_ONLY.sentence, hint=_READ_ONLY.hint, code=_READ_ONLY.code)


def as_app_error(error: BaseException) -> AppError | None:
    """A fresh AppError for a database error that a person can act upon; None when it is our own mistake."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(original, dbapi2.Error):
        return None
    name = str(getattr(original, "sqlite_errorname", None) or "")
    for primary, found in _TABLE.items():
        if name == primary or name.startswith(f"{primary}_"):
            return type(found)(found.sentence, hint=found.hint, code=found.code)
    return None
