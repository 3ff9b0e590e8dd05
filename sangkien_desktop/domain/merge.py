"""Three versions in, one merged document or a list of clashes out. No clocks."""

from collections.abc import Iterable
from dataclasses import dataclass

from sangkien_desktop.domain.document import Document, Json, changed_fields


@dataclass(frozen=True)
class Merged:
    """What a merge found: the document, what was taken from the other side, and where both sides differ."""

    document: dict[str, Json]
    """Mine, with the other side's changes of fields that I did not touch."""
    taken: frozenset[str]
    clashes: frozenset[str]
    """Fields changed on both sides to different values; `document` holds mine there until a person decides."""


def merge(base: Document, mine: Document, theirs: Document, *, fields: Iterable[str] | None = None) -> Merged:
    """Field-level three-way merge; with `fields`, only those can be taken from the other side.

    Same change on both sides is no clash. Merging disjoint changes gives the same document in any order.
    """
    considered = frozenset(fields) if fields is not None else None
    by_me, by_them = changed_fields(base, mine), changed_fields(base, theirs)
    if considered is not None:
        by_them &= considered
    clashes = frozenset(name for name in by_me & by_them if mine.get(name) != theirs.get(name))
    taken = by_them - by_me
    document = {name: value for name, value in mine.items() if name not in taken}
    document.update({name: theirs[name] for name in taken if name in theirs})
    return Merged(document=document, taken=taken, clashes=clashes)
