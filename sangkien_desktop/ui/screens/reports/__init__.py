"""Báo cáo & hồ sơ: how a paper looks, and whether its figures are right."""

from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Screen
from sangkien_desktop.ui.page import Page


def _make(context: UiContext) -> Page:
    from sangkien_desktop.ui.screens.reports.screen import ReportsPage  # made when first opened

    return ReportsPage(context)


SCREEN = Screen(key="reports", title="Báo cáo & hồ sơ", icon="report", factory=_make)
