"""Nhập Excel: any file a group leader sends, understood, looked over, written."""

from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Screen
from sangkien_desktop.ui.page import Page


def _make(context: UiContext) -> Page:
    from sangkien_desktop.ui.screens.importing.screen import ImportPage  # made when first opened

    return ImportPage(context)


SCREEN = Screen(key="importing", title="Nhập Excel", icon="table-import", factory=_make)
