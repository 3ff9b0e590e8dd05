"""The portal's schema. What must never happen twice is a key here, not a question in code."""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Id = String(36)


class Base(DeclarativeBase):
    """Times shown to people are RFC 3339 text in UTC; times compared are seconds since 1970; trees are JSON text."""


class PortalRow(Base):
    """The one row of the portal itself. Every writer locks it first, so positions are in order of commit."""

    __tablename__ = "portal"
    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[str] = mapped_column(Id)
    position: Mapped[int] = mapped_column(BigInteger, default=0)
    floor: Mapped[int] = mapped_column(BigInteger, default=0)
    """Highest position of a tombstone that has been thrown away; an older cursor has expired."""
    code_counter: Mapped[int] = mapped_column(BigInteger, default=100000)
    secret: Mapped[str] = mapped_column(String(64))
    sign_key: Mapped[str] = mapped_column(String(64))
    last_receipt: Mapped[str | None] = mapped_column(String(64))
    maintenance_until: Mapped[int | None] = mapped_column(BigInteger)
    notice: Mapped[str | None] = mapped_column(Text)


class UnitRow(Base):
    """A unit of the tree; `path` lists the codes from the top, each closed by a slash."""

    __tablename__ = "unit"
    unit_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    path: Mapped[str] = mapped_column(String(400), index=True)
    name: Mapped[str] = mapped_column(String(250))
    kind: Mapped[str] = mapped_column(String(60))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("unit.unit_id"))
    cluster: Mapped[str | None] = mapped_column(String(60))
    members: Mapped[int] = mapped_column(Integer, default=0)
    valid_from: Mapped[str] = mapped_column(String(10))
    valid_to: Mapped[str | None] = mapped_column(String(10))


class AccountRow(Base):
    """Someone who may sign in. Role is officer or reviewer."""

    __tablename__ = "account"
    account_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.unit_id"))
    role: Mapped[str] = mapped_column(String(20))
    scopes: Mapped[str] = mapped_column(String(300))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    acting_for: Mapped[str] = mapped_column(Text, default="")
    is_active: Mapped[bool] = mapped_column(default=True)


class TokenRow(Base):
    """A token by the hash of its text. A family holds all that grew out of one sign-in."""

    __tablename__ = "token"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    family_id: Mapped[str] = mapped_column(Id, index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.account_id"))
    station_id: Mapped[str] = mapped_column(String(60))
    scopes: Mapped[str] = mapped_column(String(300))
    expires_at: Mapped[int] = mapped_column(BigInteger)
    rotated_at: Mapped[int | None] = mapped_column(BigInteger)


class DeviceCodeRow(Base):
    """A sign-in waiting for somebody to approve it on another device."""

    __tablename__ = "device_code"
    device_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_code: Mapped[str] = mapped_column(String(9), unique=True)
    station_id: Mapped[str] = mapped_column(String(60))
    scopes: Mapped[str] = mapped_column(String(300))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.account_id"))
    state: Mapped[str] = mapped_column(String(10))
    expires_at: Mapped[int] = mapped_column(BigInteger)
    interval_s: Mapped[int] = mapped_column(Integer)
    polled_at: Mapped[int] = mapped_column(BigInteger, default=0)


class SignInCodeRow(Base):
    """An authorization code (RFC 6749) with its PKCE challenge; used once."""

    __tablename__ = "sign_in_code"
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.account_id"))
    client_id: Mapped[str] = mapped_column(String(60))
    redirect_uri: Mapped[str] = mapped_column(String(300))
    challenge: Mapped[str] = mapped_column(String(128))
    scopes: Mapped[str] = mapped_column(String(300))
    expires_at: Mapped[int] = mapped_column(BigInteger)


class BatchRow(Base):
    """A batch and the answer it got, kept word for word."""

    __tablename__ = "batch"
    batch_id: Mapped[str] = mapped_column(Id, primary_key=True)
    body_sha256: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[str] = mapped_column(String(60))
    unit_id: Mapped[str] = mapped_column(String(60))
    path: Mapped[str] = mapped_column(String(400))
    relayed_by: Mapped[str | None] = mapped_column(String(60))
    received_at: Mapped[str] = mapped_column(String(20))
    answer: Mapped[str | None] = mapped_column(Text)
    """None once the details have expired."""


class OpRow(Base):
    """An operation and its one outcome, for ever."""

    __tablename__ = "op"
    op_id: Mapped[str] = mapped_column(Id, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    record_id: Mapped[str] = mapped_column(Id, index=True)
    path: Mapped[str] = mapped_column(String(400))
    account_id: Mapped[str] = mapped_column(String(60))
    batch_id: Mapped[str] = mapped_column(Id)
    outcome: Mapped[str] = mapped_column(Text)


class RecordRow(Base):
    """An initiative's head; its documents are revisions. All revs of a record come from one counter, `rev`."""

    __tablename__ = "record"
    record_id: Mapped[str] = mapped_column(Id, primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(60))
    path: Mapped[str] = mapped_column(String(400))
    programme: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(300))
    group_id: Mapped[str | None] = mapped_column(String(60))
    portal_code: Mapped[str] = mapped_column(String(20), unique=True)
    created_hash: Mapped[str] = mapped_column(String(80))
    likeness: Mapped[str] = mapped_column(String(64))
    """Hash of unit, programme, folded title and main author: equal means the same business object."""
    rev: Mapped[int]
    doc_rev: Mapped[int]
    status_rev: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    reason_code: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text)
    votes: Mapped[int] = mapped_column(Integer, default=0)
    completeness: Mapped[str] = mapped_column(String(12), default="complete")
    updated_by: Mapped[str] = mapped_column(String(60))
    updated_at: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[str] = mapped_column(String(20))
    erased: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        Index("ix_record_path_status", "path", "status"),
        Index("ix_record_likeness", "likeness"),
    )


class RevisionRow(Base):
    """A document as it stood from `rev` on."""

    __tablename__ = "revision"
    record_id: Mapped[str] = mapped_column(ForeignKey("record.record_id"), primary_key=True)
    rev: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[str] = mapped_column(String(20))


class FeedRow(Base):
    """The latest change of one thing of one stream; an empty `path` is seen by everyone."""

    __tablename__ = "feed"
    stream: Mapped[str] = mapped_column(String(12), primary_key=True)
    entity_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    rev: Mapped[int]
    is_deleted: Mapped[bool] = mapped_column(default=False)
    path: Mapped[str] = mapped_column(String(400))
    at: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[str] = mapped_column(Text)
    """JSON of the change without stream, id, op and rev."""
    __table_args__ = (UniqueConstraint("position", name="uq_feed_position"),)


class ProgrammeRow(Base):
    """A programme with its stages and lists as JSON."""

    __tablename__ = "programme"
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    applied_from: Mapped[str | None] = mapped_column(String(10))
    applied_to: Mapped[str | None] = mapped_column(String(10))
    is_open: Mapped[bool] = mapped_column(default=True)
    body: Mapped[str] = mapped_column(Text)


class QuotaRow(Base):
    """A number a unit has registered or been assigned for a period of a programme."""

    __tablename__ = "quota"
    quota_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.unit_id"), index=True)
    programme: Mapped[str] = mapped_column(String(60))
    period: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    stretch: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    counted_before: Mapped[int] = mapped_column(default=0)
    """Found valid before this portal began, so not among its records."""
    first_day: Mapped[str | None] = mapped_column(String(10))
    last_day: Mapped[str | None] = mapped_column(String(10))
    """Counted are the records first applied within these days; None means all."""


class AttachmentRow(Base):
    """A declared file. State is missing, partial, stored, corrupt or stale."""

    __tablename__ = "attachment"
    attachment_id: Mapped[str] = mapped_column(Id, primary_key=True)
    record_id: Mapped[str] = mapped_column(Id, index=True)
    path: Mapped[str] = mapped_column(String(400))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(250))
    media_type: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10))
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    upload_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[int | None] = mapped_column(BigInteger)
    declared_at: Mapped[int] = mapped_column(BigInteger)


class ChunkRow(Base):
    """Bytes of an attachment from `start` on; kept with the offset in one transaction."""

    __tablename__ = "chunk"
    attachment_id: Mapped[str] = mapped_column(ForeignKey("attachment.attachment_id"), primary_key=True)
    start: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class CommitmentRow(Base):
    """A hash that was shown before a deadline."""

    __tablename__ = "commitment"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(60))
    committed_at: Mapped[str] = mapped_column(String(20))
    receipt: Mapped[str] = mapped_column(Text)
