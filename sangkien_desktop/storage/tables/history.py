"""What was done: history with undo, the audit chain, erasures; and small things the program remembers."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from sangkien_desktop.storage.tables.base import Base, Json


class UndoGroupRow(Base):
    """One act that can be taken back as a whole, with the name that the menu shows."""

    __tablename__ = "undo_group"

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    """Vietnamese, after “Hoàn tác”: “sửa Tên sáng kiến của STL-2026-00012”."""
    actor: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="done")
    """done, undone, or dropped: undone and then overtaken by a newer act."""

    __table_args__ = (Index("ix_undo_group_state", "state", "seq"),)


class HistoryRow(Base):
    """One saved version of one record: who, when, from where, and what changed.

    `before` and `after` hold plain values of the changed fields only. A first version has neither: the record
    itself, walked back through later patches, is what it began with.
    """

    __tablename__ = "record_history"

    seq: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[str]
    version: Mapped[int]
    act: Mapped[str] = mapped_column(default="edit")
    """create, edit or remove."""
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="typed")
    undo_group: Mapped[int | None] = mapped_column(ForeignKey("undo_group.seq"))
    before: Mapped[Json | None]
    after: Mapped[Json | None]

    __table_args__ = (
        Index("ix_record_history_record", "record_id", "version"),
        Index("ix_record_history_group", "undo_group", sqlite_where=text("undo_group IS NOT NULL")),
    )


class AuditRow(Base):
    """A link of the audit chain; holds ids, field names and salted hashes, never personal data."""

    __tablename__ = "audit_log"

    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    actor: Mapped[str]
    action: Mapped[str]
    entity: Mapped[str] = mapped_column(default="")
    detail: Mapped[Json | None]
    before_hash: Mapped[str] = mapped_column(default="")
    after_hash: Mapped[str] = mapped_column(default="")
    prev_hash: Mapped[str]
    hash: Mapped[str]


class ErasureRow(Base):
    """That something was erased, by salted hash of its id, so that no backup or bundle brings it back."""

    __tablename__ = "erasure"

    id_hash: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class SubjectRequestRow(Base):
    """What a person asked about their own data, and by when it must be answered."""

    __tablename__ = "subject_request"

    id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str | None]
    kind: Mapped[str]
    """access, correct, withdraw, restrict, object, erase."""
    received_at: Mapped[datetime]
    answer_by: Mapped[datetime | None]
    finish_by: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(default="open")
    data: Mapped[Json | None]
    closed_at: Mapped[datetime | None]


class DraftRow(Base):
    """A half-typed form, kept within seconds; not a record yet and not in history."""

    __tablename__ = "form_draft"

    form: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[Json]
    opened_version: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]


class SavedViewRow(Base):
    """A named filter, sort and set of columns."""

    __tablename__ = "saved_view"

    id: Mapped[str] = mapped_column(primary_key=True)
    screen: Mapped[str]
    name: Mapped[str]
    place: Mapped[int] = mapped_column(default=0)
    content: Mapped[Json]

    __table_args__ = (Index("uq_saved_view_name", "screen", "name", unique=True),)


class MetaRow(Base):
    """What the program remembers about the database itself, by name."""

    __tablename__ = "meta"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
