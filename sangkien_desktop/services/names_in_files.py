"""When two written names are the same person's name."""

from sangkien_desktop.vietnamese.folding import canonical_tone, fold


def is_same_name(written: str, known: str) -> bool:
    """Whether two names are the same: accents count, their place does not; a name without accents fits any."""
    if written.isascii():
        return fold(written) == fold(known)
    return canonical_tone(written).casefold() == canonical_tone(known).casefold()


def name_key(name: str, group: str | None) -> str:
    """A written name in a group, accents kept: Nga is not Ngà."""
    return f"{' '.join(name.casefold().split())}|{group or ''}"
