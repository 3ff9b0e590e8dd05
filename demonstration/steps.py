"""What the demonstration does, step by step; each step says what it found and whether it did what it says."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from demonstration.portal import DemonstrationPortal
from sangkien_desktop.app import OpenStation
from sangkien_desktop.domain.rules import Severity
from sangkien_desktop.paths import resource
from sangkien_desktop.progress import SILENT
from sangkien_desktop.services.import_plan import Outcome, SheetPlan
from sangkien_desktop.services.member_list import Difference
from sangkien_desktop.sync.engine import Outcome as Exchange

SEED = 20261120
MEMBERS = resource("sample", "danh-sach-doan-vien.xlsx")
MAIN = resource("sample", "to-cong-doan-47-to.xlsx")
MESSY = tuple(
    resource("sample", name)
    for name in (
        "lap-rap-den-hau-3.xlsx",
        "ep-nhua-2-nhieu-tac-gia.xlsx",
        "kho-van-thang-4.xlsx",
        "ma-2-vntime.xls",
    )
)


class StepFailed(Exception):
    """The demonstration ends with this sentence and a non-zero status."""


@dataclass
class Told:
    """What the summary will say."""

    facts: dict[str, Any] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


class Demonstration:
    """Plays the main job on an open station against a running portal."""

    def __init__(
        self, station: OpenStation, portal: DemonstrationPortal, output: Path, say: Callable[[str], None]
    ) -> None:
        self._station = station
        self._portal = portal
        self._output = output
        self._say = say
        self.told = Told()

    def play(self, sample: Path | None = None) -> None:
        """All steps in order. Raises StepFailed at the first that did not do what it says."""
        self._step("Danh sách đoàn viên", "people", self.read_members)
        self._step("Nhập tệp của các tổ", "import", lambda: self.read_files(sample))
        self._step("Rà soát", "screen", self.screen)
        self._step("Đánh dấu đủ, chờ gửi", "ready", self.mark_ready)
        self._step("Đăng nhập Cổng bằng mã", "sign_in", self.sign_in)
        self._step("Gửi lên Cổng", "push", self.push)
        self._step("Cổng xét duyệt", "review", lambda: self._portal.review(SEED))
        self._step("Nhận chỉ tiêu, kết quả xét, thứ hạng", "pull", self.pull)
        self._step("Báo cáo tiến độ", "report", self.write_report)

    def _step(self, title: str, name: str, act: Callable[[], object]) -> None:
        self._say(f"▸ {title} …")
        began = time.perf_counter()
        act()
        took = time.perf_counter() - began
        self.told.seconds[name] = round(took, 2)
        self._say(f"  xong sau {took:.1f} giây")

    def _demand(self, holds: bool, sentence: str) -> None:
        if not holds:
            raise StepFailed(sentence)

    def read_members(self) -> None:
        """The member list comes in, and coming in again changes nothing."""
        written = self._station.people.write_import(self._station.people.plan_import(MEMBERS)).written
        again = self._station.people.plan_import(MEMBERS)
        self.told.facts["people"] = written
        self._say(f"  {written} người")
        unchanged = len(again.of(Difference.UNCHANGED))
        self._demand(
            unchanged == written == len(again.changes), "Danh sách đoàn viên đọc lại không giữ nguyên."
        )

    def read_files(self, sample: Path | None) -> None:
        """The big workbook and the messy sheets come in; read again, they change nothing."""
        files = (sample,) if sample else (MAIN, *MESSY)
        entries = []
        for path in files:
            plans = self._plans(path)
            self._station.imports.write(plans)
            entries += [self._entry(plan) for plan in plans]
            again = Counter(row.outcome for plan in self._plans(path) for row in plan.rows)
            self._demand(
                set(again) <= {Outcome.UNCHANGED, Outcome.REJECTED},
                f"{path.name}: đọc lần hai lại thấy khác.",
            )
        totals = {
            name: sum(entry[name] for entry in entries)
            for name in ("rows_read", "created", "updated", "unchanged", "rejected")
        }
        kept = self._station.initiatives.counts().records
        self.told.facts["import"] = {**totals, "files": entries}
        self._say(
            f"  {totals['rows_read']} dòng: {totals['created']} tạo mới, {totals['rejected']} không nhận"
        )
        self._demand(totals["created"] == kept, "Số sáng kiến trong máy không bằng số dòng tạo mới.")

    def _plans(self, path: Path) -> tuple[SheetPlan, ...]:
        return self._station.imports.plan_file(self._station.imports.read(path))

    def _entry(self, plan: SheetPlan) -> dict[str, Any]:
        wrong = Counter(
            problem.code
            for row in plan.rows
            for problem in row.problems
            if problem.severity is Severity.ERROR
        )
        why = [
            {"row": row.reading.row, "why": [problem.message for problem in row.problems]}
            for row in plan.rows
            if row.outcome is Outcome.REJECTED
        ]
        return {
            "file": plan.reading.file_name,
            "sheet": plan.reading.sheet,
            "rows_read": len(plan.rows),
            **plan.counts,
            "encoding_repair": plan.reading.encoding_repair,
            "errors_by_kind": dict(wrong),
            "rejected_why": why,
            "no_column_for": list(plan.lacking),
        }

    def screen(self) -> None:
        """Every record is asked the rules; near duplicates are looked for over all of them."""
        found = self._station.initiatives.all_problems()
        with_errors = sum(any(p.severity is Severity.ERROR for p in problems) for _, problems in found)
        pairs = self._station.screening.screen_all(SILENT)
        duplicates = sum(pair.is_duplicate for pair in pairs)
        self.told.facts["screening"] = {
            "records_with_errors": with_errors,
            "duplicate_pairs": duplicates,
            "similar_pairs": len(pairs) - duplicates,
        }
        self._say(f"  {with_errors} sáng kiến còn lỗi, {duplicates} cặp nghi trùng")

    def mark_ready(self) -> None:
        """Complete records wait for the portal; the others stay drafts and say why."""
        readied = self._station.initiatives.mark_ready()
        self.told.facts["ready"] = {
            "ready": len(readied.ready),
            "blocked": len(readied.blocked),
            "held": len(readied.held),
        }
        self._say(f"  {len(readied.ready)} chờ gửi, {len(readied.blocked)} còn thiếu")
        self._demand(len(readied.ready) > 0 and not readied.held, "Không có sáng kiến nào chờ gửi.")

    def sign_in(self) -> None:
        """The officer approves the code on her phone."""
        account = self._station.sync.sign_in_by_code(
            self._portal.address, lambda code: self._portal.approve(code.user_code, "canbo"), SILENT
        )
        self.told.facts["account"] = {"id": account.id, "unit": account.unit_name}
        self._say(f"  {account.name}, {account.unit_name}")

    def push(self) -> None:
        """Everything that waits goes to the portal, and each operation has its outcome."""
        waiting = self.told.facts["ready"]["ready"]
        outcome = self._station.sync.sync_now(SILENT)
        sent = {verdict.value: number for verdict, number in outcome.sent.items()}
        self.told.facts["operations"] = {
            name: sent.get(name, 0) for name in ("applied", "merged", "rejected", "conflict", "deferred")
        } | sent
        self._note(outcome)
        self._say(
            f"  {sent.get('applied', 0)} được nhận, {sent.get('rejected', 0)} bị từ chối, {outcome.batches} lô"
        )
        self._demand(sum(sent.values()) == waiting, "Số kết quả không bằng số sáng kiến đã gửi.")

    def pull(self) -> None:
        """Verdicts, returns with reasons, votes, quotas and ranks come back."""
        outcome = self._station.sync.sync_now(SILENT)
        self._note(outcome)
        status = self._station.sync.status()
        self.told.facts["verdicts"] = self.told.facts.get("verdicts", 0) + outcome.statuses
        self.told.facts["quotas_pulled"] = len(self._station.sync.quotas())
        self.told.facts["rankings_pulled"] = len(self._station.sync.rankings())
        self.told.facts["states"] = dict(status.badges)
        self.told.facts["all_at_portal"] = status.all_at_portal
        self.told.facts["not_at_portal"] = {
            "drafts": status.facts.drafts,
            "waiting": status.facts.not_terminal,
            "refused_or_returned": status.facts.refused,
            "conflicts": status.facts.conflicts,
        }
        for name, number in status.badges.items():
            self._say(f"  {name}: {number}")
        self._demand(self.told.facts["quotas_pulled"] > 0, "Không nhận được chỉ tiêu nào.")
        self._demand(status.badges.get("Hợp lệ", 0) > 0, "Cổng chưa trả kết quả xét nào.")

    def _note(self, outcome: Exchange) -> None:
        self.told.facts["received"] = self.told.facts.get("received", 0) + outcome.received

    def write_report(self) -> None:
        """The progress report as workbook and as picture."""
        written = []
        for suffix in ("xlsx", "png"):
            target = self._output / f"bao-cao-tien-do.{suffix}"
            self._station.reports.write("progress", target)
            written.append(target.name)
            self._demand(target.stat().st_size > 0, "Báo cáo tiến độ trống.")
        self.told.facts["reports"] = written
