"""Reports, one file each; `REPORTS` is the order of the menu."""

from sangkien_desktop.reports import (
    access_log,
    breakdown,
    consents,
    duplicates,
    group_list,
    progress,
    proposals,
    ranking,
    requests,
    returned,
    rewarded,
    score_sheet,
    summary,
    sync_log,
    valuable,
)
from sangkien_desktop.reports.report import Report

REPORTS: tuple[Report, ...] = (
    progress.REPORT,
    ranking.REPORT,
    sync_log.REPORT,
    returned.REPORT,
    summary.REPORT,
    valuable.REPORT,
    proposals.REPORT,
    score_sheet.REPORT,
    group_list.REPORT,
    duplicates.REPORT,
    breakdown.REPORT,
    rewarded.REPORT,
    consents.REPORT,
    requests.REPORT,
    access_log.REPORT,
)
