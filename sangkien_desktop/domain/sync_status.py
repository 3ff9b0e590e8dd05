"""What the status badge says: derived from facts, never stored. LOOK: the first line that applies wins."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sangkien_desktop.domain.initiative import Lifecycle


class OperationState(StrEnum):
    """States of an operation in the outbox."""

    QUEUED = "queued"
    HELD = "held"
    SEALED = "sealed"
    INFLIGHT = "inflight"
    UNKNOWN = "unknown"
    WAITING = "waiting"
    PARKED = "parked"
    CARRIED = "carried"
    APPLIED = "applied"
    MERGED = "merged"
    REJECTED = "rejected"
    CONFLICT = "conflict"
    DUPLICATE = "duplicate"
    CANCELLED = "cancelled"


OPEN = frozenset({OperationState.QUEUED, OperationState.HELD})
"""May still absorb edits; at most one per record."""
FROZEN = frozenset(
    {
        OperationState.SEALED,
        OperationState.INFLIGHT,
        OperationState.UNKNOWN,
        OperationState.WAITING,
        OperationState.PARKED,
        OperationState.CARRIED,
    }
)
"""Bytes fixed, no outcome yet; at most one per record."""
TERMINAL = frozenset(OperationState) - OPEN - FROZEN


class PortalStatus(StrEnum):
    """What the portal says of a record; unknown words are kept as they came and shown as “khác”."""

    NONE = ""
    RECEIVED = "received"
    VALID = "valid"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Badge(StrEnum):
    """The one badge of a record; the value is what people read."""

    CONFLICT = "Mâu thuẫn"
    RETURNED = "Cổng trả lại"
    REJECTED = "Cổng từ chối"
    DUPLICATE = "Trùng trên Cổng"
    PARKED = "Gác lại"
    INCOMPLETE = "Chờ bổ sung"
    HELD = "Tạm giữ"
    UNKNOWN = "Đang hỏi lại Cổng"
    SENDING = "Đang gửi"
    CARRIED = "Đang mang bằng USB"
    WAITING = "Cổng hẹn lại"
    QUEUED_AGAIN = "Chờ gửi lại"
    QUEUED = "Chờ gửi"
    WITHDRAWN = "Đã rút"
    VALID = "Hợp lệ"
    RECEIVED = "Cổng đã nhận"
    DRAFT = "Nháp"


NEEDS_A_PERSON = frozenset(
    {Badge.CONFLICT, Badge.RETURNED, Badge.REJECTED, Badge.DUPLICATE, Badge.PARKED, Badge.INCOMPLETE}
)
"""Badges on which nothing moves until somebody acts."""


@dataclass(frozen=True, kw_only=True)
class SyncFacts:
    """What the database knows about one record's way to the portal."""

    lifecycle: Lifecycle
    has_errors: bool = False
    open_state: OperationState | None = None
    """State of its open operation, if any."""
    frozen_state: OperationState | None = None
    """State of its frozen operation, if any."""
    last_outcome: OperationState | None = None
    """State of its newest terminal operation, if any."""
    has_conflict: bool = False
    is_held: bool = False
    """No ground for sending, or put on hold by a person."""
    portal_status: str = ""
    was_applied: bool = False
    """Some operation of the record was applied or merged before."""
    next_at: datetime | None = None


_OF_FROZEN = {
    OperationState.PARKED: Badge.PARKED,
    OperationState.UNKNOWN: Badge.UNKNOWN,
    OperationState.SEALED: Badge.SENDING,
    OperationState.INFLIGHT: Badge.SENDING,
    OperationState.CARRIED: Badge.CARRIED,
    OperationState.WAITING: Badge.WAITING,
}


def badge(facts: SyncFacts) -> Badge:
    """The badge of a record, by the table of LOOK §5: the first line that applies."""
    if facts.has_conflict:
        return Badge.CONFLICT
    if facts.open_state is None and facts.frozen_state is None:
        refused = _refused(facts)
        if refused is not None:
            return refused
    if facts.frozen_state is OperationState.PARKED:
        return Badge.PARKED
    if facts.lifecycle is Lifecycle.DRAFT and facts.has_errors and facts.frozen_state is None:
        return Badge.INCOMPLETE
    return _on_its_way(facts) or _at_rest(facts)


def _refused(facts: SyncFacts) -> Badge | None:
    if facts.portal_status == PortalStatus.RETURNED:
        return Badge.RETURNED
    if facts.last_outcome is OperationState.REJECTED:
        return Badge.REJECTED
    if facts.last_outcome is OperationState.DUPLICATE:
        return Badge.DUPLICATE
    return None


def _on_its_way(facts: SyncFacts) -> Badge | None:
    if facts.frozen_state is not None:
        return _OF_FROZEN[facts.frozen_state]
    if facts.open_state is OperationState.HELD or (facts.open_state is not None and facts.is_held):
        return Badge.HELD
    if facts.open_state is OperationState.QUEUED:
        return Badge.QUEUED_AGAIN if facts.was_applied else Badge.QUEUED
    return None


def _at_rest(facts: SyncFacts) -> Badge:
    if facts.lifecycle is Lifecycle.WITHDRAWN:
        return Badge.WITHDRAWN
    if facts.portal_status == PortalStatus.VALID:
        return Badge.VALID
    if facts.was_applied or facts.portal_status:
        return Badge.RECEIVED
    return Badge.DRAFT


@dataclass(frozen=True, kw_only=True)
class StationFacts:
    """Counts over the whole station, from which alone “all at the portal” may be said."""

    records: int
    """Records that are not withdrawn before ever being sent."""
    not_terminal: int
    """Operations that are open or frozen."""
    files_missing: int
    """Attachments of sent records not yet stored at the portal."""
    refused: int
    """Records rejected, returned or duplicate with nothing newer queued."""
    conflicts: int
    drafts: int
    """Records never marked ready."""


def all_at_portal(facts: StationFacts) -> bool:
    """The one function that may say “Tất cả đã ở Cổng”."""
    waiting = facts.not_terminal + facts.files_missing + facts.refused + facts.conflicts + facts.drafts
    return facts.records > 0 and waiting == 0
