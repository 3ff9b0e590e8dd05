"""Keys for single purposes, derived from the data key, so that no two uses share one."""

import hashlib
from enum import StrEnum


class Purpose(StrEnum):
    """What a derived key is for; at most sixteen letters."""

    BACKUP = "backup"
    TOKENS = "tokens"
    BUNDLE = "bundle"
    FILES = "files"
    CHECK = "check"


def subkey(data_key: bytes, purpose: Purpose) -> bytes:
    """32 bytes that tell nothing about the data key or about any other purpose's."""
    return hashlib.blake2b(key=data_key, person=purpose.value.encode(), digest_size=32).digest()
