"""Every colour of the program, light and dark; nothing else in the code holds one."""

from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True)
class Tokens:
    """Colour roles as `#RRGGBB`. `x_soft` is the quiet ground of the state whose ink is `x`."""

    window: str
    surface: str
    raised: str
    side: str
    header: str
    line: str
    line_strong: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    accent_soft: str
    sel: str
    sel_inactive: str
    focus: str
    ok: str
    ok_soft: str
    wait: str
    wait_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    conflict: str
    conflict_soft: str
    mute: str
    mute_soft: str

    def colour(self, role: str) -> str:
        """The colour of a role named by data. Raises KeyError for a name that is no role."""
        if role not in ROLES:
            raise KeyError(role)
        return str(getattr(self, role))


ROLES: Final = tuple(one.name for one in fields(Tokens))
"""The names of all roles."""

STATES: Final = ("ok", "wait", "warn", "bad", "conflict", "mute")
"""The roles that say a state; each has its `_soft` ground."""

LIGHT: Final = Tokens(
    window="#F4F5F7",
    surface="#FFFFFF",
    raised="#FFFFFF",
    side="#ECEFF3",
    header="#EEF1F5",
    line="#D9DEE5",
    line_strong="#7F8A9A",
    text="#1B222C",
    text2="#4E5968",
    text3="#5D6979",
    accent="#1B5FAA",
    accent_hover="#164F8F",
    on_accent="#FFFFFF",
    accent_text="#174F8E",
    accent_soft="#E3EDF9",
    sel="#D6E6F8",
    sel_inactive="#E4E8EE",
    focus="#1B5FAA",
    ok="#1C6B3F",
    ok_soft="#E1F2E8",
    wait="#2F5E86",
    wait_soft="#E4EEF6",
    warn="#7F5200",
    warn_soft="#FBF0D6",
    bad="#B0231B",
    bad_soft="#FBE6E4",
    conflict="#6A3AA8",
    conflict_soft="#EFE7F9",
    mute="#586273",
    mute_soft="#E9ECF1",
)

DARK: Final = Tokens(
    window="#16191E",
    surface="#1E2228",
    raised="#272C34",
    side="#121519",
    header="#262B33",
    line="#363D47",
    line_strong="#7C8798",
    text="#E8EBEF",
    text2="#B4BDC9",
    text3="#98A2B0",
    accent="#5BA3EE",
    accent_hover="#79B5F3",
    on_accent="#0C1A2A",
    accent_text="#8FC2F7",
    accent_soft="#1D3450",
    sel="#23456B",
    sel_inactive="#303742",
    focus="#7DB8F5",
    ok="#7CCF9C",
    ok_soft="#1B3527",
    wait="#93C1E6",
    wait_soft="#1E3243",
    warn="#E9BC62",
    warn_soft="#3A2F16",
    bad="#FF9A90",
    bad_soft="#43211F",
    conflict="#C7A6F2",
    conflict_soft="#33264A",
    mute="#AEB7C3",
    mute_soft="#2C323A",
)


def high_contrast(ground: str, ink: str, highlight: str, on_highlight: str) -> Tokens:
    """Tokens of the system's high-contrast palette: two colours, states told by icon and word alone."""
    mixed = (_mixed(ground, highlight, share) for share in (0.6, 0.45, 0.3, 0.15, 0.0))
    sel = next((one for one in mixed if contrast(one, ink) >= 4.5), ground)
    inks = {"text", "text2", "text3", "line", "line_strong", "accent_text", "focus", *STATES}
    made = {role: ink if role in inks else ground for role in ROLES}
    made |= {"accent": highlight, "accent_hover": highlight, "on_accent": on_highlight}
    return Tokens(**(made | {"sel": sel, "sel_inactive": sel}))


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two `#RRGGBB` colours, 1…21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _mixed(one: str, other: str, share: float) -> str:
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
