"""Allowed moves of a record."""

from dataclasses import replace

from sangkien_desktop.domain.initiative import Initiative, Lifecycle

MOVES: frozenset[tuple[Lifecycle, Lifecycle]] = frozenset(
    {
        (Lifecycle.DRAFT, Lifecycle.READY),
        (Lifecycle.READY, Lifecycle.DRAFT),
        (Lifecycle.DRAFT, Lifecycle.WITHDRAWN),
        (Lifecycle.READY, Lifecycle.WITHDRAWN),
        (Lifecycle.WITHDRAWN, Lifecycle.DRAFT),
        (Lifecycle.WITHDRAWN, Lifecycle.READY),
    }
)


class MoveRefused(ValueError):
    """The record cannot go from where it is to where it should."""


def moved(record: Initiative, to: Lifecycle) -> Initiative:
    """The record in its new place; staying where it is, is always allowed. Raises MoveRefused."""
    if record.lifecycle is to:
        return record
    if (record.lifecycle, to) not in MOVES:
        raise MoveRefused(f"{record.lifecycle} -> {to}")
    return replace(record, lifecycle=to)
