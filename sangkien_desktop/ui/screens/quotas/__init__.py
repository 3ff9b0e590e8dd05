"""Chỉ tiêu: which group is short, and by how much."""

from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Screen
from sangkien_desktop.ui.page import Page


def _make(context: UiContext) -> Page:
    from sangkien_desktop.ui.screens.quotas.screen import QuotasPage  # made when first opened

    return QuotasPage(context)


SCREEN = Screen(key="quotas", title="Chỉ tiêu", icon="target-arrow", factory=_make)
