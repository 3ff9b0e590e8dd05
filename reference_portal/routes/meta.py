"""`/meta`: the portal's name, time, limits and features. No sign-in."""

import json
from typing import Any

from fastapi import APIRouter, Request

from reference_portal.access import Portal, PortalDep
from reference_portal.catalogues import campaigns_etag
from reference_portal.database import portal_row
from reference_portal.routes.answers import problems
from reference_portal.settings import PORTAL_ID, stamp
from reference_portal.signing import b64
from reference_portal.tables import PortalRow
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
    grants = ["authorization_code", "urn:ietf:params:oauth:grant-type:device_code", "refresh_token"]
    if portal.settings.password_grant:
        grants.append("password")
    limits, issuer = portal.settings.limits, issuer_of(request, portal)
    until = row.maintenance_until
    is_down = until is not None and until > portal.settings.now()
    return {
        "portal_id": PORTAL_ID,
        "epoch": row.epoch,
        "server_time": portal.settings.stamp(),
        "api": {"current": "1.0", "supported": ["1.0"]},
        "client": {"min_push": MIN_PUSH, "min_full": MIN_FULL, "latest": LATEST, "update_url": None},
        "auth": {
            "issuer": issuer,
            "grants": grants,
            "authorization_endpoint": f"{issuer}/oauth/authorize",
            "device_authorization_endpoint": f"{issuer}/oauth/device_authorization",
            "token_endpoint": f"{issuer}/oauth/token",
            "revocation_endpoint": f"{issuer}/oauth/revoke",
        },
        "limits": {
            "batch_max_ops": limits.batch_max_ops,
            "batch_max_bytes": limits.batch_max_bytes,
            "op_max_bytes": limits.op_max_bytes,
            "attachment_max_bytes": limits.attachment_max_bytes,
            "attachments_per_record": limits.attachments_per_record,
            "changes_max_limit": limits.changes_max_limit,
            "lookup_max_ops": limits.lookup_max_ops,
            "chunk_max_bytes": limits.chunk_max_bytes,
        },
        "encodings": {"request": ["gzip", "identity"], "response": ["gzip", "identity"]},
        "features": FEATURES,
        "tus": {
            "version": "1.0.0",
            "extensions": ["expiration", "checksum", "termination"],
            "checksum": ["sha256", "sha1"],
        },
        "maintenance": {"until": stamp(until)} if is_down and until is not None else None,
        "notice": json.loads(row.notice) if row.notice else None,
        "schemas": {"initiative": {"current": 7, "accepted": [5, 6, 7]}},
        "keys": [
            {"kid": portal.signer.kid, "kty": "OKP", "crv": "Ed25519", "x": b64(portal.signer.public_key)}
        ],
        "demo": portal.settings.demo,
    }
