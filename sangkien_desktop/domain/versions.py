"""What it means that a record has changed since it was opened."""

from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.errors import AppError


class StaleEdit(AppError):
    """The record was saved by someone else after it had been opened; nothing was overwritten.

    `opened` is the record as it was when opened (None when history no longer reaches back to it), `stored` as
    it is now (None when it is gone): with the edit at hand, the three sides of a merge.
    """

    def __init__(self, *, opened: Initiative | None, stored: Initiative | None) -> None:
        super().__init__(
            "Bản ghi đã được sửa ở nơi khác sau khi anh/chị mở ra.",
            hint="Xem hai bản cạnh nhau rồi chọn từng chỗ; chưa có gì bị ghi đè.",
            code="stale-edit",
        )
        self.opened = opened
        self.stored = stored
