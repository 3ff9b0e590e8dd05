"""The authors of an initiative as cells say them: one name, several names, names with codes and shares."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from sangkien_desktop.domain.initiative import Author
from sangkien_desktop.vietnamese.folding import clean, fold
from sangkien_desktop.workbooks.table import Value

_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:%|phần trăm)")
_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]*?)\s*[)\]]")
_CODE = re.compile(r"(?=[^\s]*\d)[A-Za-z]{0,5}[-.]?[\dA-Za-z]{2,12}")
_LABELLED_CODE = re.compile(
    r"\b(?:mã(?: số| nv| nhân viên)?|msnv|mnv|số thẻ|id)\s*[:.]?\s*([\w-]*\d[\w-]*)", re.IGNORECASE
)
_MAIN = re.compile(r"^(?:(?:la )?tac gia chinh|tgc|chu nhiem|chinh|main(?: author)?|主)\b\s*[:\-]?\s*")
_ROLE = re.compile(
    r"^(?:(?:là )?tác giả chính|đồng tác giả|tác giả|cộng sự|tgc|đtg|tg|chủ nhiệm|main author|co-?author)\s*\d?\s*[:\-–]\s*",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"^\s*(?:\(?\d{1,2}\s*[.)/:\-]|[-–•+*])\s*")
_HONORIFIC = re.compile(r"^(?:anh|chị|ông|bà|đ/c|đồng chí|mr\.?|ms\.?|mrs\.?)\s+(?=[A-ZĐÀ-Ỹ])", re.IGNORECASE)
_STRONG = re.compile(r"[;\n|]|\s/\s|\s\+\s")
_WEAK = re.compile(r"[,&/]|\s+(?:và|and|VÀ)\s+|\s-\s|(?<=\w)-(?=[A-ZĐ]\w+\s)")
_NAME = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:[.'’-]+[^\W\d_]*)*\s+[^\W\d_]")
_LONGEST_SHARE = 20
_MOST_SHARE = 1_000_000
"""Beyond it a number is no share at all; below it the rules say what is wrong."""
_LONGEST = 2000
"""Letters of an author cell; what is longer is somebody's essay, not a list of people."""


@dataclass(frozen=True)
class Named:
    """What a piece of an author cell says; `name` is empty for "Tác giả chính 60%"."""

    name: str
    code: str | None = None
    share: Decimal | None = None
    says_main: bool = False


@lru_cache(maxsize=20_000)
def named_in(text: str) -> tuple[Named, ...]:
    """Everybody named in a cell, in order."""
    if len(text) > _LONGEST:
        return (Named(clean(text)),)
    pieces = [piece for piece in _pieces(text) if piece.strip()]
    people: list[Named] = []
    for found in map(_named, pieces):
        if people and _is_only_code(found) and people[-1].name and not people[-1].code:
            people[-1] = replace(people[-1], code=found.code)
        elif found.name or found.share is not None or found.code:
            people.append(found)
    return tuple(people)


def _is_only_code(found: Named) -> bool:
    """A code on a line of its own under the name, or behind a stroke."""
    return bool(found.code) and not found.name and found.share is None


def read_share(value: Value) -> Decimal | None:
    """A share in per cent; Excel's own per cent format stores 60 % as 0.6. None when it is no share."""
    number = _number(value)
    if number is None or not number.is_finite() or abs(number) >= _MOST_SHARE:
        return None
    is_part = not isinstance(value, str) and number == 1
    is_part = is_part or (0 < number < 1 and not (isinstance(value, str) and value.strip().endswith("%")))
    return _tidy(number * 100 if is_part else number)


def _number(value: Value) -> Decimal | None:
    """A number, a written number, per cents or a fraction."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value))
    if not isinstance(value, str) or len(value) > _LONGEST_SHARE:
        return None
    text = value.strip().rstrip("%").strip().replace(",", ".")
    fraction = re.fullmatch(r"(\d+)\s*/\s*(\d+)", text)
    try:
        return Decimal(fraction[1]) / Decimal(fraction[2]) * 100 if fraction else Decimal(text)
    except (InvalidOperation, ZeroDivisionError):
        return None


def _tidy(number: Decimal) -> Decimal:
    rounded = number.quantize(Decimal("0.01"))
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


def _pieces(text: str) -> Sequence[str]:
    text = text.replace("\r\n", "\n")
    if _STRONG.search(text):
        parts = _with_remarks([part for part in _STRONG.split(text) if part.strip()])
        return [piece for part in parts for piece in _weak_pieces(part)]
    return _weak_pieces(text)


def _with_remarks(parts: Sequence[str]) -> list[str]:
    """A line of its own in brackets ("(Tổ trưởng)", "(40%)") belongs to the name above it."""
    joined: list[str] = []
    for part in parts:
        if joined and part.strip().startswith("(") and part.strip().endswith(")"):
            joined[-1] = f"{joined[-1]} {part.strip()}"
        else:
            joined.append(part)
    return joined


def _weak_pieces(text: str) -> Sequence[str]:
    """A comma divides people when what it divides are people; "A (001, 60%)" stays whole."""
    hidden = _BRACKETS.sub(lambda match: match[0].translate(_VEIL), text)
    parts = [part.translate(_UNVEIL) for part in _WEAK.split(hidden)]
    whole = [part for part in parts if part and part.strip()]
    if len(whole) < 2:
        return [text]
    joined: list[str] = []
    for part in whole:
        if joined and not _has_name(part):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


_VEIL = str.maketrans({",": "\ue000", "&": "\ue001", "/": "\ue002", "-": "\ue003"})
_UNVEIL = str.maketrans({"\ue000": ",", "\ue001": "&", "\ue002": "/", "\ue003": "-"})


def _has_name(text: str) -> bool:
    return bool(_NAME.search(_SHARE.sub("", text)))


def _named(piece: str) -> Named:
    text = _NUMBERING.sub("", clean(piece))
    folded = fold(text)
    says_main = bool(_MAIN.match(folded)) or "tac gia chinh" in folded or "(chinh)" in folded
    share = None
    found = _SHARE.search(text)
    if found:
        share = read_share(found[1] + "%")
        text = text[: found.start()] + " " + text[found.end() :]
    text = _ROLE.sub("", text.strip())
    text, code = _take_code(text)
    text = re.sub(r"\b(?:là\s+)?tác giả chính\b", " ", text, flags=re.IGNORECASE)
    text = _BRACKETS.sub(" ", text) if _has_name(_BRACKETS.sub(" ", text)) else text
    text = _HONORIFIC.sub("", text.strip(" ,;:-–()[]\t"))
    name = " ".join(text.strip(" ,;:-–()[]").split())
    if not any(letter.isalpha() for letter in name):
        name = ""
    return Named(name, code, share, says_main)


def _take_code(text: str) -> tuple[str, str | None]:
    labelled = _LABELLED_CODE.search(text)
    if labelled:
        return text[: labelled.start()] + " " + text[labelled.end() :], labelled[1]
    for inside in _BRACKETS.finditer(text):
        for part in re.split(r"[,;\s]+", inside[1]):
            if _CODE.fullmatch(part) or re.fullmatch(r"0x[0-9A-Fa-f]+|\d+(?:[.,]\d+)?[eE][+]?\d+", part):
                return text[: inside.start()] + " " + text[inside.end() :], part
        if not inside[1].strip(" ,;%"):
            text = text.replace(inside[0], " ")
    words = text.split()
    if len(words) == 1 and _CODE.fullmatch(words[0]) and words[0][-1].isdigit():
        return "", words[0]
    for place in (0, -1):
        if len(words) > 1 and _CODE.fullmatch(words[place].strip("-–:,")) and words[place][-1].isdigit():
            code = words.pop(place).strip("-–:,")
            return " ".join(words).strip(" -–:,"), code
    return text, None


def merge(main: Named | None, others: Sequence[Named]) -> tuple[Named, ...]:
    """The main author and those that another cell names; "Tác giả chính 60%" there is the main author's share."""
    if main is None:
        return tuple(other for other in others if other.name)
    first = main
    rest: list[Named] = []
    for other in others:
        is_same = (
            bool(other.name) and fold(other.name) == fold(first.name) and other.code in (None, first.code)
        )
        if (
            (not other.name and other.says_main)
            or (not other.name and not rest and first.share is None)
            or is_same
        ):
            first = replace(first, share=other.share if other.share is not None else first.share)
        elif other.name:
            rest.append(other)
    return (first, *rest)


def as_authors(people: Sequence[Named]) -> tuple[Author, ...]:
    """Authors of a record; the one marked as main, else the first, is main and comes first."""
    if not people:
        return ()
    main = next((index for index, person in enumerate(people) if person.says_main), 0)
    ordered = [people[main], *people[:main], *people[main + 1 :]]
    return tuple(
        Author(name=person.name, employee_code=person.code, share=person.share, is_main=index == 0)
        for index, person in enumerate(ordered)
    )
