"""What goes into screening and what comes out."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class ScreeningText:
    """One initiative as screening sees it; `body` is situation, solution and effect, joined by the caller."""

    ref: str
    title: str
    body: str
    author: str = ""
    group: str = ""


class Kind(StrEnum):
    """What a pair is called."""

    DUPLICATE = "duplicate"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Reason:
    """One Vietnamese sentence that explains the judgement; `code` is stable for counting and filtering."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two initiatives that belong before a person's eyes; `score` is 0..1, `a` < `b` is not promised."""

    a: str
    b: str
    kind: Kind
    score: float
    reasons: tuple[Reason, ...]
