"""The way to the portal: station, accounts, operations, batches, cursors, conflicts and receipts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from sangkien_desktop.domain.sync_status import OperationState
from sangkien_desktop.storage.badges import FROZEN_STATES, OPEN_STATES, state_list
from sangkien_desktop.storage.tables.base import Base, Json


class StationRow(Base):
    """This station; exactly one row. The epoch rises at every restore."""

    __tablename__ = "station"

    station_id: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[str]
    epoch_number: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(default="")
    machine_fp: Mapped[str]
    sign_key_ref: Mapped[str] = mapped_column(default="")
    sign_key_seed: Mapped[bytes | None]
    """Ed25519 seed; lies in the encrypted database only."""
    portal_id: Mapped[str | None]
    portal_epoch: Mapped[str | None]
    portal_url: Mapped[str | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]


class AccountRow(Base):
    """A portal account used on this PC; signing out or switching deletes no work."""

    __tablename__ = "account"

    account_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[str | None]
    role: Mapped[str] = mapped_column(default="")
    auth_state: Mapped[str] = mapped_column(default="signed_out")
    token_blob: Mapped[bytes | None]
    token_expires_at: Mapped[datetime | None]
    portal_id: Mapped[str | None]
    is_current: Mapped[bool] = mapped_column(default=False)
    data: Mapped[Json | None]
    last_ok_at: Mapped[datetime | None]
    created_at: Mapped[datetime | None]

    __table_args__ = (
        Index("uq_account_current", "is_current", unique=True, sqlite_where=text("is_current")),
    )


class OperationRow(Base):
    """One operation. Its bytes and `op_id` come together at seal and never change; triggers hold both."""

    __tablename__ = "op"

    op_key: Mapped[int] = mapped_column(primary_key=True)
    op_id: Mapped[str | None] = mapped_column(unique=True)
    record_id: Mapped[str]
    seq: Mapped[int | None]
    kind: Mapped[str]
    base_rev: Mapped[int] = mapped_column(default=0)
    changed: Mapped[Json | None]
    payload: Mapped[bytes | None]
    payload_hash: Mapped[str | None]
    schema_version: Mapped[int] = mapped_column(default=1)
    sealed_version: Mapped[int | None]
    """The record's local version that the payload was made from; set by a trigger at seal."""
    account_id: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="queued")
    batch_id: Mapped[str | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    next_at: Mapped[datetime | None]
    last_problem: Mapped[Json | None]
    outcome: Mapped[Json | None]
    replaces_op: Mapped[str | None]
    actor: Mapped[str] = mapped_column(default="", server_default=text("''"))
    created_at: Mapped[datetime]
    sealed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"state IN ({state_list(frozenset(OperationState))})", name="state"),
        CheckConstraint(
            f"state NOT IN ({FROZEN_STATES})"
            " OR (op_id IS NOT NULL AND payload IS NOT NULL AND payload_hash IS NOT NULL)",
            name="sealed_has_bytes",
        ),
        Index("uq_op_frozen", "record_id", unique=True, sqlite_where=text(f"state IN ({FROZEN_STATES})")),
        Index("uq_op_open", "record_id", unique=True, sqlite_where=text(f"state IN ({OPEN_STATES})")),
        Index("uq_op_seq", "seq", unique=True, sqlite_where=text("seq IS NOT NULL")),
        Index("ix_op_record", "record_id", "op_key"),
        Index("ix_op_state", "state", "next_at"),
    )


class BatchRow(Base):
    """A parcel of frozen operations; the body is the very bytes that are sent, however often."""

    __tablename__ = "batch"

    batch_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str | None]
    channel: Mapped[str] = mapped_column(default="http")
    body: Mapped[bytes]
    body_hash: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    """built, sending, answered, settled, unknown, carried."""
    n_ops: Mapped[int]
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    http_status: Mapped[int | None]
    response: Mapped[bytes | None]
    last_problem: Mapped[Json | None]
    created_at: Mapped[datetime]
    first_sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]


class SyncStreamRow(Base):
    """How far a stream was read; written together with the page that was applied."""

    __tablename__ = "sync_stream"

    stream: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(primary_key=True, default="")
    cursor: Mapped[str | None]
    as_of: Mapped[datetime | None]
    digest: Mapped[Json | None]
    last_full_at: Mapped[datetime | None]
    last_ok_at: Mapped[datetime | None]


class InboxRow(Base):
    """A page of changes, staged whole before any of it is applied."""

    __tablename__ = "inbox"

    page_id: Mapped[str] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    change: Mapped[Json]
    applied: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime | None]


class TombstoneRow(Base):
    """Something the portal deleted; blocks its return by a late page or an old backup."""

    __tablename__ = "tombstone"

    stream: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    rev: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime | None]


class ConflictRow(Base):
    """Both sides of a clash; kept after a person has decided."""

    __tablename__ = "conflict"

    conflict_id: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    op_id: Mapped[str | None]
    base: Mapped[Json | None]
    mine: Mapped[Json]
    theirs: Mapped[Json]
    theirs_rev: Mapped[int] = mapped_column(default=0)
    fields: Mapped[Json]
    state: Mapped[str] = mapped_column(default="open")
    """open or resolved."""
    rule: Mapped[str] = mapped_column(default="")
    resolved_by: Mapped[str | None]
    resolution: Mapped[Json | None]
    created_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_conflict_record", "record_id"),
        Index("uq_conflict_open", "record_id", unique=True, sqlite_where=text("state = 'open'")),
    )


class ReceiptRow(Base):
    """The portal's signed word that it has a batch: printable proof."""

    __tablename__ = "receipt"

    batch_id: Mapped[str] = mapped_column(primary_key=True)
    jws: Mapped[str]
    verified: Mapped[bool] = mapped_column(default=False)
    hop: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime | None]


class NetLogRow(Base):
    """What was asked of the network and how it went: no bodies, no tokens. A ring kept by `seq`."""

    __tablename__ = "net_log"

    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    method: Mapped[str]
    path: Mapped[str]
    status: Mapped[int | None]
    ms: Mapped[int | None]
    bytes: Mapped[int | None]
    problem: Mapped[str] = mapped_column(default="")
    trace_id: Mapped[str | None]


class LeaseRow(Base):
    """Who does a job that only one worker may do, and until when."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    owner_pid: Mapped[int]
    owner: Mapped[str] = mapped_column(default="")
    until: Mapped[datetime]
