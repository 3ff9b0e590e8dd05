"""Reports, one file each; `REPORTS` is the order of the menu."""

from sangkien_desktop.reports import progress
from sangkien_desktop.reports.report import Report

REPORTS: tuple[Report, ...] = (progress.REPORT,)
