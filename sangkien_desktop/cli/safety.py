"""Commands that keep the station's data safe: backup, restore, verify."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from sangkien_desktop.cli import state
from sangkien_desktop.cli.output import needs_attention, print_json, say
from sangkien_desktop.clock import SystemClock
from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import SILENT
from sangkien_desktop.services import backups, station
from sangkien_desktop.services.backups import Made, Secret
from sangkien_desktop.services.bundle import Services

AsJson = Annotated[bool, typer.Option("--json", help="In một văn bản JSON.")]


@state.command
def backup(
    to: Annotated[
        Path | None, typer.Option(metavar="THƯ_MỤC", help="Sao lưu vào nơi khác, ví dụ USB.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Sao lưu trạm; bản sao được mở thử và kiểm tra trước khi tính là xong."""
    with state.station() as services:
        made = services.backups.copy_to(to, SILENT) if to else services.backups.make(SILENT)
    if json:
        print_json(_plain(made))
        return
    say(f"Đã sao lưu {made.facts.initiatives} sáng kiến, {made.facts.people} người. Bản sao đã mở thử được.")
    say(str(made.path))


@state.command
def restore(
    file: Annotated[Path, typer.Argument(metavar="TỆP")],
    only_keys: Annotated[
        bool, typer.Option("--only-keys", help="Chỉ lấy lại tệp khóa; dữ liệu giữ nguyên.")
    ] = False,
    code_file: Annotated[Path | None, typer.Option(help="Tệp chứa mã khôi phục, thay cho mật khẩu.")] = None,
    json: AsJson = False,
) -> None:
    """Khôi phục từ bản sao lưu, cả khi trạm không mở được nữa; dữ liệu đang có được giữ lại bên cạnh."""
    home, clock = state.home(), SystemClock()
    secret = _secret(code_file)
    if only_keys:
        backups.bring_back_keys(home, file, secret)
        print_json({"keys": True}) if json else say("Đã lấy lại tệp khóa. Dữ liệu của trạm giữ nguyên.")
        return
    put_in = backups.recover if station.exists(home) else backups.move_in
    done = put_in(home, file, secret, clock=clock, actor="")
    if json:
        kept = str(done.kept_aside) if done.kept_aside else None
        print_json({"facts": asdict(done.facts), "kept_aside": kept, "erased_again": done.erased_again})
        return
    say(f"Đã khôi phục {done.facts.initiatives} sáng kiến, {done.facts.people} người.")
    if done.kept_aside:
        say(f"Dữ liệu trước khi khôi phục được giữ trong: {done.kept_aside}")


@state.command
def verify(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[TỆP…]", help="Không ghi thì kiểm tra mọi bản sao lưu.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Kiểm tra toàn bộ cơ sở dữ liệu của trạm và các bản sao lưu."""
    with state.station() as services:
        facts = services.backups.examine()
        chosen = files or [one.path for one in services.backups.all()]
        results = [_verified(services, path) for path in chosen]
    bad = [result["file"] for result in results if result["error"]]
    if json:
        print_json({"database": asdict(facts), "backups": results})
    say(f"Cơ sở dữ liệu của trạm nguyên vẹn: {facts.initiatives} sáng kiến, {facts.people} người.")
    if bad:
        needs_attention(f"Không dùng được: {', '.join(bad)}", "Sao lưu lại bằng lệnh: sangkien backup")
    say(f"{len(results)} bản sao lưu mở được và nguyên vẹn.")


def _secret(code_file: Path | None) -> Secret:
    if code_file is not None:
        return Secret(code=state.passphrase_from_file(code_file))
    return Secret(passphrase=state.passphrase_from_file() or state.ask_passphrase())


def _verified(services: Services, path: Path) -> dict[str, Any]:
    try:
        return {"file": str(path), "facts": asdict(services.backups.verify(path)), "error": None}
    except AppError as error:
        return {"file": str(path), "facts": None, "error": {"code": error.code, "message": error.sentence}}


def _plain(made: Made) -> dict[str, Any]:
    return {"file": str(made.path), "at": made.at, "reason": made.reason, "facts": asdict(made.facts)}
