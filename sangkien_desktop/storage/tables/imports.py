"""Files that were read in, row by row, and how their columns were understood."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from sangkien_desktop.storage.tables.base import Base, Json


class ImportJobRow(Base):
    """One reading of one sheet of one file."""

    __tablename__ = "import_job"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default="initiatives")
    file_name: Mapped[str]
    file_sha256: Mapped[str] = mapped_column(index=True)
    sheet: Mapped[str] = mapped_column(default="")
    header_fingerprint: Mapped[str] = mapped_column(default="")
    mapping: Mapped[Json | None]
    state: Mapped[str] = mapped_column(default="done")
    """previewed, done or undone."""
    actor: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    undo_group: Mapped[int | None] = mapped_column(ForeignKey("undo_group.seq"))
    row_count: Mapped[int] = mapped_column(default=0)
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    blank: Mapped[int] = mapped_column(default=0)


class ImportRowRow(Base):
    """What became of one row; the annotated workbook is made from here."""

    __tablename__ = "import_row"

    job: Mapped[str] = mapped_column(ForeignKey("import_job.id", ondelete="CASCADE"), primary_key=True)
    row_no: Mapped[int] = mapped_column(primary_key=True)
    raw: Mapped[Json | None]
    parsed: Mapped[Json | None]
    row_hash: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str]
    """created, updated, unchanged, rejected or blank."""
    issues: Mapped[Json | None]
    record_id: Mapped[str | None]

    __table_args__ = (
        Index("ix_import_row_record", "record_id", sqlite_where=text("record_id IS NOT NULL")),
        Index("ix_import_row_hash", "row_hash", sqlite_where=text("row_hash <> ''")),
        {"sqlite_with_rowid": False},
    )


class MappingRow(Base):
    """How the columns of files with this header were understood by a person."""

    __tablename__ = "mapping_template"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default="initiatives")
    name: Mapped[str] = mapped_column(default="")
    header_fingerprint: Mapped[str]
    mapping: Mapped[Json]
    used_at: Mapped[datetime]

    __table_args__ = (Index("uq_mapping_template_header", "kind", "header_fingerprint", unique=True),)
