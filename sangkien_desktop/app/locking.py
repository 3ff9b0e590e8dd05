"""What the locked screen may say of a station: numbers and times, and who can open it."""

from datetime import datetime

from sangkien_desktop.app import OpenStation, frame
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.services import keys
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.lock.screen import LockFacts
from sangkien_desktop.vault.slots import SlotKind


def facts_of(opened: OpenStation, now: datetime) -> LockFacts:
    """Read while the station is still open; what stays on the screen once it is closed."""
    home = opened.desk.home
    waiting = frame.count(opened.sync.status(), frozenset({Badge.QUEUED, Badge.QUEUED_AGAIN}))
    notes = []
    if waiting:
        said = f"{formatting.number(waiting)} sáng kiến chờ gửi – sẽ gửi sau khi mở khóa"
        notes.append(("clock", said, "wait"))
    stage = opened.programmes.default().stage_at(now)
    if stage is not None:
        notes.append(("calendar", frame.deadline(stage.closes_at, now), "text2"))
    notes.append(("device-floppy", f"Mọi việc đã lưu lúc {formatting.clock_time(now)}", "text2"))
    own, name = opened.units.own(), opened.profile.profile().name
    parts = ((own.short_name or own.name) if own else "", f"trạm {name}" if name else "")
    known = officers(home)
    return LockFacts(
        place=" · ".join(part for part in parts if part),
        officers=known,
        opens_by_device=not known and opens_by_device(home),
        notes=tuple(notes),
    )


def officers(home: Home) -> tuple[str, ...]:
    """Whose passphrases open the station; those without a name are left out."""
    named = (way.label for way in _ways(home, SlotKind.PASSPHRASE) if way.label)
    return tuple(dict.fromkeys(named))


def opens_by_device(home: Home) -> bool:
    """Whether this PC's keyring may open it."""
    return bool(_ways(home, SlotKind.DEVICE))


def _ways(home: Home, kind: SlotKind) -> tuple[keys.Way, ...]:
    try:
        return tuple(way for way in keys.ways_of(home) if way.kind is kind)
    except AppError:
        return ()
