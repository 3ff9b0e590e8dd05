"""Phone numbers, citizen numbers and employee codes: read, repaired where that is certain, named where not."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sangkien_desktop.vietnamese.folding import clean, fold


class PhoneProblem(StrEnum):
    """Why a phone number was not taken."""

    NOT_A_PHONE = "not-a-phone"
    SCIENTIFIC = "scientific"


class CitizenIdProblem(StrEnum):
    """Why a citizen number was not taken, or (unknown province) taken with a doubt."""

    NOT_A_NUMBER = "not-a-number"
    WRONG_LENGTH = "wrong-length"
    OLD_CARD = "old-card"
    UNKNOWN_PROVINCE = "unknown-province"
    SCIENTIFIC = "scientific"


class CodeProblem(StrEnum):
    """Why an employee code was not taken."""

    SCIENTIFIC = "scientific"
    IMPOSSIBLE = "impossible"
    TOO_LONG = "too-long"


@dataclass(frozen=True)
class PhoneReading:
    """`value`: digits as dialled in Vietnam; `repaired`: something was restored (lost zero, old prefix)."""

    value: str | None
    repaired: bool = False
    problem: PhoneProblem | None = None


@dataclass(frozen=True)
class CitizenIdReading:
    """`value`: twelve digits; `repaired`: leading zeros were put back."""

    value: str | None
    repaired: bool = False
    problem: CitizenIdProblem | None = None


@dataclass(frozen=True)
class CodeReading:
    """`value`: the code as the company writes it; `repaired`: leading zeros were put back."""

    value: str | None
    repaired: bool = False
    problem: CodeProblem | None = None


_EMPTY = re.compile(r"[-–—_.…/\s]*")
# Codes of provinces and cities before the mergers of 2025, which numbers keep.
_LAST_PROVINCE = 96
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_PHONE_NOISE = re.compile(r"[\s.\-()/_]+")
# 11-digit mobile numbers became 10-digit ones on 15/09/2018.
_OLD_MOBILE = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
_MOBILE = re.compile(r"0[35789]\d{8}")
_LANDLINE = re.compile(r"02\d{8,9}")
_HEXADECIMAL = re.compile(r"0[xX][0-9a-fA-F]+")
_CODE = re.compile(r"[^\W_][^\W_]*(?:[-./_ ]?[^\W_]+)*")
_NO_CODE = frozenset(
    [
        "khong co",
        "khong",
        "chua co",
        "chua cap",
        "khong ro",
        "chua ro",
        "n/a",
        "na",
        "none",
        "null",
        "x",
        "ko co",
        "k co",
    ]
)
_LONGEST_CODE = 32


def read_phone(text: str | int | float) -> PhoneReading:
    """A Vietnamese phone number; +84, spaces, dots, a lost leading zero and 11-digit mobiles are understood."""
    written = _plain(text)
    if _EMPTY.fullmatch(written):
        return PhoneReading(None)
    if _SCIENTIFIC.fullmatch(written):
        return PhoneReading(None, problem=PhoneProblem.SCIENTIFIC)
    digits = _PHONE_NOISE.sub("", written)
    digits = re.sub(r"^(?:\+?84|0084)0?(?=\d{9,10}$)", "0", digits)
    repaired = False
    if re.fullmatch(r"[35789]\d{8}|1[2689]\d{8}|2\d{8,9}", digits):
        digits, repaired = "0" + digits, True
    if len(digits) == 11 and digits[:4] in _OLD_MOBILE:
        digits, repaired = _OLD_MOBILE[digits[:4]] + digits[4:], True
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return PhoneReading(digits, repaired)
    return PhoneReading(None, problem=PhoneProblem.NOT_A_PHONE)


def read_citizen_id(text: str | int | float) -> CitizenIdReading:
    """A 12-digit citizen number; up to two zeros that a spreadsheet dropped are put back."""
    written = _plain(text)
    if _EMPTY.fullmatch(written):
        return CitizenIdReading(None)
    if _SCIENTIFIC.fullmatch(written):
        return CitizenIdReading(None, problem=CitizenIdProblem.SCIENTIFIC)
    digits = re.sub(r"[\s.\-]+", "", written)
    if not (digits.isascii() and digits.isdecimal()):
        return CitizenIdReading(None, problem=CitizenIdProblem.NOT_A_NUMBER)
    if len(digits) == 9:
        return CitizenIdReading(None, problem=CitizenIdProblem.OLD_CARD)
    padded = digits.zfill(12) if len(digits) in {10, 11} else digits
    if len(padded) != 12:
        return CitizenIdReading(None, problem=CitizenIdProblem.WRONG_LENGTH)
    known = 1 <= int(padded[:3]) <= _LAST_PROVINCE
    return CitizenIdReading(padded, padded != digits, None if known else CitizenIdProblem.UNKNOWN_PROVINCE)


def citizen_id_facts(citizen_id: str) -> tuple[str, int]:
    """Sex (`male`/`female`) and birth year that a 12-digit number states, to compare with the record."""
    century, sex = divmod(int(citizen_id[3]), 2)
    return ("male", "female")[sex], 1900 + 100 * century + int(citizen_id[4:6])


def mask_citizen_id(citizen_id: str) -> str:
    """`001*******89`: what a screen shows until the officer asks for more."""
    if len(citizen_id) < 6:
        return "*" * len(citizen_id)
    return citizen_id[:3] + "*" * (len(citizen_id) - 5) + citizen_id[-2:]


def read_employee_code(text: str | int | float, *, length: int | None) -> CodeReading:
    """A company number; lost zeros are put back only when the length of the column's codes is known."""
    written = _plain(text)
    if _EMPTY.fullmatch(written):
        return CodeReading(None)
    if _SCIENTIFIC.fullmatch(written):
        return CodeReading(None, problem=CodeProblem.SCIENTIFIC)
    if _cannot_be_code(written) or (isinstance(text, float) and not text.is_integer()):
        return CodeReading(None, problem=CodeProblem.IMPOSSIBLE)
    if not (written.isascii() and written.isdecimal()) or length is None:
        return CodeReading(written)
    if len(written) > length:
        return CodeReading(None, problem=CodeProblem.TOO_LONG)
    padded = written.zfill(length)
    return CodeReading(padded, repaired=padded != written)


def code_length(codes: Iterable[str | int | float]) -> int | None:
    """The length all codes of a column share, known only when text codes with leading zeros show it."""
    plain = [_plain(code) for code in codes]
    digits = [code for code in plain if code.isascii() and code.isdecimal()]
    lengths = {len(code) for code in digits if code.startswith("0") and len(code) > 1}
    if len(lengths) != 1:
        return None
    length = lengths.pop()
    return length if all(len(code) <= length for code in digits) else None


def _plain(text: str | int | float) -> str:
    """What the cell shows: whole floats without their point, full-width digits as ASCII, a leading apostrophe off."""
    if isinstance(text, float):
        return str(int(text)) if text.is_integer() and abs(text) < 1e15 else repr(text)
    return clean(unicodedata.normalize("NFKC", str(text))).removeprefix("'")


def _cannot_be_code(written: str) -> bool:
    folded = fold(written)
    if folded in _NO_CODE or _HEXADECIMAL.fullmatch(written) or len(written) > _LONGEST_CODE:
        return True
    if not _CODE.fullmatch(written) or not any(letter.isdecimal() for letter in written):
        return True
    # 000000 and 999999 are typed to get past a required field.
    return len(written) >= 3 and set(written) in ({"0"}, {"9"})
