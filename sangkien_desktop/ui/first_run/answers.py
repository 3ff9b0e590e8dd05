"""What the first steps find out, and what they may have done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sangkien_desktop.services.backups import Secret
from sangkien_desktop.services.station import NewStation
from sangkien_desktop.ui.navigation import Intent


@dataclass
class Answers:
    """Filled step by step; kept while somebody goes back."""

    unit: str = ""
    short_name: str = ""
    unit_code: str = ""
    officer: str = ""
    programme: str = ""
    ground: str = ""
    recovery_kept_at: str = ""
    people_file: Path | None = None


@dataclass(frozen=True)
class Ending:
    """The screen to begin with."""

    screen: str = ""
    intent: Intent = field(default_factory=Intent)


@dataclass(frozen=True)
class FirstRunActs:
    """What the program does for the wizard; each runs off the main thread."""

    create: Callable[[NewStation], str]
    """Makes the station; its recovery code."""
    move_in: Callable[[Path, Secret], None]
    """Makes the station of a backup this PC's station."""
    finish: Callable[[Answers], None]
    """Writes the unit's name and the like into the open station."""
