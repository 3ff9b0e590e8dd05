"""The portal's signed word on a batch (JWS with Ed25519), checked without a network."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from sangkien_desktop.sync.push import VerifyReceipt
from sangkien_desktop.sync.wire.portal import Meta


def receipt_check(meta: Meta) -> VerifyReceipt:
    """The check of receipts against the keys that the portal publishes."""
    return lambda jws, body: proves(jws, body, meta.keys)


def proves(jws: str, body: bytes, keys: Mapping[str, str]) -> bool:
    """Whether the receipt is signed by one of these keys and speaks of exactly this body."""
    payload = read_receipt(jws, keys)
    return payload is not None and payload.get("batch_sha256") == hashlib.sha256(body).hexdigest()


def read_receipt(jws: str, keys: Mapping[str, str]) -> dict[str, Any] | None:
    """What a receipt says; None unless one of these keys signed it."""
    try:
        signed, _, signature = jws.rpartition(".")
        head, _, body = signed.partition(".")
        header = json.loads(_bytes_of(head))
        key = VerifyKey(_bytes_of(keys[header["kid"]]))
        key.verify(signed.encode("ascii"), _bytes_of(signature))
        payload = json.loads(_bytes_of(body))
    except (BadSignatureError, binascii.Error, ValueError, KeyError, TypeError):
        return None
    return payload if isinstance(payload, dict) and header.get("alg") == "EdDSA" else None


def _bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
