"""Which field a heading means: by synonym, by abbreviation, by near miss, in Vietnamese, English and Japanese."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from sangkien_desktop.domain.initiative_fields import FIELDS
from sangkien_desktop.domain.people import PERSON_FIELDS
from sangkien_desktop.vietnamese.folding import fold
from sangkien_desktop.workbooks import heading_words

LEFT_OUT = ""
"""The field of headings that are known to mean nothing."""

_LONGEST_HEADING = 120
_NOT_ASKED = frozenset({"attachments", "is_monetary"})
_NUMBERING = re.compile(r"^(?:\(?\d{1,2}[.):]\)?|\([ivx]+\)|[ivx]{1,4}[.)])\s*")
_PARENTHESES = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]?")
_SEGMENTS = re.compile(r"[\n/|;:：()\[\]（）【】・]+|\s[-–—]\s")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]+(?:[a-zA-Z]+)?")
_WORD = re.compile(r"[^\W_]+|%|#")
_NOISE = frozenset(
    {"cua", "cac", "va", "nhung", "duoc", "neu", "co", "ghi", "ro", "du", "kien", "the", "of", "and"}
)


@dataclass(frozen=True, slots=True)
class Match:
    """A field that a heading may mean; `field` is LEFT_OUT for headings known to be of no use."""

    field: str
    score: float
    is_exact: bool


class Headings:
    """The synonyms of one kind of list, ready to be matched."""

    def __init__(self, synonyms: Mapping[str, Iterable[str]]) -> None:
        self._fields: dict[str, str] = {}
        self._sorted: dict[str, str] = {}
        for field, texts in synonyms.items():
            for text in texts:
                self._fields.setdefault(key_of(text), field)
        for key, field in self._fields.items():
            self._sorted.setdefault(" ".join(sorted(key.split())), field)
        self._keys = [key for key in self._fields if len(key) >= 5 and key.isascii()]
        self._words = frozenset(word for key in self._fields for word in key.split())
        self._contents = [
            (key, field, _content(key)) for key, field in self._fields.items() if len(_content(key)) > 1
        ]
        self._with_word: dict[str, list[int]] = {}
        for place, (_, _, content) in enumerate(self._contents):
            for word in content:
                self._with_word.setdefault(word, []).append(place)
        self._match = lru_cache(maxsize=20_000)(self._best)

    def matches(self, heading: str, above: str = "") -> tuple[Match, ...]:
        """Fields that a heading may mean, best first; `above` is the heading it stands under."""
        if len(heading) > _LONGEST_HEADING:
            return ()
        return self._match(heading, above)

    def _best(self, heading: str, above: str) -> tuple[Match, ...]:
        found: dict[str, Match] = {}
        for text, weight in _readings(heading, above):
            for match in self._of_key(text):
                score = round(match.score * weight, 3)
                if field_score(found, match.field) < score:
                    found[match.field] = Match(match.field, score, match.is_exact)
        return tuple(sorted(found.values(), key=lambda match: -match.score))

    def _of_key(self, key: str) -> list[Match]:
        if not key:
            return []
        exact = self._fields.get(key)
        if exact is not None:
            return [Match(exact, 0.86 if key in heading_words.GENERIC else 1.0, True), *self._near(key, 0.8)]
        shuffled = self._sorted.get(" ".join(sorted(key.split())))
        if shuffled is not None and len(key) > 6:
            return [Match(shuffled, 0.96, True)]
        return self._near(key, 0.92)

    def _near(self, key: str, most: float) -> list[Match]:
        """Near misses and headings that contain a synonym or are contained in one."""
        if len(key) < 4 or not key.isascii() or not self._sounds_like_heading(key):
            return []
        found: list[Match] = []
        for alias, ratio, _ in process.extract(key, self._keys, scorer=fuzz.ratio, score_cutoff=84, limit=4):
            found.append(Match(self._fields[alias], min(most, 0.6 + (ratio - 84) / 16 * 0.36), False))
        tokens = _content(key)
        if len(tokens) > 1:
            places = {place for word in tokens for place in self._with_word.get(word, ())}
            for alias, field, other in (self._contents[place] for place in sorted(places)):
                score = _containment(tokens, other, key, alias)
                if score:
                    found.append(Match(field, min(most, score), False))
        return found

    def _sounds_like_heading(self, key: str) -> bool:
        """Quickly puts aside what stands in data rows: longer texts whose words no heading uses."""
        words = key.split()
        return len(key) <= 24 or sum(word in self._words for word in words) * 3 >= len(words) * 2


def field_score(found: Mapping[str, Match], field: str) -> float:
    """The score a field has so far."""
    match = found.get(field)
    return match.score if match else 0.0


@lru_cache(maxsize=20_000)
def key_of(text: str) -> str:
    """A heading in the form in which headings are compared: folded words, abbreviations written out."""
    folded = fold(unicodedata.normalize("NFKC", text))
    folded = _NUMBERING.sub("", folded)
    parts = (heading_words.ABBREVIATIONS.get(word, word) for word in _WORD.findall(folded))
    return " ".join(parts)


def _readings(heading: str, above: str) -> list[tuple[str, float]]:
    """The ways to read a heading, with how much each counts: as a whole, without brackets, in parts, with above."""
    plain = _PARENTHESES.sub(" ", heading)
    readings = [(key_of(heading), 1.0), (key_of(plain), 0.99), (key_of(plain.rstrip(" 0123456789")), 0.97)]
    segments = [key_of(part) for part in _SEGMENTS.split(heading) if part and part.strip()]
    segments += [key_of(part) for part in _CJK.findall(unicodedata.normalize("NFKC", heading))]
    segments.append(key_of(_CJK.sub(" ", unicodedata.normalize("NFKC", heading))))
    readings += [(segment, 0.95 if index == 0 else 0.9) for index, segment in enumerate(segments)]
    if above:
        readings += [(key_of(f"{above} {plain}"), 1.0), (key_of(f"{plain} {above}"), 1.0)]
        if not plain.strip():
            readings.append((key_of(above), 0.95))
    return list(dict.fromkeys(readings))


@lru_cache(maxsize=20_000)
def _content(key: str) -> frozenset[str]:
    return frozenset(key.split()) - _NOISE


def _containment(tokens: frozenset[str], other: frozenset[str], key: str, alias: str) -> float:
    common = len(tokens & other)
    if common == len(other):
        return 0.62 + 0.3 * min(1.0, len(alias) / len(key))
    if common == len(tokens):
        return 0.55 + 0.3 * min(1.0, len(key) / len(alias))
    return 0.0


def _initiative_synonyms() -> dict[str, list[str]]:
    synonyms: dict[str, list[str]] = {LEFT_OUT: list(heading_words.NOTHING)}
    for field, texts in heading_words.COLUMNS.items():
        synonyms[field] = list(texts)
    for declared in FIELDS:
        if declared.name not in _NOT_ASKED:
            synonyms[declared.name] = [declared.label, declared.heading, *declared.aliases]
    for person in PERSON_FIELDS:
        name = "author" if person.name == "name" else person.name
        if name != "group":
            synonyms[name] = [person.label, person.heading, *person.aliases]
    for field, texts in heading_words.MORE.items():
        synonyms.setdefault(field, []).extend(texts)
    # `is_member` would take the heading "Đoàn viên" of a column of names.
    synonyms["is_member"] = [text for text in synonyms["is_member"] if text != "Đoàn viên"]
    return synonyms


def _person_synonyms() -> dict[str, list[str]]:
    synonyms: dict[str, list[str]] = {LEFT_OUT: list(heading_words.NOTHING)}
    synonyms["sequence"] = list(heading_words.COLUMNS["sequence"])
    for person in PERSON_FIELDS:
        more = heading_words.MORE.get("author" if person.name == "name" else person.name, ())
        aliases = [text for text in person.aliases if text != "Đoàn viên"]
        synonyms[person.name] = [person.label, person.heading, *aliases, *more]
    synonyms["note"] = ["Ghi chú", "Note", "備考"]
    return synonyms


INITIATIVES = Headings(_initiative_synonyms())
PEOPLE = Headings(_person_synonyms())
