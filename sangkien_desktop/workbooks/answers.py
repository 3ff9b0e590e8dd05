"""What the child tells of a file, frame by frame, put together into a workbook."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sangkien_desktop.workbooks.preflight import Kind, Refused
from sangkien_desktop.workbooks.table import (
    Merge,
    Picture,
    Row,
    Sheet,
    Style,
    Styles,
    Value,
    Workbook,
    widest,
)


@dataclass
class Answer:
    """The child's frames, put together."""

    epoch_1904: bool = False
    warnings: list[str] = field(default_factory=list)
    heads: list[dict[str, Any]] = field(default_factory=list)
    rows: list[list[Row]] = field(default_factory=list)
    pictures: list[list[Picture]] = field(default_factory=list)
    kind: str = ""
    file: bytes = b""
    is_complete: bool = False

    def take(self, frame: dict[str, Any]) -> None:
        """One frame; raises Refused when the child refused, KeyError or ValueError when the frame is broken."""
        match frame["k"]:
            case "rows":
                self.rows[-1].extend(map(_row, frame["r"]))
            case "sheet":
                self.heads.append(frame)
                self.rows.append([])
                self.pictures.append([])
            case "picture":
                row, column, name, media = frame["p"]
                self.pictures[-1].append(Picture(row, column, name, media, b64decode(str(frame["c"]))))
            case "file":
                self.file = b64decode(str(frame["c"]))
            case "book":
                self.epoch_1904, self.kind = bool(frame["epoch_1904"]), str(frame["kind"])
            case "end":
                self.warnings, self.is_complete = list(frame["warnings"]), True
            case _:
                raise Refused(str(frame.get("code", "damaged")))

    def workbook(self, file_name: str, *, sha256: str, size: int) -> Workbook:
        """What the frames say of a file; raises KeyError, TypeError or ValueError when a frame is broken."""
        return Workbook(
            file_name=file_name,
            sheets=tuple(self._sheets()),
            sha256=sha256,
            size=size,
            epoch_1904=self.epoch_1904,
            warnings=tuple(self.warnings),
        )

    def _sheets(self) -> Iterator[Sheet]:
        is_text = self.kind == Kind.TEXT
        for head, rows, pictures in zip(self.heads, self.rows, self.pictures, strict=True):
            yield _sheet(head, rows, tuple(pictures), is_text=is_text)


def _sheet(head: dict[str, Any], rows: list[Row], pictures: tuple[Picture, ...], *, is_text: bool) -> Sheet:
    palette = tuple(Style(str(font), int(digits)) for font, digits in head["palette"])
    columns = {int(column): b64decode(marks) for column, marks in head["styles"].items()}
    name = head["name"]
    width = widest(rows)
    merges = (Merge(*places) for places in head["merges"])
    return Sheet(
        name=None if name is None or is_text else str(name),
        rows=rows,
        width=width,
        is_text=is_text,
        is_visible=bool(head["visible"]),
        merges=tuple(merge for merge in merges if _lies_in(merge, len(rows), width)),
        hidden_rows=frozenset(head["hidden_rows"]),
        hidden_columns=frozenset(head["hidden_columns"]),
        styles=Styles(palette, columns),
        pictures=pictures,
        decoded_as=str(head["decoded_as"]),
    )


def _lies_in(merge: Merge, height: int, width: int) -> bool:
    """Areas that begin beside all cells, or end before they begin, stand in broken files and say nothing."""
    return (
        0 <= merge.first_row <= merge.last_row
        and 0 <= merge.first_column <= merge.last_column
        and merge.first_row < height
        and merge.first_column < width
    )


def _row(cells: list[Any]) -> Row:
    for index, cell in enumerate(cells):
        if cell.__class__ is list:
            cells[index] = _moment(cell[0])
    return cells


def _moment(text: str) -> Value:
    if len(text) == 10:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    return moment.date() if moment.hour == moment.minute == moment.second == 0 else moment
