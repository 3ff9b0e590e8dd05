"""The printed recovery code: 128 random bits and a checksum in six groups that survive being typed from paper."""

import hashlib
import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 characters: no I, L, O or U."""
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_SECRET_BYTES = 16
_LETTERS = 30
_GROUP = 5
_CHECK_BITS = _LETTERS * 5 - _SECRET_BYTES * 8


class Mistyped(ValueError):
    """The checksum says that a character is wrong or missing."""


def new_secret() -> bytes:
    """Fresh 128 bits."""
    return secrets.token_bytes(_SECRET_BYTES)


def written(secret: bytes) -> str:
    """The code as it is printed: `7K3QD-…` in six groups of five."""
    number = int.from_bytes(secret) << _CHECK_BITS | _checksum(secret)
    letters = "".join(_ALPHABET[number >> (5 * place) & 31] for place in reversed(range(_LETTERS)))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LETTERS, _GROUP))


def read(text: str) -> bytes:
    """The secret of a typed code; spaces, hyphens, case and O/0, I/1 do not matter. Raises Mistyped."""
    letters = "".join(sign for sign in text.upper().translate(_MISREAD) if sign.isalnum())
    if len(letters) != _LETTERS or any(letter not in _ALPHABET for letter in letters):
        raise Mistyped
    number = 0
    for letter in letters:
        number = number << 5 | _ALPHABET.index(letter)
    secret = (number >> _CHECK_BITS).to_bytes(_SECRET_BYTES)
    if number & ((1 << _CHECK_BITS) - 1) != _checksum(secret):
        raise Mistyped
    return secret


def _checksum(secret: bytes) -> int:
    digest = hashlib.blake2b(secret, person=b"recovery-check", digest_size=4).digest()
    return int.from_bytes(digest) >> (32 - _CHECK_BITS)
