"""What a column holds, told from its cells: the second witness beside the heading, and the only one without it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from sangkien_desktop.domain.catalogues import SHARED
from sangkien_desktop.vietnamese.folding import fold
from sangkien_desktop.workbooks.table import Value

SAMPLE = 120
_LONGEST = 500
"""Letters of a cell that are looked at."""

_FAMILY_NAMES = """nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh doan dao mai trinh truong ta to lam
    luong luu cao chu ha thai tang quach vuong kieu phung tong nghiem la lai khuat khong mac ma luc giang hua trieu bach
    au diep than phi ung thieu dam han chau quan van sam vi lo ninh cu au tieu than nham tu lu banh bo quang thi"""
_FAMILIES = frozenset(_FAMILY_NAMES.split())
_MONEY = re.compile(
    r"\d[\d.,]*\s*(?:trieu|tr|ty|ti|nghin|ngan|k|d|dong|vnd|vnđ)\b|(?:khong|ko|chua) (?:quy|tinh|xac dinh)"
    r"|\d{1,3}(?:[.,]\d{3}){1,3}\b|^[1-9]\d{2,9}(?:000|500)$"
)
_DATE = re.compile(
    r"^(?:tu )?(?:ngay )?\d{1,2}\s*[/.\-]\s*(?:thg ?)?\d{1,2}\s*[/.\-]\s*\d{2,4}$|^(?:t|thang)\s*\d{1,2}\s*[/.\-]?\s*(?:nam )?\d{2,4}$"
    r"|^\d{1,2}[/.\-]\d{4}$|^\d{4}-\d{2}-\d{2}|^ngay \d+ thang \d+|^quy [\divx]+"
)
_CODE = re.compile(r"[A-Za-z]{0,5}[-.]?\d{3,10}")
_IDEA_CODE = re.compile(r"[A-Za-z]{1,5}\s?[-_]?\d{2,4}[-_/.]\d{1,6}")
_PHONE = re.compile(r"(?:\+84|0)[35789]\d{8}")
_GROUP = re.compile(
    r"^(?:to|chuyen|xuong|px|phan xuong|bo phan|phong|khoa|line|nhom|doi|tram|day chuyen|kho|ban|cd|tcd|to cd)\b"
)
_REMARK = re.compile(r"\s*\([^)]*\)")
_FLAGS = frozenset({"co", "khong", "x", "yes", "no", "y", "n", "ok", "ko", "k", "v", "dung", "sai"})
_EFFECT = re.compile(
    r"\b(?:giam|tang|tiet kiem|khong con|het|bot|con \d|nhanh hon|an toan hon|nang suat|chat luong|dat|thu hoi|hieu qua|gon|bao dam)\b"
)
_BEFORE = re.compile(
    r"\b(?:phai|hay|mat|kho|bi|thuong xuyen|ton tai|truoc day|hien trang|chua co|lang phi|nguy|cham|loi|thu cong|nang|hong|ban|vuong)\b"
)
_AFTER = re.compile(
    r"^(?:lam|lap|dung|thay|them|dat|che tao|thiet ke|gan|chuyen|su dung|bo tri|cai|doi|tan dung|ke|in|dan|han|duc|gom|soan|chia|sua|quy dinh|khoan|boc)\b"
)


@dataclass(frozen=True)
class Contents:
    """Shares (0 … 1) of the filled cells of a column that look like something."""

    filled: int = 0
    total: int = 0
    dates: float = 0.0
    numbers: float = 0.0
    money: float = 0.0
    names: float = 0.0
    codes: float = 0.0
    idea_codes: float = 0.0
    phones: float = 0.0
    groups: float = 0.0
    flags: float = 0.0
    sequence: float = 0.0
    percents: float = 0.0
    sentences: float = 0.0
    effects: float = 0.0
    befores: float = 0.0
    afters: float = 0.0
    length: float = 0.0
    """Mean length of the texts."""
    distinct: float = 0.0
    levels: float = 0.0
    types: float = 0.0

    @property
    def is_empty(self) -> bool:
        """Nothing to tell from."""
        return self.filled == 0


def contents_of(values: Sequence[Value]) -> Contents:
    """What a sample of a column's cells (empty ones included) says; texts are expected repaired."""
    filled = [value for value in values if value is not None and value != ""]
    if not filled:
        return Contents(total=len(values))
    texts = [value[:_LONGEST] for value in filled if isinstance(value, str)]
    return _of_filled(filled, texts, len(values))


def _of_filled(filled: Sequence[Value], texts: Sequence[str], total: int) -> Contents:
    numbers = _numbers(filled, texts)
    folded = [fold(text) for text in texts]
    count = len(filled)

    def share(hits: int) -> float:
        return hits / count

    return Contents(
        filled=count,
        total=total,
        dates=_dates(filled, folded, numbers),
        numbers=share(len(numbers)),
        money=share(
            sum(bool(_MONEY.search(f)) for f in folded)
            + sum(n >= 100_000 for n in numbers if not n.is_integer() or n % 500 == 0)
        ),
        names=share(sum(is_name(_REMARK.sub("", text)) for text in texts)),
        codes=_codes(filled),
        idea_codes=share(sum(bool(_IDEA_CODE.fullmatch(text.strip())) for text in texts)),
        phones=share(sum(bool(_PHONE.fullmatch(re.sub(r"[\s.\-]", "", text))) for text in texts)),
        groups=share(sum(bool(_GROUP.match(f)) and len(f) < 50 for f in folded)),
        flags=share(sum(f in _FLAGS for f in folded)),
        sequence=_sequence(filled),
        percents=share(
            sum(0 < n <= 100 for n in numbers) + sum(f.endswith("%") and len(f) < 8 for f in folded)
        ),
        sentences=share(sum(text.rstrip().endswith((".", "!", ";")) for text in texts)),
        effects=share(sum(bool(_EFFECT.search(f)) for f in folded)),
        befores=share(sum(bool(_BEFORE.search(f)) for f in folded)),
        afters=share(sum(bool(_AFTER.match(f)) for f in folded)),
        length=sum(map(len, texts)) / max(1, len(texts)) if len(texts) * 2 >= count else 0.0,
        distinct=len(set(map(str, filled))) / count,
        levels=share(sum(f in _labels("recognition_level") for f in folded)),
        types=share(sum(f in _labels("solution_type") for f in folded)),
    )


@lru_cache(maxsize=10)
def _labels(catalogue: str) -> frozenset[str]:
    return frozenset(fold(label) for label in SHARED[catalogue])


@lru_cache(maxsize=50_000)
def is_name(text: str) -> bool:
    """Whether a text looks like the full name of one Vietnamese person."""
    words = text.split()
    if not 2 <= len(words) <= 6 or len(text) > 45 or any(c.isdigit() or c in ".:;?!" for c in text):
        return False
    folded = fold(words[0])
    capitals = all(word[0].isupper() for word in words)
    return folded in _FAMILIES and (capitals or text.islower() or text.isupper())


def _codes(filled: Sequence[Value]) -> float:
    plain = [_plain_number(value) for value in filled]
    hits = sum(bool(text and _CODE.fullmatch(text)) for text in plain)
    return hits / len(filled)


def _plain_number(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _sequence(filled: Sequence[Value]) -> float:
    numbers = [
        int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
        for text in map(_plain_number, filled)
    ]
    if not numbers or numbers[0] is None:
        return 0.0
    steps = sum(a is not None and b is not None and (b - a == 1 or b == 1) for a, b in pairwise(numbers))
    small = sum(n is not None and n < 100_000 for n in numbers) / len(numbers)
    return small * (steps + 1) / len(numbers)


def _numbers(filled: Sequence[Value], texts: Sequence[str]) -> list[float]:
    written = [text for text in texts if text.isascii() and text.strip().isdecimal() and len(text) < 15]
    true = [value for value in filled if isinstance(value, int | float) and not isinstance(value, bool)]
    return [*map(float, true), *map(float, written)]


def _dates(filled: Sequence[Value], folded: Sequence[str], numbers: Sequence[float]) -> float:
    days = sum(isinstance(v, date) for v in filled) + sum(bool(_DATE.match(f)) for f in folded)
    return days / len(filled) or _serials(numbers, len(filled))


def _serials(numbers: Sequence[float], count: int) -> float:
    """Day numbers of the last decades, as a column whose date format was lost shows them."""
    return sum(40_000 <= n <= 55_000 and n.is_integer() for n in numbers) / count
