"""What whoever starts a portal may choose."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

PORTAL_ID = "sangkien-portal"


class DuplicatePolicy(StrEnum):
    """What happens when another record of the same unit has the same title and main author."""

    WARN = "warn"
    REFUSE = "refuse"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Sizes in bytes, counts and times in seconds; told to clients by `/meta`."""

    batch_max_ops: int = 200
    batch_max_bytes: int = 2 * 1024 * 1024
    """Of the body as sent; inflated it may be twenty times as much."""
    op_max_bytes: int = 128 * 1024
    attachment_max_bytes: int = 25 * 1024 * 1024
    attachments_per_record: int = 10
    chunk_max_bytes: int = 8 * 1024 * 1024
    changes_max_limit: int = 500
    lookup_max_ops: int = 1000
    access_token_s: int = 3600
    refresh_token_s: int = 30 * 86400
    refresh_grace_s: int = 600
    device_code_s: int = 900
    device_interval_s: int = 5
    upload_s: int = 7 * 86400
    incomplete_s: int = 30 * 86400
    tombstone_s: int = 400 * 86400
    requests_per_minute: int = 1200
    """Per account; 0 means no limit."""


@dataclass(frozen=True, kw_only=True)
class PortalSettings:
    """One running portal."""

    database_url: str = "sqlite:///sangkien-portal.db"
    demo: bool = False
    """Invented data, sign-in codes approved by name, and the reviewer on request."""
    faults: bool = False
    """Faults on request; never for real data."""
    password_grant: bool = False
    duplicates: DuplicatePolicy = DuplicatePolicy.WARN
    public_url: str | None = None
    """Where people and stations reach this portal; None means as each request says."""
    auto_review_seed: int | None = None
    """Demonstration: the reviewer works through what has arrived after every batch, by this seed."""
    limits: Limits = field(default_factory=Limits)
    now: Callable[[], float] = time.time
    """Seconds since 1970, UTC."""

    def stamp(self) -> str:
        """The present as RFC 3339 in UTC, to the second."""
        return stamp(self.now())


def stamp(seconds: float) -> str:
    """Seconds since 1970 as RFC 3339 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
