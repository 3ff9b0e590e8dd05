"""Operations that the portal had accepted and no longer knows: they go again, in order, with the same bytes."""

# ruff: noqa: S608 - statements are put together from constants of the program only

import json
from collections.abc import Collection, Sequence

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import OperationId
from sangkien_desktop.domain.sync_status import OperationState
from sangkien_desktop.storage import meta
from sangkien_desktop.storage.badges import FROZEN_STATES
from sangkien_desktop.storage.tables import InitiativeRow, OperationRow

_NAME = "sync.offer_again"
ACCEPTED = (OperationState.APPLIED, OperationState.MERGED)


def accepted(session: Session, account: str) -> tuple[OperationId, ...]:
    """Every operation of the account that the portal took and whose bytes are still here, in order of sending."""
    query = select(OperationRow.op_id).where(
        OperationRow.state.in_(ACCEPTED),
        OperationRow.account_id == account,
        OperationRow.payload.is_not(None),
    )
    return tuple(OperationId(str(op_id)) for op_id in session.scalars(query.order_by(OperationRow.seq)))


def offer_again(session: Session, op_ids: Sequence[OperationId]) -> None:
    """Remember that these must go again."""
    waiting = dict.fromkeys([*_waiting(session), *op_ids])
    _remember(session, list(waiting))


def reopen(session: Session) -> int:
    """Make the earliest of each record ready for sending, unless something else of it is under way. How many."""
    waiting = _waiting(session)
    if not waiting:
        return 0
    rows = session.execute(_NEXT, {"ids": json.dumps(waiting)}).all()
    if rows:
        session.execute(_REOPEN, [{"op_id": row.op_id} for row in rows])
    gone = {row.op_id for row in rows}
    _remember(session, [op_id for op_id in waiting if op_id not in gone])
    return len(rows)


_NEXT = text(
    "SELECT op_id, record_id, min(seq) FROM op WHERE op_id IN (SELECT value FROM json_each(:ids))"
    f" AND record_id NOT IN (SELECT record_id FROM op WHERE state IN ({FROZEN_STATES}))"
    " GROUP BY record_id"
)
_REOPEN = text(
    f"UPDATE op SET state = '{OperationState.UNKNOWN}', batch_id = NULL, next_at = NULL, attempts = 0"
    " WHERE op_id = :op_id"
)


def _waiting(session: Session) -> list[str]:
    return list(json.loads(meta.get(session, _NAME, "[]")))


def _remember(session: Session, op_ids: Sequence[str]) -> None:
    if op_ids:
        meta.put(session, _NAME, json.dumps(list(op_ids)))
    else:
        meta.forget(session, _NAME)


def forget_bases_except(session: Session, there: Collection[str]) -> int:
    """Records that the portal turns out not to have: the next change of them will create them anew. How many."""
    known = session.scalars(
        select(InitiativeRow.id).where(
            InitiativeRow.base_rev > 0,
            InitiativeRow.frozen_state.is_(None),
            InitiativeRow.erased_at.is_(None),
        )
    )
    gone = [{"id": one} for one in known if one not in there]
    if gone:
        session.execute(
            text(
                "UPDATE initiative SET base_rev = 0, base_doc = NULL, shadow_rev = NULL, shadow_doc = NULL"
                " WHERE id = :id"
            ),
            gone,
        )
    return len(gone)
