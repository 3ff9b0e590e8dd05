"""The portal's own copy of each record, kept beside ours: what both last agreed on, and what came since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from sangkien_desktop.domain.document import Document
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.domain.sync_status import OperationState
from sangkien_desktop.storage import moment
from sangkien_desktop.storage.meta import to_json
from sangkien_desktop.storage.tables import InboxRow, InitiativeRow, TombstoneRow
from sangkien_desktop.storage.tables.base import instant_text

IDS_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class Copy:
    """What the station knows of the portal's version of one record. `base_rev` 0 means never seen there."""

    id: InitiativeId
    key: int
    lifecycle: Lifecycle
    version: int
    base_rev: int = 0
    base_doc: Document | None = None
    shadow_rev: int | None = None
    shadow_doc: Document | None = None
    portal_code: str | None = None
    portal_status: str = ""
    reason: Mapping[str, Any] | None = None
    """`rev` of the status, `code`, `note`, `by`, `votes`, as the portal gave them."""
    portal_at: datetime | None = None
    completeness: str = ""
    open_state: OperationState | None = None
    frozen_state: OperationState | None = None
    has_conflict: bool = False
    is_erased: bool = False

    @property
    def status_rev(self) -> int:
        """The revision of the status known here."""
        rev = (self.reason or {}).get("rev")
        return rev if isinstance(rev, int) else 0


def copies(session: Session, initiative_ids: Iterable[InitiativeId]) -> dict[InitiativeId, Copy]:
    """The copies of those records that exist here."""
    found: dict[InitiativeId, Copy] = {}
    listed = list(initiative_ids)
    row = InitiativeRow
    columns = (
        row.id,
        row.key,
        row.lifecycle,
        row.version,
        row.base_rev,
        row.base_doc,
        row.shadow_rev,
        row.shadow_doc,
        row.portal_code,
        row.portal_status,
        row.portal_reason,
        row.portal_at,
        row.completeness,
        row.open_state,
        row.frozen_state,
        row.has_conflict,
        row.erased_at,
    )
    for start in range(0, len(listed), IDS_AT_ONCE):
        query = select(*columns).where(row.id.in_(listed[start : start + IDS_AT_ONCE]))
        for values in session.execute(query):
            copy = _copy(values)
            found[copy.id] = copy
    return found


def _copy(values: Any) -> Copy:
    return Copy(
        id=InitiativeId(values.id),
        key=values.key,
        lifecycle=Lifecycle(values.lifecycle),
        version=values.version,
        base_rev=values.base_rev,
        base_doc=cast(Document | None, values.base_doc),
        shadow_rev=values.shadow_rev,
        shadow_doc=cast(Document | None, values.shadow_doc),
        portal_code=values.portal_code,
        portal_status=values.portal_status,
        reason=cast(Mapping[str, Any] | None, values.portal_reason),
        portal_at=values.portal_at,
        completeness=values.completeness,
        open_state=OperationState(values.open_state) if values.open_state else None,
        frozen_state=OperationState(values.frozen_state) if values.frozen_state else None,
        has_conflict=values.has_conflict,
        is_erased=values.erased_at is not None,
    )


def store(session: Session, changed: Iterable[Copy]) -> None:
    """Write what the station knows of the portal's versions; the record's own fields are not touched."""
    rows = [
        {
            "id": copy.id,
            "base_rev": copy.base_rev,
            "base_doc": _text(copy.base_doc),
            "shadow_rev": copy.shadow_rev,
            "shadow_doc": _text(copy.shadow_doc),
            "portal_code": copy.portal_code,
            "portal_status": copy.portal_status,
            "reason": _text(copy.reason),
            "portal_at": instant_text(copy.portal_at) if copy.portal_at else None,
            "completeness": copy.completeness,
        }
        for copy in changed
    ]
    if rows:
        session.execute(_STORE, rows)


_STORE = text(
    "UPDATE initiative SET base_rev = :base_rev, base_doc = :base_doc, shadow_rev = :shadow_rev,"
    " shadow_doc = :shadow_doc, portal_code = :portal_code, portal_status = :portal_status,"
    " portal_reason = :reason, portal_at = :portal_at, completeness = :completeness WHERE id = :id"
)


def _text(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else to_json(dict(value))


def hide(session: Session, initiative_ids: Sequence[InitiativeId]) -> None:
    """Records that the portal erased or took away: out of sight, still on the disk until retention ends."""
    if not initiative_ids:
        return
    session.execute(
        text("UPDATE initiative SET erased_at = :at WHERE id = :id AND erased_at IS NULL"),
        [{"at": instant_text(moment.now(session)), "id": one} for one in initiative_ids],
    )


def visible_count(session: Session) -> int:
    """Records that are not hidden."""
    return session.scalar(select(func.count()).where(InitiativeRow.erased_at.is_(None))) or 0


def known_revisions(session: Session, stream: str) -> tuple[tuple[str, int], ...]:
    """Pairs of id and newest known revision, for the digest of `record` or `status`."""
    row = InitiativeRow
    if stream == "record":
        query = select(row.id, func.max(row.base_rev, func.coalesce(row.shadow_rev, 0))).where(
            row.base_rev > 0, row.erased_at.is_(None)
        )
    else:
        rev = row.portal_reason["rev"].as_integer()
        query = select(row.id, rev).where(rev > 0, row.erased_at.is_(None))
    return tuple((one, int(rev)) for one, rev in session.execute(query.group_by(row.id)))


def tombstones(session: Session, stream: str, ids: Iterable[str]) -> dict[str, int]:
    """Id → revision at which the portal deleted it."""
    query = select(TombstoneRow.id, TombstoneRow.rev).where(
        TombstoneRow.stream == stream, TombstoneRow.id.in_(list(ids))
    )
    return {one: value for one, value in session.execute(query)}  # noqa: C416 - a Result is no iterable of pairs to dict()


def bury(session: Session, stream: str, thing: str, rev: int, reason: str) -> None:
    """Remember a deletion, so that a late page cannot undo it."""
    session.execute(
        text(
            "INSERT INTO tombstone (stream, id, rev, reason, at) VALUES (:stream, :id, :rev, :reason, :at)"
            " ON CONFLICT (stream, id) DO UPDATE SET rev = max(rev, excluded.rev)"
        ),
        {
            "stream": stream,
            "id": thing,
            "rev": rev,
            "reason": reason,
            "at": instant_text(moment.now(session)),
        },
    )


def set_aside(session: Session, page: str, changes: Sequence[Mapping[str, Any]]) -> None:
    """Keep changes that cannot be applied yet: they wait for their record, or for a person's word."""
    if not changes:
        return
    last = session.scalar(select(func.max(InboxRow.ordinal)).where(InboxRow.page_id == page))
    session.execute(
        text(
            "INSERT INTO inbox (page_id, ordinal, change, applied, received_at)"
            " VALUES (:page, :ordinal, :change, 0, :at)"
        ),
        [
            {
                "page": page,
                "ordinal": place,
                "change": to_json(dict(change)),
                "at": instant_text(moment.now(session)),
            }
            for place, change in enumerate(changes, start=0 if last is None else last + 1)
        ],
    )


def take_aside(session: Session, page: str) -> tuple[Mapping[str, Any], ...]:
    """The changes set aside under a name, which are then no longer there."""
    query = select(InboxRow.change).where(InboxRow.page_id == page).order_by(InboxRow.ordinal)
    found = tuple(cast(Mapping[str, Any], change) for change in session.scalars(query))
    if found:
        session.execute(text("DELETE FROM inbox WHERE page_id = :page"), {"page": page})
    return found


def count_aside(session: Session, page: str) -> int:
    """How many changes are set aside under a name."""
    return session.scalar(select(func.count()).where(InboxRow.page_id == page)) or 0


def taken_codes(session: Session, codes: Iterable[str]) -> frozenset[str]:
    """Those of these local codes that a record here already has."""
    listed = [code for code in codes if code]
    query = select(InitiativeRow.local_code).where(InitiativeRow.local_code.in_(listed))
    return frozenset(session.scalars(query)) if listed else frozenset()
