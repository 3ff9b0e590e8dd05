"""The command `sangkien-portal`."""

import json
import logging
import socket
import tempfile
from pathlib import Path
from typing import Annotated, Any

import requests
import typer
import uvicorn
from sqlalchemy import select
from sqlalchemy.orm import Session

from reference_portal import cli_care, demo
from reference_portal.app import create_app
from reference_portal.cli_care import DEFAULT_URL, DatabaseUrl, full_url, open_database
from reference_portal.contract import as_yaml
from reference_portal.database import open_engine
from reference_portal.reviewing import Reviewed, review
from reference_portal.settings import DuplicatePolicy, PortalSettings
from reference_portal.tables import AccountRow
from reference_portal.tokens import TokenDesk

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Cổng sáng kiến tham chiếu.")
app.add_typer(cli_care.app)
PortalUrl = Annotated[str | None, typer.Option("--portal", help="Địa chỉ Cổng trình diễn đang chạy.")]
CHOICES = ("password", "refuse-duplicates", "review=SEED", "url=https://…")


@app.command(help="Chạy Cổng; địa chỉ là dòng duy nhất trên đầu ra chuẩn.")
def serve(
    database: DatabaseUrl = "",
    port: Annotated[int, typer.Option(help="0: máy tự chọn cổng trống.")] = 8765,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    demo_data: Annotated[bool, typer.Option("--demo", help="Dữ liệu bịa để trình diễn.")] = False,
    faults: Annotated[bool, typer.Option("--faults", help="Cho phép gây lỗi theo yêu cầu, để thử.")] = False,
    choices: Annotated[list[str] | None, typer.Option("--with", help=" · ".join(CHOICES))] = None,
) -> None:
    """Start the portal; its address is the one line on standard output."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    with tempfile.TemporaryDirectory(prefix="sangkien-portal-") as folder:
        # A demonstration without a database of its own leaves nothing behind.
        fallback = f"sqlite:///{Path(folder) / 'portal.db'}" if demo_data else DEFAULT_URL
        settings = PortalSettings(
            database_url=full_url(database) or fallback,
            demo=demo_data,
            faults=faults,
            **chosen(choices or []),
        )
        run(settings, host, port)


def chosen(choices: list[str]) -> dict[str, Any]:
    """Settings from `--with NAME` and `--with NAME=VALUE`."""
    settings: dict[str, Any] = {}
    for choice in choices:
        name, _, value = choice.partition("=")
        if name == "password":
            settings["password_grant"] = True
        elif name == "refuse-duplicates":
            settings["duplicates"] = DuplicatePolicy.REFUSE
        elif name == "review" and value.isdecimal():
            settings["auto_review_seed"] = int(value)
        elif name == "url" and value.startswith(("http://", "https://")):
            settings["public_url"] = value
        else:
            raise typer.BadParameter(f"Không có lựa chọn {choice}. Có: {', '.join(CHOICES)}")
    return settings


def run(settings: PortalSettings, host: str, port: int) -> None:
    """Serve until interrupted."""
    portal = create_app(settings)
    # Given its protocol by name, the socket is one on which asyncio switches Nagle's delay off.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    typer.echo(f"http://{host}:{listening.getsockname()[1]}")
    server = uvicorn.Server(uvicorn.Config(portal, log_level="warning", timeout_keep_alive=65))
    server.run(sockets=[listening])
    portal.state.portal.database.engine.dispose()


@app.command(help="Liệt kê tài khoản.")
def accounts(database: DatabaseUrl = DEFAULT_URL) -> None:
    """List the accounts."""
    with open_database(database).read() as session:
        for row in session.scalars(select(AccountRow).order_by(AccountRow.account_id)):
            state = "" if row.is_active else "\tđã khóa"
            typer.echo(f"{row.account_id}\t{row.name}\t{row.unit_id}\t{row.role}{state}")


@app.command(help="Duyệt một mã đăng nhập, trong cơ sở dữ liệu hoặc tại Cổng trình diễn đang chạy.")
def approve(
    user_code: str,
    account: Annotated[str, typer.Option()],
    database: DatabaseUrl = DEFAULT_URL,
    portal: PortalUrl = None,
) -> None:
    """Approve a sign-in code, in the database or at a running demonstration portal."""
    if portal is not None:
        wanted = {"user_code": user_code, "account": account}
        done = requests.post(f"{portal.rstrip('/')}/demo/approve", json=wanted, timeout=10).ok
    else:
        done = _approve_in(database, user_code, account)
    if not done:
        typer.echo("Không có mã đang chờ này, hoặc không có tài khoản này.", err=True)
        raise typer.Exit(3)
    typer.echo(f"Đã duyệt {user_code} cho {account}.")


def _approve_in(database: str, user_code: str, account: str) -> bool:
    with open_database(database).write() as session:
        if session.get(AccountRow, account) is None:
            return False
        return TokenDesk(session, PortalSettings()).decide_device(user_code, account)


@app.command("review", help="Cho bộ phận xét duyệt trình diễn xét mọi sáng kiến đang chờ, theo hạt giống.")
def review_command(
    seed: Annotated[int, typer.Option()] = 1, database: DatabaseUrl = DEFAULT_URL, portal: PortalUrl = None
) -> None:
    """Let the reviewer of the demonstration judge all that waits, by a seed."""
    if portal is not None:
        answer = requests.post(f"{portal.rstrip('/')}/demo/review", json={"seed": seed}, timeout=120)
        answer.raise_for_status()
        typer.echo(json.dumps(answer.json()))
        return

    def work(session: Session) -> Reviewed:
        return review(session, seed, PortalSettings())

    done = open_database(database).attempt(work)
    typer.echo(
        json.dumps(
            {"valid": done.valid, "returned": done.returned, "edited": done.edited, "voted": done.voted}
        )
    )


@app.command("load-demo", help="Nạp dữ liệu trình diễn (bịa) vào cơ sở dữ liệu.")
def load_demo(database: DatabaseUrl = DEFAULT_URL, seed: Annotated[int, typer.Option()] = 2026) -> None:
    """Put the demonstration data into a database."""
    engine = open_engine(full_url(database))
    demo.load(engine, seed=seed)
    engine.dispose()


@app.command(help="In hoặc ghi hợp đồng giao tiếp (OpenAPI 3.1).")
def openapi(
    output: Annotated[Path | None, typer.Option(help="Tệp ghi ra; không có thì in ra.")] = None,
) -> None:
    """Print or write the contract (OpenAPI 3.1)."""
    text = contract_text()
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


def contract_text() -> str:
    """The contract as it lies in docs/portal-api.yaml."""
    with tempfile.TemporaryDirectory(prefix="sangkien-portal-") as folder:
        portal = create_app(PortalSettings(database_url=f"sqlite:///{Path(folder) / 'portal.db'}"))
        text = as_yaml(portal.openapi())
        portal.state.portal.database.engine.dispose()
    return text


def main() -> None:
    """Entry point."""
    app()
