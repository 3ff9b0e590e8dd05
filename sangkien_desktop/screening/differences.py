"""Where two texts differ, word by word, for showing them side by side."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from sangkien_desktop.vietnamese.folding import fold

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the original text that is equal on both sides, or not."""

    text: str
    is_equal: bool


@dataclass(frozen=True, slots=True)
class WordDifference:
    """Both texts cut into segments; joined again the segments give the texts unchanged."""

    a: tuple[Segment, ...]
    b: tuple[Segment, ...]


def word_difference(a: str, b: str) -> WordDifference:
    """Equal and differing words of both sides. Accents, case and punctuation make no difference here."""
    mine, theirs = _PIECE.findall(a), _PIECE.findall(b)
    words_a = [at for at, piece in enumerate(mine) if _is_word(piece)]
    words_b = [at for at, piece in enumerate(theirs) if _is_word(piece)]
    matcher = SequenceMatcher(
        None, [fold(mine[at]) for at in words_a], [fold(theirs[at]) for at in words_b], autojunk=False
    )
    differs_a, differs_b = set(words_a), set(words_b)
    for block in matcher.get_matching_blocks():
        differs_a.difference_update(words_a[block.a : block.a + block.size])
        differs_b.difference_update(words_b[block.b : block.b + block.size])
    return WordDifference(_segments(mine, differs_a), _segments(theirs, differs_b))


def _is_word(piece: str) -> bool:
    return piece[0].isalnum() or piece[0] == "_"


def _segments(pieces: list[str], differs: set[int]) -> tuple[Segment, ...]:
    """Neighbours of one sort in one segment; what stands between two differing words differs with them."""
    marks = [at in differs for at in range(len(pieces))]
    for at in range(1, len(pieces) - 1):
        if not _is_word(pieces[at]):
            marks[at] = marks[at - 1] and (at + 1 in differs or not _is_word(pieces[at + 1]))
    segments: list[Segment] = []
    for piece, is_different in zip(pieces, marks, strict=True):
        if segments and segments[-1].is_equal is not is_different:
            segments[-1] = Segment(segments[-1].text + piece, not is_different)
        else:
            segments.append(Segment(piece, not is_different))
    return tuple(segments)
