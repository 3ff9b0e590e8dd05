"""Receipts anyone may check, and proofs that a batch existed before a deadline."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from sqlalchemy.orm import Session

from reference_portal.access import Caller, Portal, PortalDep, Writer
from reference_portal.problems import Problem
from reference_portal.routes.answers import SIGNED_IN, link, problems
from reference_portal.settings import PORTAL_ID
from reference_portal.tables import CommitmentRow, UnitRow
from reference_portal.wire_files import CommitmentIn, CommitmentOut, ReceiptIn, ReceiptOut

router = APIRouter(tags=["receipts"])
PROOF = {"links": {"verify": link("verifyReceipt") | {"requestBody": {"receipt": "$response.body#/receipt"}}}}


@router.post("/receipts/verify", responses=problems(), operation_id="verifyReceipt")
def verify(portal: PortalDep, shown: ReceiptIn) -> ReceiptOut:
    """Whether this portal signed the receipt. No sign-in: whoever holds the paper may ask."""
    payload = portal.signer.read_jws(shown.receipt)
    return ReceiptOut.model_validate({"valid": payload is not None, "payload": payload})


@router.post(
    "/commitments",
    responses=problems(*SIGNED_IN)
    | {
        200: {"model": CommitmentOut, "description": "Known already", **PROOF},
        201: {"model": CommitmentOut, "description": "Kept", **PROOF},
    },
    status_code=201,
    operation_id="commit",
)
def commit(portal: PortalDep, caller: Writer, wanted: CommitmentIn) -> Response:
    """A signed time for a hash; the same hash again gives the first time."""
    told, is_new = portal.database.attempt(lambda session: _keep(session, portal, caller, wanted))
    return JSONResponse(told, 201 if is_new else 200)


def _keep(
    session: Session, portal: Portal, caller: Caller, wanted: CommitmentIn
) -> tuple[dict[str, Any], bool]:
    unit = session.get(UnitRow, wanted.unit_id)
    if unit is None or not unit.path.startswith(caller.path):
        raise Problem("forbidden-unit")
    row = session.get(CommitmentRow, (wanted.sha256, wanted.unit_id))
    is_new = row is None
    if row is None:
        now = portal.settings.stamp()
        payload = {
            "iss": PORTAL_ID,
            "committed_at": now,
            "account_id": caller.account_id,
            **wanted.model_dump(),
        }
        row = CommitmentRow(
            sha256=wanted.sha256,
            unit_id=wanted.unit_id,
            account_id=caller.account_id,
            committed_at=now,
            receipt=portal.signer.jws(payload),
        )
        session.add(row)
    return {"sha256": row.sha256, "committed_at": row.committed_at, "receipt": row.receipt}, is_new
