"""Commands towards the portal: sign-in, sign-out, sync, status, explain, conflicts, quotas, rankings."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from sangkien_desktop.cli import state
from sangkien_desktop.cli.output import needs_attention, print_json, say, table
from sangkien_desktop.cli.records import find_one
from sangkien_desktop.domain.ids import ConflictId
from sangkien_desktop.progress import SILENT
from sangkien_desktop.services import plain
from sangkien_desktop.services.syncing import SyncStatus
from sangkien_desktop.sync.doctor import Verdict
from sangkien_desktop.sync.wire.portal import DeviceCode

AsJson = Annotated[bool, typer.Option("--json", help="In JSON.")]


@state.command
def sign_in(
    portal: Annotated[str, typer.Option(metavar="URL", help="Địa chỉ Cổng.")] = "",
    device: Annotated[bool, typer.Option("--device", help="Bằng mã, duyệt trên máy khác.")] = True,
    json: AsJson = False,
) -> None:
    """Đăng nhập Cổng bằng mã duyệt trên điện thoại hoặc máy khác."""

    def show(code: DeviceCode) -> None:
        if json:
            print_json(
                {
                    "verification_uri": code.verification_uri,
                    "verification_uri_complete": code.verification_uri_complete,
                    "user_code": code.user_code,
                    "expires_in": code.expires_in,
                }
            )
        else:
            say(f"Mở {code.verification_uri} trên điện thoại hoặc máy khác, gõ mã: {code.user_code}")

    with state.station() as services:
        address = portal or services.sync.status().portal_url
        if not address:
            raise typer.BadParameter("ghi địa chỉ Cổng bằng --portal")
        account = services.sync.sign_in_by_code(address, show, SILENT)
    if json:
        print_json(
            {
                "account": account.id,
                "name": account.name,
                "unit": account.unit_name,
                "unit_code": account.unit_code,
                "role": account.role,
            }
        )
    else:
        say(f"Đã đăng nhập: {account.name}, {account.unit_name}.")


@state.command
def sign_out() -> None:
    """Đăng xuất khỏi Cổng; việc đang chờ gửi vẫn còn."""
    with state.station() as services:
        services.sync.sign_out(SILENT)
    say("Đã đăng xuất.")


def status_as_json(status: SyncStatus) -> dict[str, Any]:
    """Counts per state, and whether all is at the portal."""
    return {
        "account": status.account.id if status.account else None,
        "unit": status.account.unit_name if status.account else None,
        "signed_in": status.is_signed_in,
        "portal": status.portal_url or None,
        "last_sync": status.last_success.isoformat() if status.last_success else None,
        "operations": {state_.value: number for state_, number in status.operations.items()},
        "records": status.facts.records,
        "states": dict(status.badges),
        "facts": asdict(status.facts),
        "all_at_portal": status.all_at_portal,
    }


def _say_status(status: SyncStatus) -> None:
    say("Tất cả đã ở Cổng." if status.all_at_portal else "Chưa phải tất cả đã ở Cổng.")
    table(["Tình trạng", "Số sáng kiến"], [[name, str(number)] for name, number in status.badges.items()])


@state.command
def status(json: AsJson = False) -> None:
    """Mọi thứ đang ở đâu; không cần mạng."""
    with state.station() as services:
        found = services.sync.status()
    if json:
        print_json(status_as_json(found))
    else:
        _say_status(found)


@state.command
def sync(json: AsJson = False) -> None:
    """Gửi và nhận với Cổng ngay bây giờ."""
    with state.station() as services:
        outcome = services.sync.sync_now(SILENT)
        found = services.sync.status()
    if json:
        print_json(
            status_as_json(found)
            | {
                "outcomes": {verdict.value: number for verdict, number in outcome.sent.items()},
                "batches": outcome.batches,
                "parked": outcome.parked,
                "received": outcome.received,
                "verdicts": outcome.statuses,
                "quotas": outcome.quotas,
                "rankings": outcome.rankings,
                "hidden": outcome.hidden,
                "waiting_to_hide": outcome.waiting_to_hide,
                "seconds": round(outcome.took_s, 3),
            }
        )
    else:
        _say_status(found)
    if not found.all_at_portal:
        needs_attention(
            "Chưa phải tất cả đã ở Cổng.",
            "Xem từng sáng kiến bằng lệnh: sangkien explain ID, hoặc: sangkien status",
        )


@state.command
def explain(name: Annotated[str, typer.Argument(metavar="ID")], json: AsJson = False) -> None:
    """Vì sao sáng kiến này chưa tới Cổng, và ai phải làm gì."""
    with state.station() as services:
        found = services.sync.explain(find_one(services, name))
    if json:
        print_json(asdict(found))
        return
    say(found.sentence)
    say(found.next_step)
    table(["Lúc", "Việc"], [[step.at.strftime("%d/%m/%Y %H:%M:%S"), step.text] for step in found.steps])


@state.command
def doctor(
    portal: Annotated[
        str, typer.Option(metavar="URL", help="Địa chỉ Cổng; mặc định là Cổng đã đăng ký.")
    ] = "",
    json: AsJson = False,
) -> None:
    """Xem từng chặng đường tới Cổng, và điều cần báo bộ phận IT."""
    with state.station() as services:
        checks = services.sync.examine(SILENT, portal)
    if json:
        print_json({"checks": [asdict(check) for check in checks]})
    else:
        table(
            ["Chặng", "Kết quả", "Thấy gì", "Báo IT"],
            [[check.label, VERDICTS[check.verdict], check.said, check.tell_it] for check in checks],
        )
    if any(check.verdict is Verdict.BAD for check in checks):
        needs_attention("Đường tới Cổng có chặng chưa qua.", "Gửi cột “Báo IT” cho bộ phận IT.")


VERDICTS = {
    Verdict.OK: "được",
    Verdict.WARNING: "nên xem",
    Verdict.BAD: "hỏng",
    Verdict.SKIPPED: "–",
}


@state.command
def list_conflicts(
    take: Annotated[str, typer.Option(help="Lấy tất cả theo 'portal' hoặc 'mine'.")] = "",
    json: AsJson = False,
) -> None:
    """Những chỗ hai bên cùng sửa; --take portal hoặc --take mine chọn cho tất cả."""
    with state.station() as services:
        if take:
            if take not in ("portal", "mine"):
                raise typer.BadParameter("--take nhận 'portal' hoặc 'mine'")
            ids = [ConflictId(one.id) for one in services.sync.conflicts()]
            services.sync.resolve_all(ids, take_portal=take == "portal")
        waiting = services.sync.conflicts()
    if json:
        print_json(
            {
                "conflicts": [
                    {
                        "id": one.id,
                        "record": one.record,
                        "fields": list(one.fields),
                        "rule": one.rule,
                        "base": {name: one.base.get(name) for name in one.fields},
                        "mine": {name: one.mine.get(name) for name in one.fields},
                        "theirs": {name: one.theirs.get(name) for name in one.fields},
                    }
                    for one in waiting
                ]
            }
        )
    if waiting:
        needs_attention(
            f"{len(waiting)} mâu thuẫn chờ chọn.", "Chọn trong màn hình Đồng bộ, hoặc dùng --take."
        )
    elif not json:
        say("Không có mâu thuẫn nào.")


@state.command
def quotas(json: AsJson = False) -> None:
    """Chỉ tiêu theo giai đoạn và kỳ, đạt và vượt."""
    with state.station() as services:
        names = services.units.names()
        rows = [plain.quota(one, names) for one in services.sync.quotas()]
    if json:
        print_json({"quotas": rows})
    else:
        table(
            ["Đơn vị", "Kỳ", "Loại", "Chỉ tiêu"],
            [
                [row["unit_name"] or row["unit"], row["period"], row["kind"], str(row["number"])]
                for row in rows
            ],
        )


@state.command
def rankings(json: AsJson = False) -> None:
    """Thứ hạng do Cổng tính."""
    with state.station() as services:
        rows = [plain.ranking(one) for one in services.sync.rankings()]
    if json:
        print_json({"rankings": rows})
    else:
        for one in rows:
            say(f"{one['id']} · tính đến {one['as_of'] or 'chưa rõ'}")
