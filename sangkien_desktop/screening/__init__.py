"""Near duplicates: text in, scored pairs with reasons out."""

from sangkien_desktop.screening.comparison import compare
from sangkien_desktop.screening.differences import Segment, WordDifference, word_difference
from sangkien_desktop.screening.index import Index
from sangkien_desktop.screening.model import Kind, Pair, Reason, ScreeningText
from sangkien_desktop.screening.screening import clusters, screen

__all__ = [
    "Index",
    "Kind",
    "Pair",
    "Reason",
    "ScreeningText",
    "Segment",
    "WordDifference",
    "clusters",
    "compare",
    "screen",
    "word_difference",
]
