"""Tổng quan: are we there, will we make it, and what waits for whom."""

from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Screen
from sangkien_desktop.ui.page import Page


def _make(context: UiContext) -> Page:
    from sangkien_desktop.ui.screens.overview.screen import OverviewPage  # made when first opened

    return OverviewPage(context)


SCREEN = Screen(key="overview", title="Tổng quan", icon="layout-dashboard", factory=_make)
