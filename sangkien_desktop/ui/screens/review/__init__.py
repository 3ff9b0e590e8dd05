"""Rà soát: what is wrong and how to mend many at once; which two are one."""

from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Screen
from sangkien_desktop.ui.page import Page


def _make(context: UiContext) -> Page:
    from sangkien_desktop.ui.screens.review.screen import ReviewPage  # made when first opened

    return ReviewPage(context)


SCREEN = Screen(key="review", title="Rà soát", icon="list-check", factory=_make)
