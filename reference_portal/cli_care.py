"""Commands for whoever looks after a portal: units, accounts, erasure, tidying, after a restore."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from reference_portal import feed, reviewing
from reference_portal.access import SCOPES
from reference_portal.catalogues import catalogue_changes, store_programmes
from reference_portal.database import Database, open_engine, portal_row
from reference_portal.settings import PortalSettings
from reference_portal.tables import AccountRow, FeedRow, UnitRow
from reference_portal.tokens import TokenDesk, hash_password
from reference_portal.uploads import Uploads

app = typer.Typer()
DatabaseUrl = Annotated[
    str, typer.Option("--database", help="SQLite hoặc PostgreSQL, dạng URL của SQLAlchemy.")
]
DEFAULT_URL = PortalSettings().database_url
OFFICER, REVIEWER = "officer", "reviewer"


def full_url(url: str) -> str:
    """A PostgreSQL URL as people write it, with the driver that is installed."""
    for scheme in ("postgresql://", "postgres://"):
        url = url.replace(scheme, "postgresql+psycopg://", 1) if url.startswith(scheme) else url
    return url


def open_database(url: str) -> Database:
    """The database of a URL, with its tables."""
    database = Database(open_engine(full_url(url)))
    database.prepare()
    return database


def _sorry(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(3)


@app.command("add-unit", help="Thêm hoặc sửa một đơn vị; Cổng mới thì nạp luôn chương trình và danh mục.")
def add_unit(
    code: str,
    name: str,
    kind: Annotated[str, typer.Option(help="Loại đơn vị, theo danh mục.")] = "CĐ cơ sở",
    parent: Annotated[str | None, typer.Option(help="Mã đơn vị cấp trên.")] = None,
    cluster: Annotated[str | None, typer.Option(help="Cụm, khối thi đua.")] = None,
    database: DatabaseUrl = DEFAULT_URL,
) -> None:
    """Add a unit to the tree, and the programmes and lists when the portal is new."""
    with open_database(database).write() as session:
        above = session.get(UnitRow, parent) if parent else None
        if parent and above is None:
            raise _sorry(f"Chưa có đơn vị {parent}. Thêm đơn vị cấp trên trước.")
        row = UnitRow(
            unit_id=code,
            path=f"{above.path if above else ''}{code}/",
            name=name,
            kind=kind,
            parent_id=parent,
            cluster=cluster,
            valid_from=datetime.now(UTC).date().isoformat(),
        )
        session.merge(row)
        store_programmes(session)
        session.flush()
        _publish_lists(session)


def _publish_lists(session: Session) -> None:
    before = session.get(FeedRow, ("catalog", "units"))
    changes = catalogue_changes(session, rev=before.rev + 1 if before else 1)
    feed.publish(session, portal_row(session), changes, int(datetime.now(UTC).timestamp()))


@app.command("add-account", help="Thêm hoặc sửa một tài khoản; mật khẩu không bao giờ nằm trên dòng lệnh.")
def add_account(
    account: str,
    name: str,
    unit: Annotated[str, typer.Option(help="Mã đơn vị.")],
    password_file: Annotated[Path | None, typer.Option(help="Tệp chứa mật khẩu; không có thì hỏi.")] = None,
    role: Annotated[str, typer.Option(help=f"{OFFICER} hoặc {REVIEWER}")] = OFFICER,
    database: DatabaseUrl = DEFAULT_URL,
) -> None:
    """Add an account or change it; the password never stands on the command line."""
    if password_file is None:
        password = typer.prompt("Mật khẩu", hide_input=True, confirmation_prompt=True)
    else:
        password = password_file.read_text(encoding="utf-8").strip()
    if role not in (OFFICER, REVIEWER) or len(password) < 8:
        raise _sorry("Vai trò là officer hoặc reviewer; mật khẩu cần ít nhất 8 ký tự.")
    with open_database(database).write() as session:
        if session.get(UnitRow, unit) is None:
            raise _sorry(f"Chưa có đơn vị {unit}.")
        row = AccountRow(
            account_id=account,
            name=name,
            unit_id=unit,
            role=role,
            scopes=" ".join(SCOPES if role == OFFICER else SCOPES[1:4]),
            password_hash=hash_password(password),
            acting_for="",
            is_active=True,
        )
        session.merge(row)


@app.command("close-account", help="Khóa một tài khoản; những gì đã gửi vẫn còn.")
def close_account(account: str, database: DatabaseUrl = DEFAULT_URL) -> None:
    """Lock an account and end its sign-ins; what it sent stays."""
    with open_database(database).write() as session:
        row = session.get(AccountRow, account)
        if row is None:
            raise _sorry(f"Không có tài khoản {account}.")
        row.is_active = False
        TokenDesk(session, PortalSettings()).end_refresh(account)


@app.command("hand-over", help="Cho một tài khoản gửi thay phần của tài khoản khác.")
def hand_over(
    account: str,
    to: Annotated[str, typer.Option(help="Tài khoản được gửi thay.")],
    database: DatabaseUrl = DEFAULT_URL,
) -> None:
    """Let one account send what another has written."""
    with open_database(database).write() as session:
        giver, taker = session.get(AccountRow, account), session.get(AccountRow, to)
        if giver is None or taker is None or giver.unit_id != taker.unit_id:
            raise _sorry("Hai tài khoản phải có thật và cùng đơn vị.")
        taker.acting_for = " ".join(dict.fromkeys([*taker.acting_for.split(), account]))


@app.command(help="Xóa nội dung một sáng kiến theo yêu cầu; các máy trạm được báo.")
def erase(record_id: str, database: DatabaseUrl = DEFAULT_URL, reason: str = "erasure_request") -> None:
    """Erase a record's content on a person's request; stations are told."""
    with open_database(database).write() as session:
        if not reviewing.erase(session, record_id, reason, PortalSettings()):
            raise _sorry("Không có sáng kiến này.")


@app.command(help="Chạy hằng ngày: thôi chờ tệp quá 30 ngày, bỏ dấu xóa quá 400 ngày.")
def tidy(database: DatabaseUrl = DEFAULT_URL) -> None:
    """To be run daily: let go of files that never came and of tombstones older than 400 days."""
    settings = PortalSettings()
    with open_database(database).write() as session:
        files = Uploads(session, settings).purge()
        tombstones = reviewing.tidy(session, settings)
    typer.echo(f"Đã thôi chờ {files} tệp, đã bỏ {tombstones} dấu xóa cũ.")


@app.command("after-restore", help="Chạy sau mỗi lần khôi phục từ bản sao lưu.")
def after_restore(database: DatabaseUrl = DEFAULT_URL) -> None:
    """To be run after every restore from a backup, so that stations send again what is missing."""
    with open_database(database).write() as session:
        reviewing.new_epoch(portal_row(session))
    typer.echo("Đã đổi mốc. Các máy trạm sẽ đối chiếu và gửi lại những gì Cổng thiếu.")
