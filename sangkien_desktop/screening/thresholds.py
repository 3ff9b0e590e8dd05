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

SMALL_COLLECTION = 1_000
"""Up to so many texts every pair is looked at; above, bands choose the candidates."""

HASHES = 60
ROWS_PER_BAND = 2
"""30 bands of two hash values: a text sharing 40 % of its weight is met with probability 0.995."""

RARE_SHARE = 0.0005
RARE_LEAST = 3
"""A feature found in fewer texts than this has full weight; above, its weight falls with its frequency."""

COMMON_SHARE = 0.05
COMMON_LEAST = 40
"""A feature found in more texts than this is not used at all."""

LARGEST_BUCKET = 16
"""All pairs of a bucket up to this size are candidates; a larger one is ordered and only neighbours are."""

LEAST_AGREEMENT = 0.17
"""Share of equal hash values below which a candidate is dropped unread."""

SIMILAR_PER_TEXT = 3
SIMILAR_AT_MOST = 2_000
"""How many similar, not duplicate, pairs one screening reports: per text, and altogether."""

CROWD_NEIGHBOURS = 4
"""How many neighbours each text of a larger bucket is paired with, ordered by the figures in their titles."""

LEAST_COSINE = 0.15
"""In a small collection: cosine of features from which a pair is read."""

LEAST_EXACT = 0.4
"""Share of the shorter text that must agree letter by letter before slips and abbreviations are looked for."""

LONGEST_ABBREVIATION = 6
"""Letters of the longest abbreviation that is read by its initials (ATVSLĐ)."""

READ_LEAST = 10_000
READ_SHARE = 0.12
"""How many candidates are read word by word, most alike first: at least so many, else this share of the texts."""

ENTRY_PER_BAND = 200
ENTRY_COMPARED = 12
"""While one text is typed: how many ids are taken from each band, and how many of those that share most bands
are compared."""
