"""Commands over the station itself: init, self-check, screenshots."""

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from sangkien_desktop import app
from sangkien_desktop.cli import state
from sangkien_desktop.cli.output import print_json, say
from sangkien_desktop.errors import AppError
from sangkien_desktop.services import station


@state.command
def init(
    passphrase_file: Annotated[
        Path | None, typer.Option(help="Tệp chứa mật khẩu của trạm (dòng đầu).")
    ] = None,
    no_keyring: Annotated[bool, typer.Option("--no-keyring", help="Không dùng kho khóa của máy.")] = False,
    ground: Annotated[str, typer.Option(help="Căn cứ chung để gửi dữ liệu của tác giả lên Cổng.")] = "",
    json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Tạo trạm mới: cơ sở dữ liệu mã hóa, khóa, mã khôi phục (chỉ hiện một lần)."""
    passphrase = state.passphrase_from_file(passphrase_file)
    if passphrase is None and no_keyring:
        passphrase = state.ask_passphrase()
    wanted = station.NewStation(passphrase=passphrase, use_keyring=not no_keyring, ground=ground)
    try:
        opened, code = app.create_station(state.home(), wanted)
    except AppError as error:
        if error.code != "keyring-unavailable" or passphrase is not None:
            raise
        raise AppError(
            error.sentence,
            hint="Đặt mật khẩu: sangkien init --no-keyring --passphrase-file TỆP",
            code=error.code,
        ) from error
    opened.close()
    if json:
        print_json({"home": str(state.home().folder), "recovery_code": code})
    else:
        say("Đã tạo trạm. Mã khôi phục, chỉ hiện một lần; hãy in hoặc chép lại và cất riêng:")
        say(code)


@state.command
def screenshots(
    folder: Annotated[Path, typer.Argument(metavar="THƯ_MỤC")],
    json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Vẽ mọi màn hình thành ảnh PNG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from sangkien_desktop.app import pictures  # Qt is loaded only when a window is wanted

    with state.station() as services:
        painted = pictures.screenshots(services, folder)
    if json:
        print_json({"pictures": [str(picture) for picture in painted]})
    else:
        say(f"Đã vẽ {len(painted)} màn hình vào {folder}.")


@state.command
def self_check() -> None:
    """Tự kiểm tra: tạo trạm thử, mở mọi màn hình, rồi bỏ đi."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from sangkien_desktop.app import pictures  # Qt is loaded only when a window is wanted
    from sangkien_desktop.paths import Home

    with tempfile.TemporaryDirectory(prefix="sangkien-") as folder:
        wanted = station.NewStation(passphrase="tự kiểm tra chương trình", use_keyring=False)
        opened, _ = app.create_station(Home(Path(folder) / "home"), wanted)
        try:
            painted = pictures.screenshots(opened, Path(folder) / "pictures")
        finally:
            opened.close()
    say(f"Chương trình chạy được: {len(painted)} màn hình đã mở.")
