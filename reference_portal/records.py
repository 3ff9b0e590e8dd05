"""Records in and out of the tables, with their revisions and what the feed tells of them."""

import json
from dataclasses import fields
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from reference_portal import documents, feed
from reference_portal.judging import Document, Record
from reference_portal.signing import compact
from reference_portal.tables import PortalRow, RecordRow, RevisionRow

RECORD_COLUMNS = tuple(column.name for column in fields(Record) if column.name != "document")


def as_record(row: RecordRow, document: Document) -> Record:
    """The record of a row and its current document."""
    return Record(document=document, **{name: getattr(row, name) for name in RECORD_COLUMNS})


def load_records(session: Session, record_ids: set[str]) -> dict[str, Record]:
    """Records by id with their current documents."""
    query = (
        select(RecordRow, RevisionRow.document)
        .join(
            RevisionRow,
            (RevisionRow.record_id == RecordRow.record_id) & (RevisionRow.rev == RecordRow.doc_rev),
        )
        .where(RecordRow.record_id.in_(record_ids))
    )
    return {row.record_id: as_record(row, json.loads(text)) for row, text in session.execute(query)}


def document_at(session: Session, record_id: str, rev: int) -> Document | None:
    """The document as it stood at `rev`; None before the first."""
    query = (
        select(RevisionRow.document)
        .where(RevisionRow.record_id == record_id, RevisionRow.rev <= rev)
        .order_by(RevisionRow.rev.desc())
        .limit(1)
    )
    text = session.scalar(query)
    return None if text is None else json.loads(text)


def write_records(
    session: Session, portal: PortalRow, moves: list[tuple[Record | None, Record]], at: int
) -> None:
    """Write records with their new revisions and publish what changed. `before` None means a new record."""
    created, changed, revisions, changes = [], {}, [], []
    fresh: set[str] = set()
    for before, record in moves:
        if before is None:
            fresh.add(record.record_id)
        if before is None or record.doc_rev > before.doc_rev:
            revisions.append(_revision(record))
            changes.append(feed.record_change(record))
        if before is None or (record.status_rev, record.status) != (before.status_rev, before.status):
            changes.append(feed.status_change(record))
        changed[record.record_id] = _columns(record)
    created = [changed.pop(record_id) for record_id in sorted(fresh)]
    if created:
        session.execute(insert(RecordRow), created)
    if changed:
        session.execute(update(RecordRow), list(changed.values()))
    if revisions:
        session.execute(insert(RevisionRow), revisions)
    feed.publish(session, portal, changes, at)


def _revision(record: Record) -> dict[str, Any]:
    return {
        "record_id": record.record_id,
        "rev": record.doc_rev,
        "document": compact(record.document),
        "by": record.updated_by,
        "at": record.updated_at,
    }


def _columns(record: Record) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in RECORD_COLUMNS}
    document = record.document
    return values | {
        "programme": document.get("programme") or "",
        "title": document.get("title") or "",
        "group_id": document.get("group"),
        "likeness": documents.likeness(record.unit_id, document),
    }
