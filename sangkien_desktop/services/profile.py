"""What this station is: its name, its accounts, the ground on which it sends, where its recovery code lies."""

from dataclasses import dataclass
from datetime import datetime

from sangkien_desktop import __version__
from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.services import grounds
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.grounds import Ground
from sangkien_desktop.storage import accounts, initiatives, meta, outbox, sync_marks
from sangkien_desktop.storage.accounts import Account
from sangkien_desktop.storage.initiatives import Query
from sangkien_desktop.storage.sessions import Session

RECOVERY_KEPT_AT, RECOVERY_MADE_AT = "recovery_kept_at", "recovery_made_at"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Facts of the station that the settings screen shows."""

    name: str
    short_id: str
    folder: str
    version: str
    portal_url: str
    recovery_kept_at: str
    """Where the printed recovery code is kept, in the officer's words; empty when nobody has said."""
    recovery_made_at: datetime | None


class ProfileService:
    """The station's own facts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._database = desk.database

    def profile(self) -> Profile:
        """Everything at once."""
        with self._database.read() as session:
            station = sync_marks.station(session)
            kept_at = meta.get(session, RECOVERY_KEPT_AT)
            made_at = meta.get(session, RECOVERY_MADE_AT)
        return Profile(
            name=station.name if station else "",
            short_id=station.id[:8] if station else "",
            folder=str(self._desk.home.folder),
            version=__version__,
            portal_url=(station.portal_url if station else None) or self._desk.settings().portal_url,
            recovery_kept_at=kept_at,
            recovery_made_at=datetime.fromisoformat(made_at) if made_at else None,
        )

    def rename(self, name: str) -> Changes:
        """Another name for the station, as papers and the lock screen say it."""
        with self._database.write() as session:
            sync_marks.ensure_station(session)
            sync_marks.rename(session, name.strip())
        return Changes(settings=True)

    def note_recovery(self, kept_at: str) -> Changes:
        """Remember that a recovery code was printed now, and where the paper lies."""
        with self._database.write() as session:
            meta.put(session, RECOVERY_KEPT_AT, kept_at.strip())
            meta.put(session, RECOVERY_MADE_AT, self._desk.clock.now().isoformat())
        return Changes(settings=True)

    def accounts(self) -> tuple[Account, ...]:
        """Every portal account ever used here, by name."""
        with self._database.read() as session:
            return accounts.listed(session)

    def current_account(self) -> Account | None:
        """The account that works now."""
        with self._database.read() as session:
            return accounts.current(session)

    def ground(self) -> Ground | None:
        """The ground declared for all authors; None when each one's own consent is needed."""
        with self._database.read() as session:
            return grounds.ground(session)

    def declare_ground(self, text: str) -> Changes:
        """Declare the ground on which the unit sends its authors' data; an empty text takes it back."""
        declared = (
            Ground(text.strip(), self._desk.clock.today(), self._desk.actor()) if text.strip() else None
        )
        with self._database.write() as session:
            grounds.declare(session, declared)
            if declared is not None:
                outbox.release(session, _held_for_a_ground(session))
        return Changes(settings=True, many_initiatives=True)


def _held_for_a_ground(session: Session) -> list[InitiativeId]:
    rows = initiatives.page(session, initiatives.keys(session, Query(badges=frozenset({Badge.HELD}))))
    return [row.record.id for row in rows if row.hold_reason.startswith(grounds.NO_CONSENT)]
