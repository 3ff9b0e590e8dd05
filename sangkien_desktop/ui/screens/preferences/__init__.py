"""Cài đặt: how this machine is set, and what it is kept by."""

from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Screen
from sangkien_desktop.ui.page import Page


def _make(context: UiContext) -> Page:
    from sangkien_desktop.ui.screens.preferences.screen import PreferencesPage  # made when first opened

    return PreferencesPage(context)


SCREEN = Screen(key="preferences", title="Cài đặt", icon="settings", factory=_make)
