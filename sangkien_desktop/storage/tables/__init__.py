"""The schema: every mapped row, by what it is about. No other package sees these classes."""

from sangkien_desktop.storage.tables.base import Base, Instant
from sangkien_desktop.storage.tables.history import (
    AuditRow,
    DraftRow,
    ErasureRow,
    HistoryRow,
    MetaRow,
    SavedViewRow,
    SubjectRequestRow,
    UndoGroupRow,
)
from sangkien_desktop.storage.tables.imports import ImportJobRow, ImportRowRow, MappingRow
from sangkien_desktop.storage.tables.initiatives import AttachmentRow, AuthorRow, InitiativeRow
from sangkien_desktop.storage.tables.people import ConsentRow, PersonRow
from sangkien_desktop.storage.tables.replicas import (
    CampaignRow,
    CatalogueRow,
    ProgrammeRow,
    QuotaRow,
    RankingRow,
    RulePackRow,
    UnitRow,
)
from sangkien_desktop.storage.tables.screening import (
    DuplicateDecisionRow,
    ScreeningBandRow,
    ScreeningModelRow,
    ScreeningWordRow,
)
from sangkien_desktop.storage.tables.sync import (
    AccountRow,
    BatchRow,
    ConflictRow,
    InboxRow,
    LeaseRow,
    NetLogRow,
    OperationRow,
    ReceiptRow,
    StationRow,
    SyncStreamRow,
    TombstoneRow,
)

__all__ = [
    "AccountRow",
    "AttachmentRow",
    "AuditRow",
    "AuthorRow",
    "Base",
    "BatchRow",
    "CampaignRow",
    "CatalogueRow",
    "ConflictRow",
    "ConsentRow",
    "DraftRow",
    "DuplicateDecisionRow",
    "ErasureRow",
    "HistoryRow",
    "ImportJobRow",
    "ImportRowRow",
    "InboxRow",
    "InitiativeRow",
    "Instant",
    "LeaseRow",
    "MappingRow",
    "MetaRow",
    "NetLogRow",
    "OperationRow",
    "PersonRow",
    "ProgrammeRow",
    "QuotaRow",
    "RankingRow",
    "ReceiptRow",
    "RulePackRow",
    "SavedViewRow",
    "ScreeningBandRow",
    "ScreeningModelRow",
    "ScreeningWordRow",
    "StationRow",
    "SubjectRequestRow",
    "SyncStreamRow",
    "TombstoneRow",
    "UndoGroupRow",
    "UnitRow",
]
