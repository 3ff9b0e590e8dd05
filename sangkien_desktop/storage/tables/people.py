"""Workers and the register of their agreements."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from sangkien_desktop.storage.tables.base import Base, Json


class PersonRow(Base):
    """One worker; the employee code is what a factory knows a person by."""

    __tablename__ = "person"

    key: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_folded: Mapped[str]
    name_sort: Mapped[str] = mapped_column(index=True)
    employee_code: Mapped[str | None]
    code_sort: Mapped[str] = mapped_column(default="", index=True)
    birth_date: Mapped[str | None]
    gender: Mapped[str | None]
    group: Mapped[str | None] = mapped_column("group_unit", index=True)
    position: Mapped[str] = mapped_column(default="")
    education: Mapped[str] = mapped_column(default="")
    is_leader: Mapped[bool] = mapped_column(default=False)
    author_kind: Mapped[str] = mapped_column(default="")
    is_member: Mapped[bool] = mapped_column(default=True)
    member_card: Mapped[str] = mapped_column(default="")
    phone: Mapped[str | None]
    citizen_id: Mapped[str | None]
    other_names: Mapped[Json | None]
    status: Mapped[str] = mapped_column(default="working")
    left_on: Mapped[date | None]
    erased_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (
        Index(
            "uq_person_employee_code",
            "employee_code",
            unique=True,
            sqlite_where=text("employee_code IS NOT NULL"),
        ),
        Index("ix_person_name_folded", "name_folded"),
        Index("ix_person_phone", "phone", sqlite_where=text("phone IS NOT NULL")),
        Index("ix_person_left_on", "left_on", sqlite_where=text("left_on IS NOT NULL")),
    )


class ConsentRow(Base):
    """One agreement of one person; the newest is the one in force, older ones stay as proof."""

    __tablename__ = "consent"

    key: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    given_on: Mapped[date]
    purposes: Mapped[Json]
    text_version: Mapped[str]
    form: Mapped[str] = mapped_column(default="paper")
    evidence_sha256: Mapped[str | None]
    withdrawn_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(default="")
