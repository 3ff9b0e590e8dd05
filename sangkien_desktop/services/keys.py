"""The ways by which this station is opened: passphrases, this PC, the printed code."""

from dataclasses import dataclass
from datetime import datetime

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.paths import Home
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.vault import slots
from sangkien_desktop.vault.credentials import SystemKeyring
from sangkien_desktop.vault.slots import SlotKind
from sangkien_desktop.vault.vault import DataKey, Vault


@dataclass(frozen=True)
class Way:
    """One way to open the station."""

    id: str
    kind: SlotKind
    label: str
    """Whose passphrase it is; empty for one without a name."""
    made_at: datetime | None


class KeyService:
    """Adding, changing and closing ways; at least one besides the printed code always stays."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ways(self) -> tuple[Way, ...]:
        """Every way, in the order in which they were added."""
        return ways_of(self._desk.home)

    def add_passphrase(self, passphrase: str, label: str) -> Changes:
        """A passphrase for one more officer. Raises AppError `weak-passphrase`."""
        self._vault().add_passphrase(passphrase, label=label)
        return Changes(settings=True)

    def change_passphrase(self, way: str, old: str, new: str) -> Changes:
        """Another passphrase for the same officer. Raises AppError `wrong-passphrase`, `weak-passphrase`."""
        self._vault().change_passphrase(way, old, new)
        return Changes(settings=True)

    def add_device(self) -> Changes:
        """Open by itself on this PC. Raises AppError `keyring-unavailable`."""
        self._vault().add_device()
        return Changes(settings=True)

    def remove(self, way: str) -> Changes:
        """Close one way. Raises AppError `last-key`."""
        self._vault().remove(way)
        return Changes(settings=True)

    def new_recovery_code(self) -> str:
        """A fresh code, shown this once; the printed ones of before open nothing any more."""
        return self._vault().new_recovery_code()

    def keyring_works(self) -> bool:
        """Whether this PC has a keyring that may hold a key; answers within seconds."""
        return SystemKeyring().probe()

    def _vault(self) -> Vault:
        return Vault(self._desk.home, DataKey(self._desk.database.key))


def ways_of(home: Home) -> tuple[Way, ...]:
    """The ways into a station that may be closed. Raises AppError `no-keyslots`, `keyslots-damaged`."""
    return tuple(
        Way(slot.id, slot.kind, slot.label, _moment(slot.created_at))
        for slot in slots.read(home.keyslots).slots
    )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
