"""Who this station is: its signing key, and by what a copied profile is noticed."""

import hashlib
import platform
import subprocess
import sys
import uuid
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

_MACHINE_ID_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def new_signing_seed() -> bytes:
    """32 bytes from which the station's Ed25519 key is made; they lie in the encrypted database only."""
    return bytes(SigningKey.generate())


def public_key(seed: bytes) -> bytes:
    """The half that the portal knows."""
    return bytes(SigningKey(seed).verify_key)


def signed(seed: bytes, message: bytes) -> bytes:
    """A detached signature of 64 bytes."""
    return bytes(SigningKey(seed).sign(message).signature)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of the key signed exactly this."""
    try:
        VerifyKey(public).verify(message, signature)
    except (BadSignatureError, ValueError):
        return False
    return True


def short_fingerprint(public: bytes) -> str:
    """A public key as people read it to each other: `3f9a 02c1 7be4 55d0`."""
    digits = hashlib.blake2b(public, digest_size=8).hexdigest()
    return " ".join(digits[start : start + 4] for start in range(0, 16, 4))


def machine_fingerprint(station: str) -> str:
    """A hash of this machine's own id, salted with the station's, so that it names no machine to anybody else.

    Another value under the same station means that the profile was copied or the disk cloned.
    """
    return hashlib.blake2b(_machine_id().encode(), key=station.encode()[:64], digest_size=16).hexdigest()


def _machine_id() -> str:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    if sys.platform == "darwin":
        asked = ["/usr/sbin/ioreg", "-rd1", "-c", "IOPlatformExpertDevice"]
        listed = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        return next((line for line in listed.splitlines() if "IOPlatformUUID" in line), platform.node())
    for path in _MACHINE_ID_FILES:
        if path.is_file():
            return path.read_text(encoding="ascii").strip()
    return f"{uuid.getnode():012x}"
