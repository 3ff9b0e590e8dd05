"""The look of the running program: colours, type sizes, palette and style sheet; switched at run time.

The theme belongs to the application as its palette does: `install` puts it there once, `current` reads it
where something is painted.
"""

import re
import sys
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from sangkien_desktop.paths import resource
from sangkien_desktop.settings import TextSize
from sangkien_desktop.settings import Theme as Scheme
from sangkien_desktop.ui.tokens import DARK, LIGHT, Tokens, high_contrast

FAMILY: Final = "Open Sans"
"""The shipped family; every Vietnamese letter, numerals of equal width."""

FontRole = Literal[
    "key", "caption", "label", "body", "strong", "title", "screen", "figure", "hero", "hero_big"
]

_SIZES: Final[dict[str, tuple[int, bool]]] = {
    "key": (11, False),
    "caption": (12, False),
    "label": (12, True),
    "body": (13, False),
    "strong": (13, True),
    "title": (14, True),
    "screen": (18, True),
    "figure": (24, True),
    "hero": (38, True),
    "hero_big": (46, True),
}


@dataclass(frozen=True)
class Metrics:
    """Heights and widths in logical pixels, all grown from the size of body text (13, 15 or 17)."""

    body: int

    def grown(self, pixels: int) -> int:
        """What is `pixels` at the middle text size."""
        return pixels + round((self.body - 13) * pixels / 26)

    def size(self, role: FontRole) -> int:
        """The pixel size of a font role."""
        return round(_SIZES[role][0] * self.body / 13)

    @property
    def row(self) -> int:
        """A dense row: 28."""
        return self.grown(28)

    @property
    def airy_row(self) -> int:
        """A roomy row: 32."""
        return self.grown(32)

    @property
    def head(self) -> int:
        """A table's head, a field, a button: 30."""
        return self.grown(30)

    @property
    def field(self) -> int:
        """A field or button: 30."""
        return self.grown(30)

    @property
    def small(self) -> int:
        """A small button: 26."""
        return self.grown(26)

    @property
    def tool_row(self) -> int:
        """The row of tools under the header, its bottom line included: 45."""
        return self.grown(44) + 1

    @property
    def header(self) -> int:
        """The screen's header, its bottom line included: 48."""
        return self.grown(48)

    @property
    def strip(self) -> int:
        """The status strip and a table's foot: 28."""
        return self.grown(28)

    @property
    def entry(self) -> int:
        """A side-bar or command entry: 34."""
        return self.grown(34)


class Theme(QObject):
    """Colours, fonts and measures in force; `changed` when any of them is another."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        """Made by `install` only."""
        super().__init__(app)
        self._app = app
        self._hints = app.styleHints()  # kept: the binding forgets what hangs on it otherwise
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self.on_system_scheme_changed)
        self._accessibility.contrastPreferenceChanged.connect(self.on_contrast_changed)
        self._family = _usable_family()
        self.scheme = Scheme.SYSTEM
        self.text_size = TextSize.MEDIUM
        self.tokens = LIGHT
        self.metrics = Metrics(13)
        self._colours: dict[str, QColor] = {}

    @property
    def is_dark(self) -> bool:
        """Whether the dark tokens are in force."""
        return self.tokens is DARK

    def colour(self, role: str) -> QColor:
        """The colour of a role in force."""
        known = self._colours.get(role)
        if known is None:
            known = self._colours[role] = QColor(self.tokens.colour(role))
        return known

    def font(self, role: FontRole = "body") -> QFont:
        """The font of a role, in pixels."""
        font = QFont(self._family)
        font.setPixelSize(self.metrics.size(role))
        font.setWeight(QFont.Weight.DemiBold if _SIZES[role][1] else QFont.Weight.Normal)
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        return font

    def choose(self, scheme: Scheme, text_size: TextSize) -> None:
        """Put the look that a person chose in force."""
        self.scheme, self.text_size = scheme, text_size
        wanted = {Scheme.LIGHT: Qt.ColorScheme.Light, Scheme.DARK: Qt.ColorScheme.Dark}
        self._hints.setColorScheme(wanted.get(scheme, Qt.ColorScheme.Unknown))
        self._refresh()

    def on_system_scheme_changed(self) -> None:
        """Windows went dark or light."""
        if self.scheme is Scheme.SYSTEM:
            self._refresh()

    def _refresh(self) -> None:
        dark = self.scheme is Scheme.DARK
        if self.scheme is Scheme.SYSTEM:
            dark = self._hints.colorScheme() is Qt.ColorScheme.Dark
        self.tokens = DARK if dark else LIGHT
        self.metrics = Metrics(self.text_size.pixels)
        self._colours.clear()
        self._app.setFont(self.font())
        if self.has_high_contrast():
            self._app.setPalette(QPalette())  # the system's own
            self.tokens = _tokens_of_system(self._app.palette())
            self._app.setStyleSheet("")
        else:
            self._app.setPalette(palette(self.tokens))
            self._app.setStyleSheet(style_sheet(self.tokens, self.metrics))
        self.changed.emit()

    def has_high_contrast(self) -> bool:
        """Whether the person asked the system for high contrast."""
        return bool(self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast)

    def on_contrast_changed(self) -> None:
        """High contrast was switched on or off."""
        self._refresh()


def install(app: QApplication, scheme: Scheme = Scheme.SYSTEM, size: TextSize = TextSize.MEDIUM) -> Theme:
    """Give `app` its look: Fusion, fonts, palette, style sheet. Call once, before the first widget."""
    app.setStyle("Fusion")
    theme = Theme(app)
    app.setProperty("theme", theme)
    theme.choose(scheme, size)
    return theme


def current() -> Theme:
    """The theme of the running application, as `QApplication.palette()` is its palette."""
    app = QApplication.instance()
    theme = app.property("theme") if app else None
    if not isinstance(theme, Theme):
        raise RuntimeError("theme.install() comes before the first widget")
    return theme


def set_state(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties that the style sheet reads, and have it read them again if one changed."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def palette(tokens: Tokens) -> QPalette:
    """The palette of Fusion and of everything the style sheet leaves alone."""
    made = QPalette()
    role = QPalette.ColorRole
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        active = group is QPalette.ColorGroup.Active
        text = tokens.text3 if group is QPalette.ColorGroup.Disabled else tokens.text
        for key, colour in (
            (role.Window, tokens.window),
            (role.Base, tokens.surface),
            (role.AlternateBase, tokens.header),
            (role.Button, tokens.raised),
            (role.ToolTipBase, tokens.raised),
            (role.ToolTipText, tokens.text),
            (role.WindowText, text),
            (role.Text, text),
            (role.ButtonText, text),
            (role.BrightText, tokens.bad),
            (role.PlaceholderText, tokens.text3),
            (role.Highlight, tokens.sel if active else tokens.sel_inactive),
            (role.HighlightedText, tokens.text),
            (role.Accent, tokens.accent),
            (role.Link, tokens.accent_text),
            (role.LinkVisited, tokens.accent_text),
            (role.Light, tokens.raised),
            (role.Midlight, tokens.line),
            (role.Mid, tokens.line_strong),
            (role.Dark, tokens.line_strong),
            (role.Shadow, tokens.text2),
        ):
            made.setColor(group, key, QColor(colour))
    return made


def _tokens_of_system(system: QPalette) -> Tokens:
    role = QPalette.ColorRole
    wanted = (role.Base, role.Text, role.Highlight, role.HighlightedText)
    return high_contrast(*(system.color(one).name() for one in wanted))


def style_sheet(tokens: Tokens, metrics: Metrics) -> str:
    """The one style sheet with `@role` and `@13px` (grown with the text size) filled in."""
    text = resource("styles", "main.qss").read_text(encoding="utf-8")

    def filled(found: re.Match[str]) -> str:
        name = found.group(1)
        if name[0].isdigit():
            return f"{round(int(name[:-2]) * metrics.body / 13)}px"
        return tokens.colour(name)

    return re.sub(r"@(\d+px|[a-z_0-9]+)", filled, text)


def _usable_family() -> str:
    """The system's interface font on Windows, else the shipped one; also where no font is installed."""
    for name in ("OpenSans-Regular.ttf", "OpenSans-Semibold.ttf"):
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))
    if sys.platform == "win32":
        system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
        if system and QFontInfo(QFont(system)).family():
            return system
    return FAMILY
