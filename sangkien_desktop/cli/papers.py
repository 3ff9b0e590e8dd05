"""Commands that make files for people: report, document, export."""

from pathlib import Path
from typing import Annotated

import typer

from sangkien_desktop.cli import state
from sangkien_desktop.cli.output import print_json, say, table
from sangkien_desktop.services.exporting import ExportWishes
from sangkien_desktop.services.papers import PaperWishes
from sangkien_desktop.services.reporting import Wishes

Output = Annotated[Path | None, typer.Option(help="Tệp để ghi; đuôi tệp cho biết kiểu.")]
Period = Annotated[str, typer.Option(help="Kỳ: mã giai đoạn, 2026, 2026-Q4, 2026-11.")]
OfProgramme = Annotated[str, typer.Option(help="Mã chương trình.")]
AsJson = Annotated[bool, typer.Option("--json", help="In JSON.")]


@state.command
def report(
    name: Annotated[str, typer.Argument(metavar="[TÊN]")] = "",
    output: Output = None,
    programme: OfProgramme = "",
    period: Period = "",
    json: AsJson = False,
) -> None:
    """Lập báo cáo (.xlsx .pdf .png .csv); không ghi tên thì liệt kê các báo cáo."""
    with state.station() as services:
        if not name or output is None:
            table(["Tên", "Báo cáo"], [[one.name, one.title] for one in services.reports.all()])
            if name:
                raise typer.BadParameter("ghi tệp bằng --output")
            return
        made = services.reports.write(name, output, Wishes(programme=programme, period=period))
    if json:
        print_json({"report": name, "output": str(output), "rows": len(made.rows)})
    else:
        say(f"Đã lập {made.title}: {len(made.rows)} dòng, ghi vào {output}.")


@state.command
def document(
    kind: Annotated[str, typer.Argument(metavar="[LOẠI]")] = "",
    output: Output = None,
    which: Annotated[str, typer.Option(help="Mã sáng kiến, hoặc số quyết định.")] = "",
    programme: OfProgramme = "",
    json: AsJson = False,
) -> None:
    """Lập giấy tờ (.docx .pdf); không ghi loại thì liệt kê các loại."""
    with state.station() as services:
        if not kind or output is None:
            table(["Loại", "Giấy tờ"], [[one.name, one.title] for one in services.papers.kinds()])
            if kind:
                raise typer.BadParameter("ghi tệp bằng --output")
            return
        services.papers.write(kind, output, PaperWishes(wishes=Wishes(programme=programme), which=which))
    if json:
        print_json({"document": kind, "output": str(output)})
    else:
        say(f"Đã ghi {output}.")


@state.command
def export(
    output: Annotated[Path, typer.Option(help="Tệp .xlsx, .csv hoặc .jsonl.")],
    with_people: Annotated[
        bool, typer.Option("--with-people", help="Kèm dữ liệu cá nhân; được ghi vào nhật ký truy cập.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Xuất sáng kiến để dùng tiếp."""
    with state.station() as services:
        number = services.exports.write(output, ExportWishes(with_people=with_people))
    if json:
        print_json({"output": str(output), "records": number})
    else:
        say(f"Đã xuất {number} sáng kiến vào {output}.")
