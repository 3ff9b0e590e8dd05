"""Whole numbers in Vietnamese words, and back."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9
_SPELLED = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5,
    "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_SCALES = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9}
_TENS = {"muoi": 10, "chuc": 10}
_FILLERS = frozenset({"linh", "le"})


def spell(number: int) -> str:
    """Vietnamese words in lower case, with mốt, lăm, tư and linh where speech has them; any size."""
    if number < 0:
        return "âm " + spell(-number)
    if number == 0:
        return _DIGITS[0]
    return " ".join(_large(number))


def read_spelled(folded: str) -> int | None:
    """The number that folded words say (`tam muoi trieu` → 80000000), None when they say none."""
    total = group = last_scale = 0
    digit: int | None = None
    said = False
    for word in folded.split():
        if word in _SPELLED and digit is None:
            digit = _SPELLED[word]
        elif word in _TENS or word == "tram":
            group += (1 if digit is None else digit) * (_TENS.get(word, 100))
            digit = None
        elif word in _SCALES:
            amount = group + (digit or 0) or int(not said)
            last_scale = _SCALES[word]
            total = (total + amount) * last_scale if last_scale == _BILLION else total + amount * last_scale
            group, digit = 0, None
        elif word == "ruoi" and last_scale:
            total += last_scale // 2
        elif word not in _FILLERS:
            return None
        said = True
    return total + group + (digit or 0) if said else None


def _large(number: int) -> list[str]:
    billions, rest = divmod(number, _BILLION)
    said = [*_large(billions), "tỷ"] if billions else []
    for scale, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, rest = divmod(rest, scale)
        if group:
            said += _group(group, full=bool(said)) + ([name] if name else [])
    return said


def _group(number: int, *, full: bool) -> list[str]:
    """Up to 999; `full` says the hundreds even when they are none, as in the middle of a number."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    said = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens > 1:
        said += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        said.append("mười")
    elif units and said:
        said.append("linh")
    if units:
        said.append(_unit(tens, units))
    return said


def _unit(tens: int, units: int) -> str:
    if units == 1 and tens > 1:
        return "mốt"
    if units == 4 and tens > 1:
        return "tư"
    if units == 5 and tens:
        return "lăm"
    return _DIGITS[units]
