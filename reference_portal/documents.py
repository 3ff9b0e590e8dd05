"""What a document may hold: the strict list of fields, their kinds and limits, and what a secret one may show."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import rfc8785

from reference_portal.folding import fold
from reference_portal.problems import Fault

Document = Mapping[str, Any]
MONEY_MAX = 10**15
PARTIAL_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
SECRET_FIELDS = frozenset(
    ("title", "effect_summary", "awards", "is_secret", "programme", "stage", "group", "local_code")
)
"""All that a technology secret may show; the contract allows title, effect and awards beside ids and places."""


@dataclass(frozen=True)
class Window:
    """The programme's rules a document is judged by. Days as ISO text; None is open."""

    code: str
    applied_from: str | None
    applied_to: str | None
    is_open: bool


def jcs_hash(value: Any) -> str | None:
    """`sha256:` and the hash of the canonical form (RFC 8785); None when there is none (NaN, lone surrogates)."""
    try:
        return "sha256:" + hashlib.sha256(rfc8785.dumps(value)).hexdigest()
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError):
        return None


Check = Callable[[str, Any], Iterable[Fault]]


def _text(maximum: int) -> Check:
    def check(pointer: str, value: Any) -> Iterable[Fault]:
        if not isinstance(value, str):
            yield _wrong_kind(pointer, "text")
        elif len(value) > maximum:
            yield Fault(pointer, "E005", f"Dài quá {maximum} ký tự.", {"max": maximum, "length": len(value)})

    return check


def _flag(pointer: str, value: Any) -> Iterable[Fault]:
    if not isinstance(value, bool):
        yield _wrong_kind(pointer, "boolean")


def _money(pointer: str, value: Any) -> Iterable[Fault]:
    if isinstance(value, bool) or not isinstance(value, int):
        yield _wrong_kind(pointer, "integer")
    elif not 0 <= value <= MONEY_MAX:
        yield Fault(pointer, "E007", "Số tiền phải từ 0 đến 1 triệu tỷ đồng.", {"min": 0, "max": MONEY_MAX})


def _year(pointer: str, value: Any) -> Iterable[Fault]:
    if isinstance(value, bool) or not isinstance(value, int) or not 1900 <= value <= 2200:
        yield _wrong_kind(pointer, "year")


def _share(pointer: str, value: Any) -> Iterable[Fault]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield _wrong_kind(pointer, "number")
    elif not 0 < value <= 100:
        yield Fault(pointer, "E106", "Tỷ lệ đóng góp phải lớn hơn 0 và không quá 100.", {"share": value})


def _day(pointer: str, value: Any) -> Iterable[Fault]:
    if not isinstance(value, str) or first_day(value) is None:
        yield Fault(pointer, "E008", "Không phải ngày có thật.", {})


def _texts(pointer: str, value: Any) -> Iterable[Fault]:
    if not isinstance(value, list) or len(value) > 50:
        yield _wrong_kind(pointer, "list")
        return
    for index, entry in enumerate(value):
        yield from _text(250)(f"{pointer}/{index}", entry)


def _rows(fields: Mapping[str, Check], required: str, maximum: int) -> Check:
    def check(pointer: str, value: Any) -> Iterable[Fault]:
        if not isinstance(value, list) or len(value) > maximum:
            yield _wrong_kind(pointer, "list")
            return
        for index, row in enumerate(value):
            here = f"{pointer}/{index}"
            if not isinstance(row, dict):
                yield _wrong_kind(here, "object")
                continue
            yield from _fields(here, row, fields)
            if not row.get(required):
                yield Fault(f"{here}/{required}", "E110", "Chưa ghi.", {})

    return check


AUTHOR: Mapping[str, Check] = {
    "employee_code": _text(20),
    "name": _text(100),
    "share": _share,
    "is_main": _flag,
    "gender": _text(20),
    "birth_year": _year,
    "education": _text(100),
    "position": _text(100),
    "is_leader": _flag,
    "author_kind": _text(100),
}
AWARD: Mapping[str, Check] = {
    "level": _text(100),
    "form": _text(100),
    "decision": _text(50),
    "date": _day,
    "amount": _money,
}
FIELDS: Mapping[str, Check] = {
    "local_code": _text(30),
    "programme": _text(60),
    "stage": _text(60),
    "title": _text(250),
    "is_secret": _flag,
    "solution_type": _text(250),
    "category": _text(250),
    "situation_before": _text(2000),
    "solution": _text(5000),
    "novelty": _text(1000),
    "scope": _text(1500),
    "conditions": _text(1000),
    "first_applied_on": _day,
    "effect_summary": _text(1000),
    "effect_groups": _texts,
    "is_monetary": _flag,
    "annual_benefit": _money,
    "benefit_calculation": _text(2000),
    "benefit_confirmed_by": _text(250),
    "benefit_confirmed_on": _day,
    "recognition_level": _text(100),
    "recognition_decision": _text(50),
    "recognised_on": _day,
    "is_ip_protected": _flag,
    "authors": _rows(AUTHOR, "name", 50),
    "group": _text(60),
    "awards": _rows(AWARD, "form", 20),
}


def _wrong_kind(pointer: str, expected: str) -> Fault:
    return Fault(pointer, "E004", "Sai kiểu dữ liệu.", {"expected": expected})


def _fields(pointer: str, values: Document, known: Mapping[str, Check]) -> Iterable[Fault]:
    for name, value in values.items():
        here = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')[:100]}"
        check = known.get(name)
        if check is None:
            yield Fault(here, "E001", "Cổng không nhận mục này.", {})
        elif value is not None:
            yield from check(here, value)


def first_day(text: str) -> date | None:
    """The first day of 2022-05-01, 2022-05 or 2022; None when there is no such day."""
    found = PARTIAL_DATE.match(text)
    if found is None or not text.isascii():
        return None
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shape_faults(document: Document) -> tuple[Fault, ...]:
    """Unknown fields, wrong kinds and broken limits; these alone decide whether the rest can be judged."""
    return tuple(_fields("/data", document, FIELDS))


def meaning_faults(document: Document, window: Window | None, today: date) -> tuple[Fault, ...]:
    """What a well-shaped document says that the programme does not take."""
    return tuple(_meaning(document, window, today))


def _meaning(document: Document, window: Window | None, today: date) -> Iterable[Fault]:
    title = (document.get("title") or "").strip()
    if len(title) < 10:
        yield Fault("/data/title", "E110", "Tên sáng kiến cần ít nhất 10 ký tự.", {"min": 10})
    if not (document.get("effect_summary") or "").strip():
        yield Fault("/data/effect_summary", "E111", "Chưa ghi tóm tắt hiệu quả.", {})
    if window is None:
        yield Fault("/data/programme", "E109", "Cổng không có chương trình này.", {})
    elif not window.is_open:
        yield Fault("/data/programme", "E113", "Chương trình đã đóng nhập.", {})
    if document.get("is_ip_protected"):
        yield Fault("/data/is_ip_protected", "E105", "Giải pháp đang được bảo hộ sở hữu trí tuệ.", {})
    if document.get("is_secret"):
        shown = (name for name, value in document.items() if value not in (None, "", []) and name in FIELDS)
        for name in sorted(set(shown) - SECRET_FIELDS):
            yield Fault(f"/data/{name}", "E002", "Sáng kiến bí mật không được gửi mục này.", {})
        return
    yield from _content(document)
    yield from _days(document, window, today)


def _content(document: Document) -> Iterable[Fault]:
    for name in ("situation_before", "solution", "category"):
        if not (document.get(name) or "").strip():
            yield Fault(f"/data/{name}", "E111", "Chưa ghi.", {})
    authors = document.get("authors") or []
    if not authors:
        yield Fault("/data/authors", "E111", "Chưa ghi tác giả.", {})
        return
    if sum(bool(author.get("is_main")) for author in authors) > 1:
        yield Fault("/data/authors", "E107", "Chỉ được một tác giả chính.", {})
    shares = [author.get("share") for author in authors]
    if len(authors) == 1 and shares == [None]:
        return
    total = sum(share or 0 for share in shares)
    if None in shares or abs(total - 100) > 0.011:
        yield Fault("/data/authors", "E106", "Tổng tỷ lệ đóng góp cần đúng 100%.", {"total": total})


def _days(document: Document, window: Window | None, today: date) -> Iterable[Fault]:
    applied_text = document.get("first_applied_on")
    if not applied_text:
        yield Fault("/data/first_applied_on", "E111", "Chưa ghi ngày áp dụng.", {})
        return
    applied = first_day(applied_text)
    if applied and applied > today:
        yield Fault("/data/first_applied_on", "E102", "Ngày áp dụng còn ở phía trước.", {})
    if window and not _inside(applied_text, window):
        params = {"from": window.applied_from, "to": window.applied_to}
        yield Fault("/data/first_applied_on", "E101", "Ngày áp dụng ngoài thời gian chương trình.", params)
    recognition = ("recognition_level", "recognition_decision", "recognised_on")
    if not any(document.get(name) for name in recognition):
        yield Fault("/data/recognition_level", "E104", "Chưa được cấp nào công nhận.", {})


def _inside(text: str, window: Window) -> bool:
    """A date known only by its month or year is inside when any of its days can be."""
    start, end = window.applied_from, window.applied_to
    return (start is None or text >= start[: len(text)]) and (end is None or text <= end[: len(text)])


def likeness(unit_id: str, document: Document) -> str:
    """Hash that is equal for the same business object: unit, programme, folded title, main author."""
    authors = document.get("authors") or [{}]
    main = next((author for author in authors if author.get("is_main")), authors[0])
    author = main.get("employee_code") or fold(main.get("name") or "")
    parts = (unit_id, document.get("programme") or "", fold(document.get("title") or ""), author)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def holds_unstorable_text(value: Any) -> bool:
    """NUL and lone surrogates, which no database column of text takes."""
    if isinstance(value, str):
        return "\x00" in value or not (value.isascii() or _is_utf8(value))
    if isinstance(value, dict):
        return any(holds_unstorable_text(key) or holds_unstorable_text(entry) for key, entry in value.items())
    return isinstance(value, list) and any(holds_unstorable_text(entry) for entry in value)


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
