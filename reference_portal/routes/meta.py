"""`/meta`: the portal's name, time, limits and features. No sign-in."""

import json
from typing import Any

from fastapi import APIRouter, Request

from reference_portal.access import Portal, PortalDep
from reference_portal.catalogues import campaigns_etag
from reference_portal.database import portal_row
from reference_portal.routes.answers import problems
from reference_portal.settings import PORTAL_ID, Limits, stamp
from reference_portal.signing import b64
from reference_portal.tables import PortalRow
from reference_portal.vetting import ACCEPTED_SCHEMAS
from reference_portal.wire_portal import MetaOut

router = APIRouter(tags=["meta"])
MIN_PUSH, MIN_FULL, LATEST = "0.0.1", "0.0.1", "1.0.0"
FEATURES = [
    "batch",
    "validate",
    "ops_lookup",
    "changes",
    "snapshot",
    "tus-1.0",
    "receipts",
    "relay",
    "commitments",
]
TOLD_LIMITS = (
    "batch_max_ops",
    "batch_max_bytes",
    "op_max_bytes",
    "attachment_max_bytes",
    "attachments_per_record",
    "changes_max_limit",
    "lookup_max_ops",
    "chunk_max_bytes",
)
TUS = {
    "version": "1.0.0",
    "extensions": ["expiration", "checksum", "termination"],
    "checksum": ["sha256", "sha1"],
}


def issuer_of(request: Request, portal: Portal) -> str:
    """Where signing in happens, without a slash at the end; `/oauth/…` follows on it."""
    base = portal.settings.public_url or str(request.base_url)
    return base.rstrip("/") + "/api/v1"


@router.get("/meta", responses=problems(), operation_id="getMeta")
def get_meta(request: Request, portal: PortalDep) -> MetaOut:
    """What a client must know before anything else."""
    with portal.database.read() as session:
        row = portal_row(session)
        etag = campaigns_etag(session)
    return MetaOut.model_validate(_meta(request, portal, row) | {"campaigns_etag": etag})


def _meta(request: Request, portal: Portal, row: PortalRow) -> dict[str, Any]:
    until = row.maintenance_until
    is_down = until is not None and until > portal.settings.now()
    return {
        "portal_id": PORTAL_ID,
        "epoch": row.epoch,
        "server_time": portal.settings.stamp(),
        "api": {"current": "1.0", "supported": ["1.0"]},
        "client": {"min_push": MIN_PUSH, "min_full": MIN_FULL, "latest": LATEST, "update_url": None},
        "auth": _sign_in(request, portal),
        "limits": _limits(portal.settings.limits),
        "encodings": {"request": ["gzip", "identity"], "response": ["gzip", "identity"]},
        "features": FEATURES,
        "tus": TUS,
        "maintenance": {"until": stamp(until)} if is_down and until is not None else None,
        "notice": json.loads(row.notice) if row.notice else None,
        "schemas": {"initiative": {"current": ACCEPTED_SCHEMAS[-1], "accepted": list(ACCEPTED_SCHEMAS)}},
        "keys": [
            {"kid": portal.signer.kid, "kty": "OKP", "crv": "Ed25519", "x": b64(portal.signer.public_key)}
        ],
        "demo": portal.settings.demo,
    }


def _sign_in(request: Request, portal: Portal) -> dict[str, Any]:
    grants = ["authorization_code", "urn:ietf:params:oauth:grant-type:device_code", "refresh_token"]
    if portal.settings.password_grant:
        grants.append("password")
    issuer = issuer_of(request, portal)
    names = ("authorization", "device_authorization", "token", "revocation")
    paths = ("authorize", "device_authorization", "token", "revoke")
    addresses = {f"{n}_endpoint": f"{issuer}/oauth/{p}" for n, p in zip(names, paths, strict=True)}
    return {"issuer": issuer, "grants": grants, **addresses}


def _limits(limits: Limits) -> dict[str, int]:
    return {name: getattr(limits, name) for name in TOLD_LIMITS}
