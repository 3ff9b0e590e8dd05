"""Workbooks in and out: `python -m benchmarks.workbooks [--size 100000] [--runs 5] [--json]`.

In: a sheet of `size` rows opened in its cage, laid out and read, against calamine alone on the same file.
Out: the same rows written, against rustpy-xlsxwriter on bare cells. Medians; the figures at a tenth of the size too.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from python_calamine import CalamineWorkbook
from rustpy_xlsxwriter import write_worksheet

from sangkien_desktop.paths import resource
from sangkien_desktop.workbooks.importing import read_workbook
from sangkien_desktop.workbooks.opening import open_workbook
from sangkien_desktop.workbooks.reader import Knowledge
from sangkien_desktop.workbooks.table import Row
from sangkien_desktop.workbooks.writer import CellKind, Column, TablePlan, write_table


def main() -> int:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--size", type=int, default=100_000)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--json", action="store_true")
    options = arguments.parse_args()
    sample = open_workbook(resource("sample", "to-cong-doan-47-to.xlsx")).sheets[0].rows
    figures = [_figures(sample, size, options.runs) for size in (options.size // 10, options.size)]
    if options.json:
        print(json.dumps(figures, indent=1))
    else:
        for one in figures:
            print(f"{one['rows']:,} rows")
            for name in ("in", "out"):
                ours, theirs = one[f"{name}_s"], one[f"{name}_rival_s"]
                print(f"  {name:4} {ours:7.2f} s   rival {theirs:7.2f} s   {ours / theirs:5.2f}×")
    return 0


def _figures(sample: list[Row], size: int, runs: int) -> dict[str, float]:
    head, *rows = sample
    plan = [rows[index % len(rows)] for index in range(size)]
    with tempfile.TemporaryDirectory() as folder:
        path, bare = Path(folder) / "in.xlsx", Path(folder) / "bare.xlsx"
        columns = tuple(
            Column(str(text), CellKind.DATE if "Ngày" in str(text) else CellKind.TEXT) for text in head
        )
        table = TablePlan("Sáng kiến", columns, [_wide(row, len(head)) for row in plan])
        write_table(path, table)

        def read() -> None:
            found = read_workbook(open_workbook(path), Knowledge())
            if found.row_count != size:
                raise RuntimeError(f"{found.row_count} rows read")

        def calamine() -> None:
            sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
            sum(1 for _ in sheet.iter_rows())

        def write_bare() -> None:
            names = [str(text) for text in head]
            write_worksheet((dict(zip(names, row, strict=True)) for row in table.rows), str(bare))

        return {
            "rows": size,
            "in_s": _median(read, runs),
            "in_rival_s": _median(calamine, runs),
            "out_s": _median(lambda: write_table(path, table), runs),
            "out_rival_s": _median(write_bare, runs),
        }


def _wide(row: Row, width: int) -> tuple[object, ...]:
    return (*(value if value != "" else None for value in row), *([None] * (width - len(row))))


def _median(work: Callable[[], None], runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return round(statistics.median(times), 3)


if __name__ == "__main__":
    sys.exit(main())
