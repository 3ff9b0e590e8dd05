"""Sending: batches, their stored answers, and the fate of single operations."""

import json
import re
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from reference_portal.accepting import Sender, accept, find_answer
from reference_portal.access import Caller, Portal, PortalDep, Writer
from reference_portal.problems import Problem
from reference_portal.reviewing import after_batch
from reference_portal.routes.answers import SIGNED_IN, link, problems
from reference_portal.routes.meta import MIN_PUSH
from reference_portal.tables import AccountRow, BatchRow, OpRow, UnitRow
from reference_portal.wire import UUID_PATTERN, BatchIn, BatchOut, LookupIn, LookupOut

router = APIRouter(tags=["sending"])
AGENT = re.compile(r"sangkien-desktop/(\d{1,6})\.(\d{1,6})\.(\d{1,6})")
SENT_LINKS = {
    "batch": link("getBatch", batch_id="$response.body#/batch_id"),
    "record": link("getRecord", record_id="$response.body#/items/0/record_id"),
}


@router.post(
    "/batches",
    responses=problems(*SIGNED_IN, 409, 422, 426)
    | {
        200: {"model": BatchOut, "links": SENT_LINKS},
        202: {"description": "Taken; ask again", "model": BatchOut},
    },
    operation_id="sendBatch",
)
def send_batch(
    request: Request,
    portal: PortalDep,
    caller: Writer,
    batch: BatchIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", pattern=UUID_PATTERN)],
    relayed_by: Annotated[str | None, Header(alias="Sk-Relayed-By", max_length=60)] = None,
) -> Response:
    """Commit or validate up to 200 operations. Sending the same bytes again is always safe."""
    refuse_old_client(request.headers.get("user-agent", ""))
    if idempotency_key != batch.batch_id:
        raise Problem("key-mismatch")
    if len(batch.items) > portal.settings.limits.batch_max_ops:
        raise Problem("too-large", f"Mỗi lô nhiều nhất {portal.settings.limits.batch_max_ops} thao tác.")
    body_sha256: str = request.state.body_sha256
    with portal.database.read() as session:
        sender = sender_of(session, caller, batch, relayed_by)
        answer = find_answer(session, batch.batch_id, body_sha256, sender)
    if answer is not None:
        return JSONResponse(answer, headers={"Idempotency-Replayed": "true"})
    answer = portal.database.attempt(
        lambda session: accept(session, portal.settings, batch, body_sha256, sender)
    )
    if batch.mode == "commit":
        after_batch(portal.database, portal.settings)
    return JSONResponse(answer)


def refuse_old_client(agent: str) -> None:
    """426 for a client below `min_push`; unknown programs are not judged."""
    found = AGENT.search(agent)
    if found and tuple(map(int, found.groups())) < tuple(map(int, MIN_PUSH.split("."))):
        raise Problem("client-too-old")


def sender_of(session: Session, caller: Caller, batch: BatchIn, relayed_by: str | None) -> Sender:
    """Under whom the batch is filed: the caller, one it acts for, or one whose bundle it carries."""
    author = session.get(AccountRow, batch.account_id)
    is_relay = relayed_by is not None and batch.account_id != caller.account_id
    if is_relay and "desk.relay" not in caller.scopes:
        raise Problem("forbidden-scope", "Tài khoản không được chuyển hộ lô của người khác.")
    may_act = batch.account_id == caller.account_id or batch.account_id in caller.acting_for
    if author is None or not (may_act or is_relay):
        raise Problem("forbidden-unit", "Lô này do tài khoản khác lập.")
    if not author.is_active:
        raise Problem("account-disabled")
    unit = session.get(UnitRow, batch.unit_id)
    home = session.get_one(UnitRow, author.unit_id)
    if unit is None or not unit.path.startswith(home.path):
        raise Problem("forbidden-unit")
    return Sender(
        account_id=author.account_id,
        unit_id=unit.unit_id,
        path=unit.path,
        relayed_by=caller.account_id if is_relay else None,
    )


@router.get(
    "/batches/{batch_id}",
    responses=problems(*SIGNED_IN, 404, 410)
    | {200: {"model": BatchOut}, 202: {"description": "Taken; ask again", "model": BatchOut}},
    operation_id="getBatch",
)
def get_batch(
    portal: PortalDep, caller: Writer, batch_id: Annotated[str, Path(pattern=UUID_PATTERN)]
) -> Response:
    """The stored answer; 404 means the batch never arrived, 410 that only `/ops/lookup` still knows."""
    with portal.database.read() as session:
        row = session.get(BatchRow, batch_id)
    if row is None or not _may_see(caller, row.account_id, row.path, row.relayed_by):
        raise Problem("not-found")
    if row.answer is None:
        raise Problem("batch-expired")
    return JSONResponse(json.loads(row.answer))


def _may_see(caller: Caller, account_id: str, path: str, relayed_by: str | None) -> bool:
    return path.startswith(caller.path) or caller.account_id in (account_id, relayed_by)


@router.post("/ops/lookup", responses=problems(*SIGNED_IN), operation_id="lookUpOps")
def look_up_ops(portal: PortalDep, caller: Writer, wanted: LookupIn) -> LookupOut:
    """What became of operations whose answer was lost."""
    known = known_outcomes(portal, caller, wanted.op_ids)
    found = {outcome["op_id"] for outcome in known}
    unknown = [op_id for op_id in dict.fromkeys(wanted.op_ids) if op_id not in found]
    return LookupOut.model_validate({"known": known, "unknown": unknown})


def known_outcomes(portal: Portal, caller: Caller, op_ids: list[str]) -> list[dict[str, Any]]:
    """Stored outcomes of operations that the caller may see."""
    with portal.database.read() as session:
        query = select(OpRow).where(
            OpRow.op_id.in_(set(op_ids)), OpRow.path.startswith(caller.path, autoescape=True)
        )
        return [json.loads(row.outcome) | {"replay": True} for row in session.scalars(query)]
