"""The command `sangkien`: every service without a window."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sangkien_desktop import __version__
from sangkien_desktop.cli import (
    importing,
    papers,
    people,
    records,
    safety,
    screening,
    state,
    stations,
    syncing,
)
from sangkien_desktop.workbooks import child

program = typer.Typer(
    name="sangkien",
    help="Thu thập sáng kiến của công nhân, không cần mạng, và đưa lên Cổng.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@program.callback()
def choose(
    home: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Thư mục của trạm (hoặc biến SANGKIEN_HOME).")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="In phiên bản.")
    ] = False,
) -> None:
    """Chọn thư mục của trạm."""
    state.choose_home(home)


program.command("init")(stations.init)
program.command("import")(importing.import_files)
program.command("template")(importing.template)
program.add_typer(people.program)
program.command("list")(records.list_records)
program.command("show")(records.show)
program.command("add")(records.add)
program.command("edit")(records.edit)
program.command("withdraw")(records.withdraw)
program.command("check")(records.check)
program.command("duplicates")(screening.duplicates)
program.command("rules")(screening.rules)
program.command("ready")(records.ready)
program.command("sign-in")(syncing.sign_in)
program.command("sign-out")(syncing.sign_out)
program.command("sync")(syncing.sync)
program.command("status")(syncing.status)
program.command("explain")(syncing.explain)
program.command("doctor")(syncing.doctor)
program.command("conflicts")(syncing.list_conflicts)
program.command("quotas")(syncing.quotas)
program.command("rankings")(syncing.rankings)
program.command("report")(papers.report)
program.command("document")(papers.document)
program.command("export")(papers.export)
program.command("backup")(safety.backup)
program.command("restore")(safety.restore)
program.command("verify")(safety.verify)
program.command("screenshots")(stations.screenshots)
program.command("self-check")(stations.self_check)


def main() -> None:
    """The entry of the command; the built program also starts the caged reader of workbooks by it."""
    if child.FLAG in sys.argv[1:2]:
        sys.exit(child.main())
    if "--self-check" in sys.argv[1:]:
        sys.argv[1:] = ["self-check"]
    program()
