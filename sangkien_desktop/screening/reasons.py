"""Why two initiatives are put side by side, in sentences for the person who decides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sangkien_desktop.screening.alignment import Alignment
from sangkien_desktop.screening.model import Reason, ScreeningText
from sangkien_desktop.screening.tokens import Token
from sangkien_desktop.vietnamese.folding import fold

_WORD = re.compile(r"\w+")
_NEARLY_ALL = 0.97
_SHORT_VERSION = 0.8
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What keeps two otherwise equal texts apart; `mine` and `theirs` are the folded words that differ."""

    code: str
    mine: str
    theirs: str


_AGAINST = {
    "number_in_title": "Giống, khác số hoặc mã trong tên: {}.",
    "number_in_body": "Giống, khác số liệu trong nội dung: {}.",
    "other_place": "Giống, khác chuyền hoặc nơi áp dụng: {}.",
    "other_thing": "Giống, khác đối tượng: {}.",
    "place_added": "Giống, nhưng chỉ một bên ghi: {}.",
    "word_replaced": "Cùng khuôn câu, khác từ trong tên: {}.",
}


def against_it(a: ScreeningText, b: ScreeningText, found: Contradiction) -> Reason:
    """The sentence for what keeps the two apart."""
    mine = as_written(a.title, found.mine)
    theirs = as_written(b.title, found.theirs)
    shown = " / ".join(f"“{words}”" for words in (mine, theirs) if words)
    return Reason(found.code, _AGAINST[found.code].format(shown))


def same_theme() -> Reason:
    """The sentence for two texts that share words without being one text."""
    return Reason("same_theme", "Cùng chủ đề, nội dung trùng một phần.")


def for_it(
    a: ScreeningText,
    b: ScreeningText,
    titles: Alignment,
    bodies: Alignment,
    rewordings: Sequence[tuple[str, str]],
) -> tuple[Reason, ...]:
    """How the second text came out of the first, as far as it shows."""
    found = [*_about_text(a, b, titles, bodies)]
    if rewordings:
        shown = "; ".join(
            f"“{as_written(f'{a.title} {a.body}', mine)}” – “{as_written(f'{b.title} {b.body}', theirs)}”"
            for mine, theirs in rewordings[:_EXAMPLES]
        )
        found.append(Reason("reworded", f"Cùng ý, khác cách viết: {shown}."))
    if a.author and b.author and fold(a.author) != fold(b.author):
        found.append(Reason("other_author", f"Khác tác giả: {a.author} / {b.author}."))
    return tuple(found)


def _about_text(a: ScreeningText, b: ScreeningText, titles: Alignment, bodies: Alignment) -> list[Reason]:
    if (a.title, a.body) == (b.title, b.body):
        return [Reason("same_text", "Tên và nội dung giống hệt nhau.")]
    if (fold(a.title), fold(a.body)) == (fold(b.title), fold(b.body)):
        return [Reason("same_but_accents", "Giống hệt nhau, chỉ khác dấu hoặc chữ hoa.")]
    if not (bodies.weight_a and bodies.weight_b):
        return [Reason("same_title", "Tên giống nhau; một bên không có nội dung để so.")]
    length = min(bodies.weight_a, bodies.weight_b) / max(bodies.weight_a, bodies.weight_b)
    if length < _SHORT_VERSION and bodies.contained > titles.contained - 0.2:
        return [Reason("shortened", "Một bản là bản rút gọn của bản kia.")]
    if min(titles.common, bodies.common) >= _NEARLY_ALL:
        is_turned = _is_turned(titles) or _is_turned(bodies)
        sentence = (
            "Cùng các từ, đảo thứ tự câu chữ." if is_turned else "Tên và nội dung gần như giống hệt nhau."
        )
        return [Reason("reordered" if is_turned else "nearly_same", sentence)]
    return [Reason("same_content", f"Trùng {bodies.common:.0%} nội dung và {titles.common:.0%} tên.")]


def _is_turned(found: Alignment) -> bool:
    """Words that stayed together moved before words they used to follow."""
    partner = found.partner
    there = [partner[at] for at in sorted(partner) if partner.get(at + 1) == partner[at] + 1]
    return any(later < earlier for earlier, later in pairwise(there))


def rewordings(a: Sequence[Token], b: Sequence[Token], found: Alignment) -> list[tuple[str, str]]:
    """Partners that are written differently, as folded words of both sides."""
    pairs = ((a[at].surface, b[place].surface) for at, place in sorted(found.partner.items()))
    return [(mine, theirs) for mine, theirs in dict.fromkeys(pairs) if mine != theirs]


def as_written(text: str, folded: str) -> str:
    """The words of `text` that fold to `folded`; `folded` itself when they are not found side by side."""
    written = _WORD.findall(text)
    plain = [fold(word) for word in written]
    wanted = folded.split()
    for at in range(len(written) - len(wanted) + 1):
        if plain[at : at + len(wanted)] == wanted:
            return " ".join(written[at : at + len(wanted)])
    return folded
