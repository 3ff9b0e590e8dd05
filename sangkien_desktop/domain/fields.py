"""How a field of the record is declared: label, kind, limits, where it may travel, what files call it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What values a field takes; the value type is fixed by the kind."""

    TEXT = "text"  # str, one line
    LONG_TEXT = "long_text"  # str with line breaks
    FLAG = "flag"  # bool
    CHOICE = "choice"  # str, one label of a catalogue
    CHOICES = "choices"  # tuple[str, ...], labels of a catalogue
    DATE = "date"  # PartialDate | None
    MONEY = "money"  # int đồng | None
    AUTHORS = "authors"  # tuple[Author, ...]
    UNIT = "unit"  # UnitId | None
    AWARDS = "awards"  # tuple[Award, ...]
    FILES = "files"  # tuple[Attachment, ...]


class Egress(StrEnum):
    """Where a field may travel. A field says nothing else, so it stays on the station unless declared."""

    STATION = "station"  # never leaves
    PORTAL = "portal"  # leaves with an ordinary initiative
    SECRET_TOO = "secret_too"  # leaves also with an initiative under a technology secret


class Section(StrEnum):
    """Parts of the paper form, in its order."""

    TITLE = "Tên sáng kiến"
    AUTHORS = "Tổ, tác giả"
    CLASS = "Lĩnh vực, ngày áp dụng"
    BENEFIT = "Giá trị làm lợi"
    CONTENT = "Nội dung"
    RECOGNITION = "Công nhận, khen thưởng"
    FILES = "Tệp đính kèm"
    SOURCE = "Ghi chú, nguồn"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of the record, declared once; form, grid, import, export, search and wire all read it."""

    name: str
    label: str
    kind: Kind
    section: Section
    short: str = ""
    """Heading of a narrow column; the label when empty."""
    min_length: int = 0
    max_length: int = 0
    """Characters after trimming; 0 means no limit."""
    required: bool = False
    """Needed before sending; for an initiative under a technology secret only with `SECRET_TOO`."""
    catalogue: str = ""
    aliases: tuple[str, ...] = ()
    """Headers that files use for it, beside the label; accents and case do not matter."""
    egress: Egress = Egress.STATION
    hint: str = ""

    @property
    def heading(self) -> str:
        """What stands above a column."""
        return self.short or self.label

    @property
    def leaves_when_secret(self) -> bool:
        """Whether the field travels with a secret initiative."""
        return self.egress is Egress.SECRET_TOO
