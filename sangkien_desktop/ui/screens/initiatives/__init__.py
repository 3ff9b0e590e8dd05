"""Sáng kiến: the grid and the form over one store, the home of entry."""

from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Screen
from sangkien_desktop.ui.page import Page


def _make(context: UiContext) -> Page:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage  # made when first opened

    return InitiativesPage(context)


SCREEN = Screen(key="initiatives", title="Sáng kiến", icon="bulb", factory=_make)
