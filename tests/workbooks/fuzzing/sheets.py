"""Sheets made up: by Hypothesis from nothing, and by shaking the cells of real ones."""

import random
import string
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from hypothesis import strategies as st

from sangkien_desktop.workbooks.table import Sheet
from tests.workbooks.corpus.cases import BARE, ENGLISH, JAPANESE, PLAIN, SHORT
from tests.workbooks.corpus.files import Grid, write_ods, write_text, write_xls, write_xlsx

_HEADINGS = [column.heading for columns in (PLAIN, BARE, ENGLISH, JAPANESE, SHORT) for column in columns]
_WORDS = (
    "80 triệu", "5-7 tr", "khoảng 2 tỷ", "1.234.567", "1,5 triệu/tháng", "-3", "#REF!", "=1+1", "31/02/2022", "T5/2022", "3/13/22",
    "quý II/2022", "ngày 5 tháng 3 năm 2022", "00012", "1E+05", "Nguyễn Văn An", "Lê Thị Bình - 000123; Trần Văn Cường 40%", "Tổ Dập 1",
    "I. Xưởng Đúc", "Tổng cộng", "Cộng", "Người lập", "(Ký, ghi rõ họ tên)", "Ghi chú: xem lại", "Không tính được", "có", "x", "STT",
    "NguyÔn V¨n An", "Hieäu quaû", "Nguyá»…n", "１２３", "合計", "\u200b", "\u00a0", "\u202e", "🙂", "NaN", "inf", "", " ", "\n\n", "'", "()",
    "ĐẠI DIỆN", "1/1", "0/0/0", "99999999999999999999", "0912345678", "(((((((((((", "%%%", "100%", "60/40", "1;2;3", "A" * 40000,
)  # fmt: skip

_numbers = st.one_of(
    st.integers(-(2**40), 2**60),
    st.integers(0, 60_000),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.sampled_from([0, 1e300, -1e300, 1e-300, 2958465, 2958466, 60, 61, 0.5, 44621.75]),
)
_letters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
_texts = st.one_of(st.sampled_from(_WORDS), st.sampled_from(_HEADINGS), st.text(_letters, max_size=40))
_days = st.one_of(
    st.dates(date(1905, 1, 1), date(9999, 12, 31)), st.dates(date(2021, 1, 1), date(2023, 12, 31))
)
_cells = st.one_of(st.none(), _texts, _texts, _numbers, st.booleans(), _days)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A sheet: perhaps headings somewhere, rows of anything, merges, hidden parts, legacy fonts."""
    width = draw(st.integers(1, 14))
    rows = draw(st.lists(st.lists(_cells, max_size=width), max_size=18))
    if draw(st.booleans()):
        headings = draw(st.lists(st.sampled_from(_HEADINGS), min_size=1, max_size=width))
        rows.insert(draw(st.integers(0, min(4, len(rows)))), list(headings))
    grid = Grid(
        name=draw(st.text(string.ascii_letters + "ăơĐ 12", min_size=1, max_size=20)).strip() or "S",
        rows=[list(row) for row in rows],
        font=draw(st.sampled_from(["", "", ".VnTime", ".VnTimeH", "VNI-Times", "Arial"])),
    )
    grid.hidden_rows = draw(st.sets(st.integers(0, 20), max_size=3))
    grid.hidden_columns = draw(st.sets(st.integers(0, 14), max_size=3))
    grid.merges = _merges(grid, draw(st.randoms(use_true_random=False)))
    return grid


def shaken(chance: random.Random, sheet: Sheet) -> Grid:
    """A real sheet with cells, rows, columns, merges and headings changed."""
    rows: list[list[object]] = [list(row) for row in sheet.rows[:60]]
    for _ in range(chance.choice((1, 3, 10, 40))):
        if rows:
            rows = chance.choice(_SHAKES)(chance, rows)
    grid = Grid(rows=rows, font=chance.choice(("", "", ".VnTime", "VNI-Times")))
    grid.hidden_rows = {chance.randrange(60) for _ in range(chance.choice((0, 0, 3)))}
    grid.hidden_columns = {chance.randrange(12) for _ in range(chance.choice((0, 0, 2)))}
    grid.merges = _merges(grid, chance)
    return grid


def write(chance: random.Random, path: Path, grid: Grid) -> Path:
    """The sheet as a file of any kind that can hold it; answers its path."""
    suffix = chance.choice((".xlsx", ".xlsx", ".xls", ".ods", ".csv"))
    path = path.with_suffix(suffix)
    if suffix == ".csv":
        separator, encoding = (
            chance.choice(",;\t|"),
            chance.choice(("utf-8", "utf-8-sig", "utf-16", "cp1258")),
        )
        write_text(path, grid, separator=separator, encoding=encoding)
        return path
    for row in grid.rows:
        row[:] = [_storable(value, suffix) for value in row]
    try:
        {".xlsx": write_xlsx, ".xls": write_xls, ".ods": write_ods}[suffix](path, [grid])
    except Exception:  # what this library refuses to write goes into a text file
        path = path.with_suffix(".csv")
        write_text(path, grid, separator=";", encoding="utf-8")
    return path


def _storable(value: object, suffix: str) -> object:
    """What the writing library can take; what it cannot comes into files by breaking them afterwards."""
    if isinstance(value, str):
        value = "".join(c for c in value if c in "\n\t" or (ord(c) >= 32 and c not in "\ufffe\uffff"))[
            :32_000
        ]
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        return float(value)
    if isinstance(value, date) and value.year < 1905:
        return str(value)
    return value


def _merges(grid: Grid, chance: random.Random) -> list[tuple[int, int, int, int]]:
    """Up to three areas that do not touch each other (the writers refuse others)."""
    found: list[tuple[int, int, int, int]] = []
    for _ in range(chance.choice((0, 0, 1, 3))):
        if not grid.rows:
            break
        top = chance.randrange(len(grid.rows))
        if not grid.rows[top]:
            continue
        left = chance.randrange(len(grid.rows[top]))
        area = (top, left, top + chance.randrange(4), left + chance.randrange(1, 5))
        if all(area[0] > z[2] or area[2] < z[0] for z in found):
            found.append(area)
    return found


def _cell(chance: random.Random, rows: list[list[object]]) -> list[list[object]]:
    row = chance.choice(rows)
    if row:
        row[chance.randrange(len(row))] = chance.choice(
            (*_WORDS, *_HEADINGS, None, 0, -1, 1e200, date(2022, 5, 3), True)
        )
    return rows


def _lost_row(chance: random.Random, rows: list[list[object]]) -> list[list[object]]:
    del rows[chance.randrange(len(rows))]
    return rows


def _doubled_row(chance: random.Random, rows: list[list[object]]) -> list[list[object]]:
    rows.insert(chance.randrange(len(rows)), list(chance.choice(rows)))
    return rows


def _new_row(chance: random.Random, rows: list[list[object]]) -> list[list[object]]:
    rows.insert(chance.randrange(len(rows)), [chance.choice(_WORDS) for _ in range(chance.choice((0, 1, 3)))])
    return rows


def _shifted(chance: random.Random, rows: list[list[object]]) -> list[list[object]]:
    chance.choice(rows).insert(0, chance.choice((None, "x", 7)))
    return rows


def _exchanged_columns(chance: random.Random, rows: list[list[object]]) -> list[list[object]]:
    one, other = chance.randrange(10), chance.randrange(10)
    for row in rows:
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]
    return rows


def _turned(chance: random.Random, rows: list[list[object]]) -> list[list[object]]:
    width = max(map(len, rows))
    return [[row[c] if c < len(row) else None for row in rows] for c in range(width)][:40]


_SHAKES: tuple[Callable[[random.Random, list[list[object]]], list[list[object]]], ...] = (
    _cell, _cell, _cell, _cell, _lost_row, _doubled_row, _new_row, _shifted, _exchanged_columns, _turned,
)  # fmt: skip
