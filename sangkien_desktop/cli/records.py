"""Commands over records: list, show, add, edit, withdraw, check, ready."""

from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any

import typer

from sangkien_desktop.cli import state
from sangkien_desktop.cli.output import needs_attention, print_json, say, table
from sangkien_desktop.domain.catalogues import label_in
from sangkien_desktop.domain.fields import Field, Kind
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Author, Award, Initiative, Lifecycle
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.rules import Severity
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.errors import AppError
from sangkien_desktop.services import plain
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.services.initiatives import Query
from sangkien_desktop.vietnamese.dates import read_date
from sangkien_desktop.vietnamese.folding import clean, fold
from sangkien_desktop.vietnamese.money import format_vnd, read_money

AsJson = Annotated[bool, typer.Option("--json", help="In một văn bản JSON.")]
YES = frozenset({"1", "true", "yes", "x", "co", "dung"})


def find_one(services: Services, name: str) -> InitiativeId:
    """A record by its id, its own code or the portal's; AppError when there is none."""
    found = services.initiatives.named(name)
    if found is None:
        raise AppError(
            f"Không có sáng kiến “{name}”.", hint="Xem mã bằng lệnh: sangkien list", code="no-such-record"
        )
    return found


@state.command
def list_records(
    query: Annotated[str, typer.Option(help="Chữ cần tìm, có dấu hay không đều được.")] = "",
    status: Annotated[
        str, typer.Option(help="Tình trạng, ví dụ: 'Chờ gửi', hoặc draft, ready, withdrawn.")
    ] = "",
    limit: Annotated[int, typer.Option(help="Nhiều nhất bao nhiêu dòng; 0 là tất cả.")] = 0,
    json: AsJson = False,
) -> None:
    """Liệt kê sáng kiến."""
    asked = Query(text=query, sort="local_code", descending=False, **_status(status))
    with state.station() as services:
        keys = services.initiatives.keys(asked)
        rows = services.initiatives.page(keys[:limit] if limit else keys)
        names = services.units.names()
    if json:
        print_json({"records": [plain.row(row, names) for row in rows], "total": len(keys)})
        return
    table(
        ["Mã", "Tên sáng kiến", "Tác giả chính", "Làm lợi/năm", "Tình trạng"],
        [
            [
                row.record.local_code,
                row.record.title,
                row.record.main_author.name if row.record.main_author else "",
                format_vnd(row.record.annual_benefit) if row.record.annual_benefit is not None else "",
                row.badge.value,
            ]
            for row in rows
        ],
    )
    say(f"{len(rows)} / {len(keys)} sáng kiến")


def _status(status: str) -> dict[str, Any]:
    if not status:
        return {}
    lifecycle = next((one for one in Lifecycle if one.value == status), None)
    if lifecycle:
        return {"lifecycle": lifecycle}
    badge = next(
        (one for one in Badge if fold(one.value) == fold(status) or one.name.lower() == status), None
    )
    if badge is None:
        known = ", ".join(one.value for one in Badge)
        raise typer.BadParameter(f"không có tình trạng “{status}”; có: {known}")
    return {"badges": frozenset({badge})}


@state.command
def show(name: Annotated[str, typer.Argument(metavar="ID")], json: AsJson = False) -> None:
    """Xem một sáng kiến với mọi mục của nó."""
    with state.station() as services:
        row = services.initiatives.row(find_one(services, name))
        names = services.units.names()
        assert row is not None
        document = plain.row(row, names) | {
            "problems": [plain.problem(problem) for problem in services.initiatives.problems(row.record)]
        }
    if json:
        print_json(document)
        return
    table(
        ["Mục", "Nội dung"],
        [
            [FIELD[field].label, str(found)]
            for field, found in document.items()
            if field in FIELD and found is not None
        ],
    )


@state.command
def add(
    values: Annotated[list[str], typer.Argument(metavar="MỤC=GIÁ_TRỊ…")],
    programme: Annotated[str, typer.Option(help="Mã chương trình.")] = "",
    json: AsJson = False,
) -> None:
    """Thêm một sáng kiến, ví dụ: sangkien add title='…' author='Vũ Thị Mai' annual_benefit=80tr."""
    with state.station() as services:
        record = services.initiatives.blank()
        if programme:
            record = replace(record, programme=programme)
        saved = services.initiatives.save(_changed(services, record, values), opened_on=0)
        names = services.units.names()
    _tell(saved.record, [plain.problem(problem) for problem in saved.problems], names, json)


@state.command
def edit(
    name: Annotated[str, typer.Argument(metavar="ID")],
    values: Annotated[list[str], typer.Argument(metavar="MỤC=GIÁ_TRỊ…")],
    json: AsJson = False,
) -> None:
    """Sửa một sáng kiến."""
    with state.station() as services:
        record = services.initiatives.get(find_one(services, name))
        saved = services.initiatives.save(_changed(services, record, values), opened_on=record.version)
        names = services.units.names()
    _tell(saved.record, [plain.problem(problem) for problem in saved.problems], names, json)


def _tell(record: Initiative, problems: list[dict[str, Any]], names: Any, json: bool) -> None:
    if json:
        print_json(plain.record(record, names) | {"problems": problems})
    else:
        say(f"Đã ghi {record.local_code}.")
        for problem in problems:
            say(f"  {FIELD[problem['field']].label}: {problem['message']}")


@state.command
def withdraw(names: Annotated[list[str], typer.Argument(metavar="ID…")], json: AsJson = False) -> None:
    """Rút sáng kiến: ở máy ngay, trên Cổng ở lần đồng bộ sau."""
    with state.station() as services:
        ids = [find_one(services, name) for name in names]
        services.initiatives.withdraw(ids)
    if json:
        print_json({"withdrawn": ids})
    else:
        say(f"Đã rút {len(ids)} sáng kiến.")


@state.command
def check(json: AsJson = False) -> None:
    """Mọi chỗ sai của mọi sáng kiến."""
    with state.station() as services:
        found = services.initiatives.all_problems()
    errors = sum(p.severity is Severity.ERROR for _, problems in found for p in problems)
    warnings = sum(len(problems) for _, problems in found) - errors
    if json:
        print_json(
            {
                "records": [
                    {
                        "id": record.id,
                        "local_code": record.local_code,
                        "title": record.title,
                        "problems": [plain.problem(problem) for problem in problems],
                    }
                    for record, problems in found
                ],
                "errors": errors,
                "warnings": warnings,
            }
        )
    else:
        table(
            ["Mã", "Mục", "Mức", "Vì sao"],
            [
                [
                    record.local_code,
                    FIELD[p.field].label,
                    "lỗi" if p.severity is Severity.ERROR else "xem lại",
                    p.message,
                ]
                for record, problems in found
                for p in problems
            ],
        )
    if errors:
        needs_attention(
            f"{errors} lỗi và {warnings} chỗ cần xem lại.", "Sửa các lỗi rồi chạy: sangkien ready --all"
        )


@state.command
def ready(
    names: Annotated[list[str] | None, typer.Argument(metavar="[ID…]")] = None,
    all_of_them: Annotated[bool, typer.Option("--all", help="Mọi bản nháp không còn lỗi.")] = False,
    json: AsJson = False,
) -> None:
    """Đánh dấu đủ, chờ gửi."""
    if not names and not all_of_them:
        raise typer.BadParameter("ghi mã sáng kiến, hoặc --all")
    with state.station() as services:
        ids = None if all_of_them else [find_one(services, name) for name in names or ()]
        readied = services.initiatives.mark_ready(ids)
    if json:
        print_json(
            {
                "ready": len(readied.ready),
                "held": len(readied.held),
                "blocked": {
                    key: [plain.problem(p) for p in problems] for key, problems in readied.blocked.items()
                },
            }
        )
    say(f"{len(readied.ready) - len(readied.held)} sáng kiến chờ gửi.")
    if readied.held:
        needs_attention(
            f"{len(readied.held)} sáng kiến tạm giữ vì chưa có căn cứ gửi dữ liệu của tác giả.",
            "Ghi nhận đồng ý của từng người, hoặc khai căn cứ chung của đơn vị trong Cài đặt.",
        )
    if readied.blocked:
        needs_attention(
            f"{len(readied.blocked)} sáng kiến còn lỗi nên chưa gửi.", "Xem bằng lệnh: sangkien check"
        )


def _changed(services: Services, record: Initiative, pairs: list[str]) -> Initiative:
    """The record with FIELD=VALUE pairs read as a person types them; what cannot be read is kept as unread text."""
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if name in ("author", "employee_code"):
            record = _with_author(record, name, clean(text))
        elif not sign or name not in FIELD:
            raise typer.BadParameter(f"“{pair}” không có dạng MỤC=GIÁ_TRỊ; các mục: {', '.join(FIELD)}")
        else:
            record = _with_value(services, record, FIELD[name], clean(text, keep_lines=True))
    return record


def _with_author(record: Initiative, name: str, text: str) -> Initiative:
    first = record.authors[0] if record.authors else Author(name="", is_main=True)
    changed = replace(first, name=text) if name == "author" else replace(first, employee_code=text or None)
    return replace(record, authors=(changed, *record.authors[1:]))


def _with_value(services: Services, record: Initiative, declared: Field, text: str) -> Initiative:
    unread = {field: raw for field, raw in record.unread.items() if field != declared.name}
    found: Any = text
    match declared.kind:
        case Kind.DATE:
            found = read_date(text).value if text else None
        case Kind.MONEY:
            found = read_money(text).value if text else None
        case Kind.FLAG:
            found = fold(text) in YES
        case Kind.CHOICE:
            found = label_in(text, services.programmes.labels(record.programme, declared.catalogue)) or text
        case Kind.CHOICES:
            found = tuple(part.strip() for part in text.split(";") if part.strip())
        case Kind.UNIT:
            found = services.units.named(text, make=True) if text else None
        case Kind.AUTHORS:
            found = _authors(text)
        case Kind.AWARDS:
            found = tuple(Award(level=None, form=part.strip()) for part in text.split(";") if part.strip())
        case Kind.FILES:
            raise typer.BadParameter("tệp đính kèm được thêm trong cửa sổ chương trình")
    if text and found is None:
        unread[declared.name] = text
    return replace(record, unread=unread, **{declared.name: found})


def _authors(text: str) -> tuple[Author, ...]:
    """`Vũ Thị Mai (000123) 60; Trần Văn An 40` as authors, the first one the main one."""
    authors = []
    for place, part in enumerate(piece.strip() for piece in text.split(";") if piece.strip()):
        head, _, last = part.rpartition(" ")
        share = Decimal(last.rstrip("%")) if head and last.rstrip("%").replace(".", "", 1).isdigit() else None
        who = head if share is not None else part
        name, _, code = who.partition("(")
        authors.append(
            Author(
                name=name.strip(),
                employee_code=code.rstrip(") ").strip() or None,
                share=share,
                is_main=place == 0,
            )
        )
    return tuple(authors)
