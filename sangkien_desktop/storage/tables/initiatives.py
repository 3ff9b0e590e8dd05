"""Initiatives, their authors and files: one column per declared field, and what the grid sorts and filters by."""

from datetime import datetime

from sqlalchemy import Computed, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from sangkien_desktop.storage.badges import BADGE_SQL
from sangkien_desktop.storage.tables.base import Base, Json


class InitiativeRow(Base):
    """One initiative. Columns below `lifecycle` are kept by storage, by sync and by triggers, never by a form."""

    __tablename__ = "initiative"

    key: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    programme: Mapped[str]
    stage: Mapped[str | None]
    local_code: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    is_secret: Mapped[bool] = mapped_column(default=False)
    group: Mapped[str | None] = mapped_column("group_unit")
    solution_type: Mapped[str] = mapped_column(default="")
    category: Mapped[str] = mapped_column(default="")
    first_applied_on: Mapped[str | None]
    """ISO text by its precision: 2022-05-03, 2022-05 or 2022; so are the other dates of the record."""
    is_monetary: Mapped[bool] = mapped_column(default=True)
    annual_benefit: Mapped[int | None]
    benefit_calculation: Mapped[str] = mapped_column(default="")
    benefit_confirmed_by: Mapped[str] = mapped_column(default="")
    benefit_confirmed_on: Mapped[str | None]
    situation_before: Mapped[str] = mapped_column(default="")
    solution: Mapped[str] = mapped_column(default="")
    novelty: Mapped[str] = mapped_column(default="")
    scope: Mapped[str] = mapped_column(default="")
    conditions: Mapped[str] = mapped_column(default="")
    effect_summary: Mapped[str] = mapped_column(default="")
    effect_groups: Mapped[Json | None]
    recognition_level: Mapped[str] = mapped_column(default="")
    recognition_decision: Mapped[str] = mapped_column(default="")
    recognised_on: Mapped[str | None]
    is_ip_protected: Mapped[bool] = mapped_column(default=False)
    awards: Mapped[Json | None]
    note: Mapped[str] = mapped_column(default="")
    unread: Mapped[Json | None]

    source: Mapped[str] = mapped_column(default="typed")
    source_actor: Mapped[str] = mapped_column(default="")
    source_at: Mapped[datetime | None]
    source_file: Mapped[str | None]
    source_sha256: Mapped[str | None]
    source_sheet: Mapped[str | None]
    source_row: Mapped[int | None]

    lifecycle: Mapped[str] = mapped_column(default="draft")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    code_sort: Mapped[str] = mapped_column(default="")
    title_sort: Mapped[str] = mapped_column(default="")
    author_sort: Mapped[str] = mapped_column(default="")
    group_sort: Mapped[str] = mapped_column(default="")
    main_author: Mapped[str] = mapped_column(default="")
    """Shown in the grid: the main author's name, without a join."""

    problems: Mapped[Json | None]
    error_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    warning_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    portal_code: Mapped[str | None]
    portal_status: Mapped[str] = mapped_column(default="", server_default=text("''"))
    portal_reason: Mapped[Json | None]
    """Reason code, note, by whom and when, as the portal gave them."""
    portal_at: Mapped[datetime | None]
    base_rev: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    base_doc: Mapped[Json | None]
    """The portal's own copy that this record was last equal to or merged with."""
    shadow_rev: Mapped[int | None]
    shadow_doc: Mapped[Json | None]
    """A newer portal copy that came while an operation of the record was unanswered."""
    owner_account: Mapped[str | None]
    completeness: Mapped[str] = mapped_column(default="", server_default=text("''"))
    is_held: Mapped[bool] = mapped_column(default=False, server_default=text("0"))
    hold_reason: Mapped[str] = mapped_column(default="", server_default=text("''"))
    erased_at: Mapped[datetime | None]

    # Kept by triggers on operation and conflict; the badge is derived from them.
    open_state: Mapped[str | None]
    frozen_state: Mapped[str | None]
    last_outcome: Mapped[str | None]
    has_conflict: Mapped[bool] = mapped_column(default=False, server_default=text("0"))
    was_applied: Mapped[bool] = mapped_column(default=False, server_default=text("0"))

    badge: Mapped[str] = mapped_column(Computed(BADGE_SQL, persisted=False))

    __table_args__ = (
        *(
            Index(f"ix_initiative_{column}", column)
            for column in (
                "code_sort",
                "title_sort",
                "author_sort",
                "group_sort",
                "category",
                "annual_benefit",
                "first_applied_on",
                "recognised_on",
                "changed_at",
                "badge",
            )
        ),
        Index("ix_initiative_group_unit", "group_unit"),
        Index("ix_initiative_programme", "programme", "stage"),
        # These two alone answer the counts of the dashboard, without touching the wide rows.
        Index("ix_initiative_lifecycle", "lifecycle", "error_count", "warning_count"),
        Index("ix_initiative_problems", "error_count", "annual_benefit"),
        Index("uq_initiative_local_code", "local_code", unique=True, sqlite_where=text("local_code <> ''")),
        Index("ix_initiative_portal_code", "portal_code", sqlite_where=text("portal_code IS NOT NULL")),
        Index("ix_initiative_shadow", "id", sqlite_where=text("shadow_rev IS NOT NULL")),
        Index("ix_initiative_source", "source_sha256", sqlite_where=text("source_sha256 IS NOT NULL")),
    )


class AuthorRow(Base):
    """One author of one initiative, in the order of the paper."""

    __tablename__ = "initiative_author"

    initiative: Mapped[int] = mapped_column(
        ForeignKey("initiative.key", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    employee_code: Mapped[str | None]
    person: Mapped[str | None]
    share_hundredths: Mapped[int | None]
    """Hundredths of a per cent: 33.33 % is 3333."""
    is_main: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_initiative_author_person", "person", sqlite_where=text("person IS NOT NULL")),
        Index(
            "ix_initiative_author_employee_code",
            "employee_code",
            sqlite_where=text("employee_code IS NOT NULL"),
        ),
        {"sqlite_with_rowid": False},
    )


class AttachmentRow(Base):
    """A file of a record, its place in the content store, and how far its way to the portal has come."""

    __tablename__ = "attachment"

    attachment_id: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(
        ForeignKey("initiative.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"), index=True
    )
    place: Mapped[int] = mapped_column(default=0)
    role: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(index=True)
    blob_path: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="local", server_default=text("'local'"))
    """local, declared, uploading, verifying, stored, retry, corrupt, missing_file."""
    upload_url: Mapped[str | None]
    offset: Mapped[int] = mapped_column("upload_offset", default=0, server_default=text("0"))
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    next_at: Mapped[datetime | None]
    last_problem: Mapped[Json | None]
    created_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_attachment_state", "state", sqlite_where=text("state <> 'stored'")),)
