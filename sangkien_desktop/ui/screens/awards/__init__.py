"""Khen thưởng: who is eligible, and which papers are missing."""

from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Screen
from sangkien_desktop.ui.page import Page


def _make(context: UiContext) -> Page:
    from sangkien_desktop.ui.screens.awards.screen import AwardsPage  # made when first opened

    return AwardsPage(context)


SCREEN = Screen(key="awards", title="Khen thưởng", icon="award", factory=_make)
