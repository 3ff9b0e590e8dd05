"""Commands over the member list: import, list."""

from pathlib import Path
from typing import Annotated

import typer

from sangkien_desktop.cli import state
from sangkien_desktop.cli.output import needs_attention, print_json, say, table
from sangkien_desktop.services import plain
from sangkien_desktop.services.member_list import WORDS, Difference, ListPlan
from sangkien_desktop.storage.people_lists import PeopleQuery

program = typer.Typer(name="people", help="Danh sách đoàn viên.", no_args_is_help=True)
SHOWN = 20


@program.command("import")
@state.command
def import_list(
    file: Annotated[Path, typer.Argument(metavar="TỆP")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem, không ghi gì.")] = False,
    json: Annotated[bool, typer.Option("--json", help="In một văn bản JSON.")] = False,
) -> None:
    """Nhập danh sách đoàn viên; danh sách sau chỉ ghi chỗ khác danh sách trước."""
    with state.station() as services:
        plan = services.people.plan_import(file)
        written = 0 if dry_run else services.people.write_import(plan).written
    if json:
        print_json(
            {
                "file": plan.file_name,
                "rows": sum(len(one.rows) for one in plan.readings),
                **plan.counts,
                "problems": plan.problems,
                "written": written,
                "doubtful_rows": [
                    {"row": one.row.row if one.row else None, "message": one.note}
                    for one in plan.of(Difference.DOUBTFUL)
                ],
            }
        )
    say(f"{plan.file_name}: " + " + ".join(f"{plan.counts[kind.value]} {WORDS[kind]}" for kind in Difference))
    if dry_run:
        say("Chỉ xem: chưa ghi gì vào máy.")
    _end(plan)


def _end(plan: ListPlan) -> None:
    for change in plan.of(Difference.DOUBTFUL)[:SHOWN]:
        say(f"  dòng {change.row.row if change.row else '?'}: {change.note}")
    unsure = len(plan.of(Difference.DOUBTFUL))
    leavers = len(plan.of(Difference.LEFT))
    if leavers and Difference.LEFT not in plan.usually_agreed:
        needs_attention(
            f"{leavers} người ở máy không có trong danh sách này; máy chưa ghi là đã nghỉ.",
            "Nếu đây là danh sách đủ cả nhà máy, nhập ở màn hình Đoàn viên và đồng ý mục “không còn trong danh sách”.",
        )
    if unsure:
        needs_attention(f"{unsure} dòng cần xem lại, chưa ghi.", "Sửa tệp rồi nhập lại.")


@program.command("list")
@state.command
def list_people(
    text: Annotated[str, typer.Option(help="Tìm theo tên, mã hoặc số điện thoại.")] = "",
    all_people: Annotated[bool, typer.Option("--all", help="Cả người đã nghỉ.")] = False,
    json: Annotated[bool, typer.Option("--json", help="In một văn bản JSON.")] = False,
) -> None:
    """Danh sách đoàn viên, xếp theo tên; không in số định danh."""
    query = PeopleQuery(text=text, status=None) if all_people else PeopleQuery(text=text)
    with state.station() as services:
        rows = [row for row in services.people.page(services.people.keys(query)) if row]
        names = services.people.group_names()
    if json:
        print_json(
            {"people": [plain.person(row.person, names) | {"initiatives": row.initiatives} for row in rows]}
        )
        return
    table(
        ["Mã NV", "Họ và tên", "Tổ", "Số SK", "Đồng ý"],
        [
            [
                row.person.employee_code or "",
                row.person.name,
                names.get(row.person.group, "") if row.person.group else "",
                str(row.initiatives),
                "có" if row.person.may_be_sent else "chưa",
            ]
            for row in rows
        ],
    )
