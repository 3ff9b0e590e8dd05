"""Colours can be read, every letter has a glyph, and the look changes while the program runs."""

import unicodedata
from itertools import product

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetrics, QPalette, QRawFont
from PySide6.QtWidgets import QLabel

from sangkien_desktop.paths import resource
from sangkien_desktop.settings import TextSize
from sangkien_desktop.settings import Theme as Scheme
from sangkien_desktop.ui.theme import FAMILY, Metrics, style_sheet
from sangkien_desktop.ui.tokens import DARK, LIGHT, STATES, Tokens, contrast, high_contrast

GROUNDS = ("window", "surface", "raised", "side", "header")
VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0309\u0303\u0301\u0323"


def vietnamese_letters() -> str:
    small = "".join(unicodedata.normalize("NFC", v + t) for v, t in product(VOWELS, TONES)) + VOWELS + "đ"
    return small + small.upper()


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "grounds"),
    [
        ("text", (*GROUNDS, "sel", "sel_inactive", "accent_soft")),
        ("text2", (*GROUNDS, "sel", "sel_inactive")),
        ("text3", (*GROUNDS,)),
        ("on_accent", ("accent", "accent_hover")),
        ("accent_text", (*GROUNDS, "sel", "accent_soft")),
        *((state, ("surface", "window", "side", "sel", f"{state}_soft")) for state in STATES),
    ],
)
def test_text_is_readable_on_every_ground(tokens: Tokens, ink: str, grounds: tuple[str, ...]) -> None:
    for ground in grounds:
        assert contrast(tokens.colour(ink), tokens.colour(ground)) >= 4.5, (ink, ground)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("border", ["line_strong", "focus", "bad"])
def test_borders_of_controls_are_seen(tokens: Tokens, border: str) -> None:
    for ground in ("surface", "window", "raised", "side"):
        assert contrast(tokens.colour(border), tokens.colour(ground)) >= 3.0, (border, ground)


def test_contrast_is_the_formula_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast(LIGHT.text, LIGHT.surface) == pytest.approx(16.0, abs=0.05)


@pytest.mark.parametrize("name", ["OpenSans-Regular.ttf", "OpenSans-Semibold.ttf"])
def test_shipped_fonts_hold_every_vietnamese_letter(look, name: str) -> None:
    path = resource("fonts", name)
    font = QRawFont(str(path), 13)
    missing = [letter for letter in vietnamese_letters() if not font.supportsCharacter(ord(letter))]
    assert missing == []
    assert path.stat().st_size < 300_000


def test_shipped_font_is_in_force_where_the_system_has_none(look) -> None:
    assert FAMILY in QFontDatabase.families()
    assert QFontInfo(look.font()).family() == FAMILY
    assert QFontInfo(look.font("strong")).weight() >= 600


@pytest.mark.parametrize("role", ["caption", "body", "strong", "title", "screen"])
def test_numerals_are_equally_wide(look, role) -> None:
    room = QFontMetrics(look.font(role))
    assert len({room.horizontalAdvance(digit * 10) for digit in "0123456789"}) == 1


def test_sizes_grow_with_the_body() -> None:
    assert (Metrics(13).row, Metrics(15).row, Metrics(17).row) == (28, 30, 32)
    assert (Metrics(13).size("screen"), Metrics(17).size("screen")) == (18, 24)


def test_unfocused_selection_keeps_its_text_colour(look) -> None:
    palette = look.parent().palette()
    inactive = QPalette.ColorGroup.Inactive
    assert palette.color(inactive, QPalette.ColorRole.HighlightedText) == look.colour("text")
    assert palette.color(inactive, QPalette.ColorRole.Highlight) == look.colour("sel_inactive")


def test_style_sheet_leaves_no_placeholder() -> None:
    for tokens in (LIGHT, DARK):
        filled = style_sheet(tokens, Metrics(17))
        assert "@" not in filled
        assert "::item" not in filled


def test_dark_and_large_come_without_a_restart(qtbot, look) -> None:
    words = QLabel("Ẫ")
    qtbot.addWidget(words)
    with qtbot.waitSignal(look.changed):
        look.choose(Scheme.DARK, TextSize.VERY_LARGE)
    words.ensurePolished()
    assert look.is_dark
    assert words.palette().color(QPalette.ColorRole.WindowText).name().upper() == DARK.text
    assert words.font().pixelSize() == 17


def test_role_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        LIGHT.colour("pink")


@pytest.mark.parametrize(("ground", "ink"), [("#000000", "#FFFFFF"), ("#FFFFFF", "#000000")])
def test_high_contrast_keeps_the_systems_colours(ground: str, ink: str) -> None:
    tokens = high_contrast(ground, ink, "#1AEBFF", "#000000")
    assert (tokens.surface, tokens.bad_soft, tokens.text3, tokens.bad) == (ground, ground, ink, ink)
    assert contrast(tokens.sel, tokens.text) >= 4.5
    assert tokens.sel != ground


def test_high_contrast_drops_the_style_sheet(look, qapp, monkeypatch) -> None:
    monkeypatch.setattr(look, "has_high_contrast", lambda: True)
    look.on_contrast_changed()
    assert qapp.styleSheet() == ""
    monkeypatch.undo()
    look.on_contrast_changed()
    assert look.tokens is LIGHT
    assert qapp.styleSheet()
