"""Which strings of letters are Vietnamese syllables: the judge of every guess about broken text."""

from functools import lru_cache

from sangkien_desktop.vietnamese.folding import split_tone, tone_place

_FRONT_VOWELS = "eêiy"
_ONSET_LIST = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYME_LIST = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oe oem oen oeo oet ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uêu uơ uôc uôi uôm uôn uông uôt
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu
    ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ynh yt
"""
_ONSETS = frozenset(_ONSET_LIST.split())
_RHYMES = frozenset(_RHYME_LIST.split())
_STOPS = ("c", "ch", "p", "t")
_TONES_OF_STOPS = frozenset("\u0301\u0323")


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """True for one well-formed syllable with its tone, in NFC and any case; stops demand sắc or nặng."""
    lowered = word.lower()
    bare, tone = split_tone(lowered)
    if not bare or len(tone) > 1 or (tone and not _tone_stands_right(lowered, bare)):
        return False
    return any(
        _fits(bare[:length], bare[length:], tone)
        for length in range(4)
        if not length or bare[:length] in _ONSETS
    )


def _tone_stands_right(syllable: str, bare: str) -> bool:
    """On the vowel of the school rule, or one letter earlier as in the older habit (hòa, thủy, qúy)."""
    if len(syllable) != len(bare):
        return False
    place = next(index for index, letter in enumerate(syllable) if letter != bare[index])
    expected = tone_place(bare)
    return place == expected or (expected is not None and place == expected - 1 and bare[place] in "ou")


def _fits(onset: str, rhyme: str, tone: str) -> bool:
    if rhyme not in _RHYMES:
        return False
    if rhyme.endswith(_STOPS) and tone not in _TONES_OF_STOPS:
        return False
    front = rhyme[0] in _FRONT_VOWELS
    if onset in {"k", "gh", "ngh"}:
        return front
    if onset in {"c", "ng"}:
        return not front
    if onset == "g":
        return not front or rhyme[0] == "i"
    return True
