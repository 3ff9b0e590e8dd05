"""The union tree, programmes, quotas and everything else that the portal publishes and a station copies."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from sangkien_desktop.storage.tables.base import Base, Json


class UnitRow(Base):
    """One unit during one span; a move or a rename closes the span and opens the next."""

    __tablename__ = "unit"

    key: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str]
    name: Mapped[str]
    name_folded: Mapped[str]
    name_sort: Mapped[str]
    kind: Mapped[str]
    parent: Mapped[str | None] = mapped_column(index=True)
    portal_code: Mapped[str | None] = mapped_column(index=True)
    short_name: Mapped[str] = mapped_column(default="")
    cluster: Mapped[str] = mapped_column(default="")
    sector: Mapped[str] = mapped_column(default="")
    members: Mapped[int | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    successor: Mapped[str | None]
    is_own: Mapped[bool] = mapped_column(default=False)
    rev: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """The portal's revision of the unit; 0 while it is the station's own."""

    __table_args__ = (
        Index("uq_unit_span", "id", text("ifnull(valid_from, '')"), unique=True),
        Index("ix_unit_name_folded", "name_folded"),
    )


class ProgrammeRow(Base):
    """A programme with its stages, campaigns and lists, as one document."""

    __tablename__ = "programme"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    data: Mapped[Json]
    rev: Mapped[int] = mapped_column(default=0)
    as_of: Mapped[datetime | None]
    place: Mapped[int] = mapped_column(default=0)


class QuotaRow(Base):
    """One version of one quota; the newest version counts, older ones tell what was asked when."""

    __tablename__ = "quota"

    key: Mapped[int] = mapped_column(primary_key=True)
    portal_id: Mapped[str | None] = mapped_column(index=True)
    unit: Mapped[str]
    programme: Mapped[str]
    period: Mapped[str]
    kind: Mapped[str]
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    rev: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(default="portal")
    as_of: Mapped[datetime | None]
    data: Mapped[Json | None]
    """Whatever else the portal said of it, unknown members included."""

    __table_args__ = (
        Index("uq_quota_version", "unit", "programme", "period", "kind", "source", "version", unique=True),
    )


class RankingRow(Base):
    """A table of ranks for one scope and period, as the portal computed it."""

    __tablename__ = "ranking"

    id: Mapped[str] = mapped_column(primary_key=True)
    rev: Mapped[int] = mapped_column(default=0)
    data: Mapped[Json]
    as_of: Mapped[datetime | None]
    signature: Mapped[str | None]


class CatalogueRow(Base):
    """A list that the portal owns; `programme` empty means it serves all."""

    __tablename__ = "catalog"

    id: Mapped[str] = mapped_column(primary_key=True)
    programme: Mapped[str] = mapped_column(default="")
    rev: Mapped[int] = mapped_column(default=0)
    data: Mapped[Json]
    as_of: Mapped[datetime | None]
    signature: Mapped[str | None]
    etag: Mapped[str | None]


class RulePackRow(Base):
    """Which rules a portal applies, as it publishes them."""

    __tablename__ = "rule_pack"

    id: Mapped[str] = mapped_column(primary_key=True)
    rev: Mapped[int] = mapped_column(default=0)
    data: Mapped[Json]
    as_of: Mapped[datetime | None]
    signature: Mapped[str | None]
    etag: Mapped[str | None]


class CampaignRow(Base):
    """A peak campaign or notice of the portal."""

    __tablename__ = "campaign"

    id: Mapped[str] = mapped_column(primary_key=True)
    rev: Mapped[int] = mapped_column(default=0)
    data: Mapped[Json]
    as_of: Mapped[datetime | None]
    signature: Mapped[str | None]
