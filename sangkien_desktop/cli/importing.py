"""Commands over files: import, template."""

from pathlib import Path
from typing import Annotated, Any

import typer

from sangkien_desktop.cli import state
from sangkien_desktop.cli.output import needs_attention, print_json, say
from sangkien_desktop.domain.rules import Severity
from sangkien_desktop.errors import AppError
from sangkien_desktop.services import plain
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.services.import_plan import SheetPlan
from sangkien_desktop.workbooks.importing import Wishes
from sangkien_desktop.workbooks.opening import files_in

SHOWN_PROBLEMS = 20


@state.command
def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="TỆP…", help="Tệp hoặc thư mục.")],
    sheet: Annotated[str, typer.Option(help="Chỉ đọc bảng tính này.")] = "",
    programme: Annotated[str, typer.Option(help="Mã chương trình; không ghi thì máy xem ngày áp dụng.")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Không nhận dòng còn lỗi.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem, không ghi gì.")] = False,
    annotate: Annotated[Path | None, typer.Option(help="Ghi lại tệp có đánh dấu chỗ sai vào đây.")] = None,
    json: Annotated[bool, typer.Option("--json", help="In một văn bản JSON.")] = False,
) -> None:
    """Nhập sáng kiến từ tệp Excel, ODS hoặc CSV."""
    wishes = Wishes(sheet=sheet or None)
    entries: list[dict[str, Any]] = []
    refused: list[str] = []
    with state.station() as services:
        _check_programme(services, programme)
        for path in files_in(files):
            try:
                plans = _take(services, path, programme, wishes, strict, dry_run)
            except AppError as error:
                refused.append(f"{path.name}: {error.sentence} {error.hint}".strip())
                entries.append({"file": path.name, "error": {"code": error.code, "message": error.sentence}})
                continue
            entries.extend(plain.sheet(plan) for plan in plans)
            if annotate is not None:
                services.imports.annotate(path, plans, _annotated(annotate, path, len(files)))
            _tell(plans)
    if json:
        print_json({"files": entries})
    _end(entries, refused, dry_run)


def _check_programme(services: Services, code: str) -> None:
    known = [programme.code for programme in services.programmes.all()]
    if code and code not in known:
        raise typer.BadParameter(f"không có chương trình “{code}”; có: {', '.join(known)}")


def _take(
    services: Services, path: Path, programme: str, wishes: Wishes, strict: bool, dry_run: bool
) -> tuple[SheetPlan, ...]:
    read = services.imports.read(path, programme=programme or None, wishes=wishes)
    plans = services.imports.plan_file(read, is_strict=strict)
    if not dry_run:
        services.imports.write(plans)
    return plans


def _annotated(target: Path, source: Path, number: int) -> Path:
    return target / source.name if target.is_dir() or number > 1 else target


def _tell(plans: tuple[SheetPlan, ...]) -> None:
    for plan in plans:
        counts = plan.counts
        where = f"{plan.reading.file_name}{' · ' + plan.reading.sheet if plan.reading.sheet else ''}"
        say(
            f"{where}: {counts['created']} tạo mới + {counts['updated']} cập nhật + {counts['unchanged']} không đổi"
            f" + {counts['rejected']} không nhận = {len(plan.rows)}"
        )
        if plan.lacking:
            say(f"  Tệp không có cột: {', '.join(plan.lacking)}. Bổ sung sau.")
        told = [(row.reading.row, problem) for row in plan.rows for problem in row.problems]
        errors = [(row, problem) for row, problem in told if problem.severity is Severity.ERROR]
        for row, problem in errors[:SHOWN_PROBLEMS]:
            say(f"  dòng {row}{', cột ' + problem.column if problem.column else ''}: {problem.message}")
        if len(errors) > SHOWN_PROBLEMS:
            say(f"  … và {len(errors) - SHOWN_PROBLEMS} lỗi nữa (xem đủ bằng --json).")


def _end(entries: list[dict[str, Any]], refused: list[str], dry_run: bool) -> None:
    for sentence in refused:
        say(sentence)
    if refused and len(refused) == len(entries):
        raise typer.Exit(3)
    rows = [row for entry in entries for row in entry.get("rows", ())]
    wrong = sum(any(p["severity"] == "error" for p in row["problems"]) for row in rows)
    rejected = sum(entry.get("rejected", 0) for entry in entries)
    if dry_run:
        say("Chỉ xem: chưa ghi gì vào máy.")
    if refused or wrong or rejected:
        needs_attention(
            f"{wrong} dòng còn lỗi, {rejected} dòng không nhận, {len(refused)} tệp không đọc được.",
            "Dòng còn lỗi được giữ làm bản nháp; xem bằng lệnh: sangkien check",
        )


@state.command
def template(
    output: Annotated[Path, typer.Option(help="Tệp .xlsx để ghi.")],
    programme: Annotated[str, typer.Option(help="Mã chương trình.")] = "",
) -> None:
    """Ghi mẫu Excel trống cho tổ trưởng, với danh mục và các tổ của đơn vị."""
    with state.station() as services:
        _check_programme(services, programme)
        services.imports.write_template(output, programme or None)
    say(f"Đã ghi mẫu vào {output}.")
