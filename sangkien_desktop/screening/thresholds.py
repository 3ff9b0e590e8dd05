"""Every number that decides what is shown as a duplicate; measured by `python -m benchmarks.duplicates`."""

DUPLICATE_SCORE = 0.70
"""From here a pair without contradiction is called a duplicate."""

SIMILAR_SCORE = 0.45
"""From here a pair is worth showing as similar."""

STOP_WEIGHT = 0.1
"""Weight of a word that carries no content, against 1 for every other."""

TITLE_SHARE = 0.5
"""Share of the title in the score when both sides have a body."""

CONTAINED_SHARE = 0.75
"""How much "the shorter is inside the longer" counts against "both say the same"."""

LEAST_TITLE_WEIGHT = 2.5
"""A title with less matched content than this cannot make a duplicate by itself."""

TITLE_ONLY_SCORE = 0.86
"""Score a title must reach when one side has no body to support it (a technology secret)."""

CARELESS_TYPOS = 2
"""From so many slips in the body, a slip in the title may also have produced another Vietnamese word."""

SHORT_VERSION_CONTAINED = 0.93
"""A text is a short version of another when so much of it is found there …"""

SHORT_VERSION_LENGTH = 0.7
"""… and it has less than this share of the other's content; only then may it leave out the place."""
