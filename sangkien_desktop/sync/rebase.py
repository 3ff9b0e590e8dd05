"""A record and a newer version of it from the portal: joined where they allow, in conflict where they do not."""

from collections.abc import Mapping
from dataclasses import dataclass

from sangkien_desktop.domain.document import Document, Json
from sangkien_desktop.domain.egress import allowed
from sangkien_desktop.domain.ids import OperationId
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.merge import merge
from sangkien_desktop.domain.travelling import REFERENCES, travelling, with_travelling
from sangkien_desktop.storage import conflicts
from sangkien_desktop.storage.conflicts import Conflict

CLASH = "fields"
WITHDRAWN_THERE = "withdrawn_there"
WITHDRAWN_HERE = "withdrawn_here"
DELETED_THERE = "deleted_there"


@dataclass(frozen=True)
class Theirs:
    """The portal's version. `rule` names why a person must decide even if no field clashes."""

    document: Document
    rev: int
    rule: str = ""
    op_id: OperationId | None = None


@dataclass(frozen=True)
class Rebased:
    """The record on its new base; with a conflict, it keeps its own values where both sides differ."""

    record: Initiative
    conflict: Conflict | None


def rebase(record: Initiative, base: Document | None, theirs: Theirs) -> Rebased:
    """Put the record's own changes since `base` on top of `theirs`."""
    mine = travelling(record)
    before = base or {}
    fields = _considered(record, theirs.document)
    found = merge(before, mine, theirs.document, fields=fields)
    conflict = None
    if found.clashes or theirs.rule:
        conflict = conflicts.new(
            record.id,
            (before, mine, theirs.document),
            theirs_rev=theirs.rev,
            fields=sorted(found.clashes),
            rule=theirs.rule or CLASH,
            op_id=theirs.op_id,
        )
    if not found.taken:
        return Rebased(record, conflict)
    return Rebased(with_travelling(record, found.document), conflict)


def _considered(record: Initiative, theirs: Mapping[str, Json]) -> frozenset[str]:
    """Fields that may be taken over. A side under a technology secret says nothing of the other fields, and
    its silence must not empty them here."""
    is_secret = record.is_secret or bool(theirs.get("is_secret"))
    return allowed(is_secret=is_secret) | frozenset(REFERENCES)
