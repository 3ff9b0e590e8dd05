"""Passphrases: the form they are compared in, and the slow hash that makes guessing dear."""

import unicodedata
from dataclasses import dataclass

from nacl import pwhash, utils

KEY_BYTES = 32
LEAST_CHARACTERS = 8


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Argon2id's price of one guess."""

    memory_bytes: int = 64 * 1024 * 1024
    passes: int = 3


def new_salt() -> bytes:
    """A fresh salt."""
    return bytes(utils.random(pwhash.argon2id.SALTBYTES))


def stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes from a passphrase in NFC, so that any keyboard and any input method gives the same."""
    typed = unicodedata.normalize("NFC", passphrase).encode()
    return bytes(
        pwhash.argon2id.kdf(KEY_BYTES, typed, salt, opslimit=cost.passes, memlimit=cost.memory_bytes)
    )


def has_vietnamese_marks(passphrase: str) -> bool:
    """Whether an input method was on while it was typed: on another PC it may be off, so a person is warned."""
    decomposed = unicodedata.normalize("NFD", passphrase)
    return any(unicodedata.combining(sign) or sign in "đĐ" for sign in decomposed)
