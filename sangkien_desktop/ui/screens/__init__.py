"""The screens, one package each; none imports another.

How a screen is made
--------------------
1. Make `ui/screens/<name>/__init__.py` with nothing but its entry, so that starting the program costs nothing::

       from sangkien_desktop.ui.context import UiContext
       from sangkien_desktop.ui.navigation import Screen
       from sangkien_desktop.ui.page import Page

       def _make(context: UiContext) -> Page:
           from sangkien_desktop.ui.screens.sync.screen import SyncPage  # made when first opened
           return SyncPage(context)

       SCREEN = Screen(key="sync", title="Đồng bộ", icon="cloud-up", factory=_make)

2. Name the package in `ui/navigation.py`, `SCREENS`: the place there is its place in the side bar.
3. Write `screen.py` with a `Page`: build widgets top to bottom in `__init__`, hand tool row, body and foot to
   `set_parts`, connect last, then start loading by `context.jobs.start(...)`. The page is on the screen before
   its data is; keep the old rows until the new ones are there.
4. Override what applies: `open_with(intent)` for arrivals from elsewhere, `refresh(changes)` for what others have
   changed, `panes()` for F6, `commands()` for every act with its key, `set_narrow` and `set_wide` for the
   breakpoints. Emit `heading_changed` and `hint_changed` for header and status strip.
5. What a person does calls a service in a job, publishes the returned `Changes`, and tells the outcome by
   `context.messages`. Questions and file choosers go through `context.dialogs`, other screens are opened by
   `context.navigate(key, Intent(...))`.

Every control has an `objectName`; tests find it by that. No control goes without an accessible name.
"""
