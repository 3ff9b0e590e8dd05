"""Quotas: how far the groups are, what they were given and what they took on, and the unit's own split."""

from collections.abc import Mapping
from dataclasses import replace

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.periods import Period
from sangkien_desktop.domain.programmes import Quota, QuotaKind
from sangkien_desktop.domain.standings import TYPED, Board
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.reporting import USUAL, ReportService, Wishes
from sangkien_desktop.storage import quotas


class QuotaService:
    """What the quota screen asks and does."""

    def __init__(self, desk: Desk, reports: ReportService) -> None:
        self._desk, self._reports = desk, reports

    def periods(self, programme: str = "") -> tuple[Period, ...]:
        """What can be counted over; the one meant by “now” first."""
        return self._reports.periods(programme)

    def board(self, wishes: Wishes = USUAL) -> Board:
        """Groups against their quotas."""
        return self._reports.board(wishes)

    def other_base(self, wishes: Wishes, board: Board) -> Board | None:
        """The same against the whole programme, when the board is of a part: a share may fall as the base grows."""
        if board.quota_period == "whole" or wishes.period == "whole":
            return None
        whole = self._reports.board(replace(wishes, period="whole"))
        return whole if whole.whole.quota else None

    def split(
        self, board: Board, numbers: Mapping[UnitId, int], *, kind: QuotaKind = QuotaKind.ASSIGNED
    ) -> Changes:
        """Give groups these quotas, as the unit's own split; the portal's quotas stay as they came."""
        now = self._desk.clock.now()
        with self._desk.database.write() as session:
            for unit, number in numbers.items():
                quotas.put(
                    session,
                    Quota(
                        unit=unit,
                        programme=board.programme,
                        period=board.quota_period,
                        kind=kind,
                        number=number,
                        as_of=now,
                        source=TYPED,
                    ),
                )
        return Changes(quotas=True)
