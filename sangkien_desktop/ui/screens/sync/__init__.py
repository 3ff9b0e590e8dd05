"""Đồng bộ: whether all is at the portal, and if not, what is missing and who acts."""

from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Screen
from sangkien_desktop.ui.page import Page


def _make(context: UiContext) -> Page:
    from sangkien_desktop.ui.screens.sync.screen import SyncPage  # made when first opened

    return SyncPage(context)


SCREEN = Screen(key="sync", title="Đồng bộ", icon="cloud-up", factory=_make)
