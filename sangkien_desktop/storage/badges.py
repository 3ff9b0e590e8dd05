"""The status badge as SQL: the same table as `domain.sync_status.badge`, over columns that triggers keep."""

from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.domain.sync_status import FROZEN, OPEN, Badge, OperationState, PortalStatus


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def state_list(states: frozenset[OperationState]) -> str:
    """The states as the inside of an SQL IN list, in the order of their declaration."""
    return ", ".join(_quoted(state) for state in OperationState if state in states)


OPEN_STATES = state_list(OPEN)
FROZEN_STATES = state_list(FROZEN)
OUTCOME_STATES = state_list(frozenset(OperationState) - OPEN - FROZEN - {OperationState.CANCELLED})
"""Answers of the portal. A cancelled operation was never sent, so it has no outcome and hides none."""

_IDLE = "open_state IS NULL AND frozen_state IS NULL"

# First line that applies wins; a test compares every combination of facts with the domain's function.
_LINES: tuple[tuple[str, Badge], ...] = (
    ("has_conflict", Badge.CONFLICT),
    (f"{_IDLE} AND portal_status = {_quoted(PortalStatus.RETURNED)}", Badge.RETURNED),
    (f"{_IDLE} AND last_outcome = {_quoted(OperationState.REJECTED)}", Badge.REJECTED),
    (f"{_IDLE} AND last_outcome = {_quoted(OperationState.DUPLICATE)}", Badge.DUPLICATE),
    (f"frozen_state = {_quoted(OperationState.PARKED)}", Badge.PARKED),
    (
        f"lifecycle = {_quoted(Lifecycle.DRAFT)} AND error_count > 0 AND frozen_state IS NULL",
        Badge.INCOMPLETE,
    ),
    (f"frozen_state = {_quoted(OperationState.UNKNOWN)}", Badge.UNKNOWN),
    (f"frozen_state = {_quoted(OperationState.CARRIED)}", Badge.CARRIED),
    (f"frozen_state = {_quoted(OperationState.WAITING)}", Badge.WAITING),
    ("frozen_state IS NOT NULL", Badge.SENDING),
    (f"open_state = {_quoted(OperationState.HELD)} OR (open_state IS NOT NULL AND is_held)", Badge.HELD),
    ("open_state IS NOT NULL AND was_applied", Badge.QUEUED_AGAIN),
    ("open_state IS NOT NULL", Badge.QUEUED),
    (f"lifecycle = {_quoted(Lifecycle.WITHDRAWN)}", Badge.WITHDRAWN),
    (f"portal_status = {_quoted(PortalStatus.VALID)}", Badge.VALID),
    ("was_applied OR portal_status <> ''", Badge.RECEIVED),
)

BADGE_SQL = (
    "CASE "
    + " ".join(f"WHEN {condition} THEN {_quoted(badge)}" for condition, badge in _LINES)
    + f" ELSE {_quoted(Badge.DRAFT)} END"
)
"""An expression over the columns of `initiative`; the table computes `badge` from it and indexes it."""
