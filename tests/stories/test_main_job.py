"""From a group leader's workbook to the portal and back, by the command line against a running portal."""

import json
from pathlib import Path

import pytest

from demonstration.portal import DemonstrationPortal
from sangkien_desktop.paths import resource
from tests.support.commands import CommandLine

WORKBOOK = resource("sample", "to-cong-doan-47-to.xlsx")


@pytest.mark.slow
def test_initiatives_reach_the_portal_and_come_back_with_verdicts_and_quotas(tmp_path: Path) -> None:
    command = CommandLine(tmp_path / "station")
    command("init", "--no-keyring", "--ground", "Căn cứ của phép thử")
    command("import", str(WORKBOOK))
    ready = command("ready", "--all", "--json").json["ready"]
    assert ready > 1500
    with DemonstrationPortal(tmp_path) as portal:
        sign_in(command, portal)
        first = command("sync", "--json").json
        assert (first["outcomes"], first["quotas"] > 0) == ({"applied": ready}, True)
        portal.review(seed=7)
        second = command("sync", "--json").json
    assert second["states"].get("Hợp lệ", 0) + second["states"].get("Cổng trả lại", 0) > 0
    assert second["all_at_portal"] is False, "records with errors are still drafts"
    valid = command("list", "--status", "Hợp lệ", "--json").json["records"]
    assert all(record["portal_code"] for record in valid)
    why = command("explain", valid[0]["local_code"], "--json").json
    assert "hợp lệ" in why["sentence"]
    assert command("quotas", "--json").json["quotas"]
    assert command("rankings", "--json").json["rankings"]
    assert command("sync", "--json").status == 3, "the portal is gone, and that is told"


def sign_in(command: CommandLine, portal: DemonstrationPortal) -> None:
    """By device code, approved as the officer `canbo`."""
    with command.start("sign-in", "--portal", portal.address, "--device", "--json") as process:
        assert process.stdout is not None
        portal.approve(json.loads(process.stdout.readline())["user_code"], "canbo")
        account = json.loads(process.stdout.readline())
        assert (process.wait(60), account["account"]) == (0, "canbo")
