"""What the portal signs: receipts and packs as JWS with Ed25519; cursors and tickets with a keyed hash."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey


def b64(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The bytes of base64url without padding; ValueError when it is none."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def compact(value: Any) -> str:
    """JSON without spaces, keys in order, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Signer:
    """The portal's keys. `secret` seals opaque texts; `sign_key` is the seed of the Ed25519 key. Both are hex."""

    secret: str
    sign_key: str

    @property
    def public_key(self) -> bytes:
        """The 32 bytes that stations verify with."""
        return bytes(SigningKey(bytes.fromhex(self.sign_key)).verify_key)

    @property
    def kid(self) -> str:
        """Name of the public key."""
        return hashlib.sha256(self.public_key).hexdigest()[:16]

    def jws(self, payload: dict[str, Any]) -> str:
        """The payload in compact JWS."""
        header = b64(compact({"alg": "EdDSA", "kid": self.kid}).encode())
        signed = f"{header}.{b64(compact(payload).encode())}"
        return f"{signed}.{b64(SigningKey(bytes.fromhex(self.sign_key)).sign(signed.encode()).signature)}"

    def read_jws(self, text: str) -> dict[str, Any] | None:
        """The payload of what this portal has signed; None for anything else."""
        try:
            signed, _, signature = text.rpartition(".")
            key = SigningKey(bytes.fromhex(self.sign_key)).verify_key
            key.verify(signed.encode(), unb64(signature))
            payload = json.loads(unb64(signed.split(".")[1]))
        except (BadSignatureError, ValueError, IndexError, TypeError):
            return None
        return payload if isinstance(payload, dict) else None

    def seal(self, value: Any) -> str:
        """An opaque text that `open` alone can read back; not encrypted."""
        body = compact(value).encode()
        return b64(self._mac(body) + body)

    def open(self, text: str) -> Any:
        """What was sealed; None when the text is not ours."""
        try:
            raw = unb64(text)
        except ValueError:
            return None
        if not hmac.compare_digest(raw[:12], self._mac(raw[12:])):
            return None
        return json.loads(raw[12:])

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(bytes.fromhex(self.secret), body, "sha256")[:12]
