"""Near duplicates: candidate bands, the document-frequency model, and what people decided."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from sangkien_desktop.storage.tables.base import Base, Json


class ScreeningBandRow(Base):
    """A band of an initiative's sketch: initiatives that share a band are looked at together."""

    __tablename__ = "screening_band"

    band: Mapped[int] = mapped_column(primary_key=True)
    """Signed 64 bits; the number of the band is mixed into the hash."""
    initiative: Mapped[int] = mapped_column(
        ForeignKey("initiative.key", ondelete="CASCADE"), primary_key=True, index=True
    )

    __table_args__ = ({"sqlite_with_rowid": False},)


class ScreeningWordRow(Base):
    """In how many initiatives a word occurs, by the word's 64-bit hash."""

    __tablename__ = "screening_word"

    word: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    documents: Mapped[int]


class ScreeningModelRow(Base):
    """What the bands were made with; another model means they must be made again. One row."""

    __tablename__ = "screening_model"

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    documents: Mapped[int] = mapped_column(default=0)
    parameters: Mapped[Json | None]
    made_at: Mapped[datetime]


class DuplicateDecisionRow(Base):
    """A pair that was found, and what a person said of it; `record_id` < `other_ref`."""

    __tablename__ = "dup_candidate"

    record_id: Mapped[str] = mapped_column(primary_key=True)
    other_ref: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default="")
    score: Mapped[float] = mapped_column(default=0.0)
    reasons: Mapped[Json | None]
    decision: Mapped[str] = mapped_column(default="")
    """Empty while open; distinct, same or merged."""
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    found_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_dup_candidate_other", "other_ref"),
        Index("ix_dup_candidate_decision", "decision"),
    )
