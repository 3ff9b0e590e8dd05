"""The child process that reads one foreign file and tells what stands in it, line by line, as JSON.

Started by `opening`; reads one request line from standard input, writes frames to standard output. Holds no right
it does not need (`limits`), and whatever it dies of, the program only sees a file that could not be read.
"""

import json
import sys
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from sangkien_desktop.workbooks import limits
from sangkien_desktop.workbooks.preflight import Kind, Refused, kind_of
from sangkien_desktop.workbooks.table import Merge, Picture, Styles

FLAG = "--read-workbook"
"""Given as the first argument, the built program is this child (see `opening.child_command`)."""

MARK = "mark"
"""The way of asking for the same workbook with cells marked."""

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 200_000, 200, 100
_ROWS_IN_FRAME = 400


@dataclass
class Found:
    """What one sheet's reader found; `rows` is consumed while it is told on."""

    name: str | None
    rows: Iterable[Sequence[object]]
    first_column: int = 0
    """Empty columns that the reader leaves out at the left."""
    is_visible: bool = True
    merges: Sequence[Merge] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    styles: Styles = field(default_factory=Styles)
    pictures: Sequence[Picture] = ()
    decoded_as: str = ""


@dataclass
class Book:
    """What one file's reader found."""

    sheets: Iterable[Found]
    epoch_1904: bool = False
    warnings: Sequence[str] = ()


def main() -> int:
    """Answer one request; 0 also when the answer is that the file cannot be read."""
    answer(json.loads(sys.stdin.buffer.readline()), sys.stdout.buffer)
    return 0


def answer(request: dict[str, Any], out: BinaryIO) -> None:
    """Give up this process's rights for good, then tell what the file says, or in one frame why it cannot be read."""
    import encodings.idna  # noqa: F401 - codecs load lazily; after confinement fewer files may be opened

    way = str(request.get("way", ""))
    limits.confine_this_process(may_write_temporary=way == MARK)
    try:
        if way == MARK:
            _mark(request, out)
        else:
            _answer(Path(request["path"]), way, out)
    except Refused as refused:
        _tell(out, {"k": "error", "code": refused.code})
    except MemoryError:
        _tell(out, {"k": "error", "code": "too-large"})
    except Exception:  # noqa: BLE001 - a reader may fail in any way on a hostile file; all of them mean "damaged"
        _tell(out, {"k": "error", "code": "damaged"})


def _answer(path: Path, way: str, out: BinaryIO) -> None:
    kind = kind_of(path)
    book = _reader_of(kind, way)(path)
    _tell(out, {"k": "book", "epoch_1904": book.epoch_1904, "kind": kind})
    for count, found in enumerate(book.sheets):
        if count >= MOST_SHEETS:
            raise Refused("too-large")
        _tell_sheet(found, out)
    _tell(out, {"k": "end", "warnings": list(book.warnings)})


def _mark(request: dict[str, Any], out: BinaryIO) -> None:
    """The same workbook with cells marked, as bytes."""
    from sangkien_desktop.workbooks import child_marks

    if kind_of(Path(request["path"])) is not Kind.XLSX:
        raise Refused("cannot-annotate")
    content = child_marks.marked(Path(request["path"]), request["marks"], request["keys"])
    _tell(out, {"k": "book", "epoch_1904": False, "kind": Kind.XLSX})
    _tell(out, {"k": "file", "c": b64encode(content).decode()})
    _tell(out, {"k": "end", "warnings": []})


def _reader_of(kind: Kind, way: str) -> Callable[[Path], Book]:
    # Each reader drags in its own library; a child needs one of them.
    if kind is Kind.XLSX:
        from sangkien_desktop.workbooks import child_xlsx

        return child_xlsx.read_slowly if way == "slow" else child_xlsx.read
    if kind is Kind.XLS:
        from sangkien_desktop.workbooks import child_xls

        return child_xls.read
    if kind in (Kind.ODS, Kind.XLSB):
        from sangkien_desktop.workbooks import child_ods

        return child_ods.read
    from sangkien_desktop.workbooks import text_files

    return text_files.read_html if kind is Kind.HTML else text_files.read


def _tell_sheet(found: Found, out: BinaryIO) -> None:
    _tell(
        out,
        {
            "k": "sheet",
            "name": found.name,
            "visible": found.is_visible,
            "merges": [[m.first_row, m.first_column, m.last_row, m.last_column] for m in found.merges],
            "hidden_rows": sorted(found.hidden_rows),
            "hidden_columns": sorted(found.hidden_columns),
            "palette": [[style.font, style.digits] for style in found.styles.palette],
            "styles": {column: b64encode(marks).decode() for column, marks in found.styles.columns.items()},
            "decoded_as": found.decoded_as,
        },
    )
    for frame in _frames(found):
        _tell(out, {"k": "rows", "r": frame})
    for picture in found.pictures:
        content = b64encode(picture.content).decode()
        place = [picture.row, picture.column, picture.name, picture.media_type]
        _tell(out, {"k": "picture", "p": place, "c": content})


def _frames(found: Found) -> Iterator[list[Sequence[object]]]:
    """Rows in lots; empty rows are kept in their place but not at the end."""
    pad = [None] * found.first_column
    frame: list[Sequence[object]] = []
    waiting = count = 0
    for row in found.rows:
        if not any(row):
            waiting += 1
            continue
        count += waiting + 1
        if count > MOST_ROWS:
            raise Refused("too-large")
        frame.extend([()] * waiting)
        waiting = 0
        frame.append((pad + list(row) if pad else row)[:MOST_COLUMNS])
        if len(frame) >= _ROWS_IN_FRAME:
            yield frame
            frame = []
    if frame:
        yield frame


def _tell(out: BinaryIO, frame: object) -> None:
    out.write(
        json.dumps(frame, ensure_ascii=False, default=_plain, separators=(",", ":")).encode(
            "utf-8", "replace"
        )
    )
    out.write(b"\n")
    if not isinstance(frame, dict) or frame.get("k") != "rows":
        out.flush()


def _plain(value: object) -> object:
    """Days and moments travel as a list of one ISO text; what JSON does not know otherwise, as text."""
    if isinstance(value, datetime):
        return [value.isoformat()]
    if isinstance(value, date):
        return [value.isoformat()]
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
