"""Đoàn viên: who somebody is, in which group, whether they have agreed, what they have written."""

from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Screen
from sangkien_desktop.ui.page import Page


def _make(context: UiContext) -> Page:
    from sangkien_desktop.ui.screens.people.screen import PeoplePage  # made when first opened

    return PeoplePage(context)


SCREEN = Screen(key="people", title="Đoàn viên", icon="users", factory=_make)
