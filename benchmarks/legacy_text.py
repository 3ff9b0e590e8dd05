"""How well text of legacy encodings is repaired, and how often right text is harmed. Prints a table.

    python -m benchmarks.legacy_text [--cells 2000] [--clean 6000] [--seed 1]

Cells come from a seeded generator. A column is repaired the way an import does it: the encoding is known from the
font or detected from the column, then every cell goes through the repair. Right cells are tried in columns of their own, each cell as a
column by itself, and scattered among legacy cells.
"""

import argparse
import random
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from benchmarks.legacy_words import ENGLISH, FOREIGN, LATIN_1_VIETNAMESE, NAMES, SIGNS, VIETNAMESE
from sangkien_desktop.vietnamese.code_tables import CP1258, TCVN3, VNI
from sangkien_desktop.vietnamese.legacy_fonts import Encoding, detect, repair

COLUMN = 20
RIGHT_CELLS_IN_A_MIXED_COLUMN = 6
_TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True)
class Cell:
    """What the workbook holds and what it should read."""

    raw: str
    right: str


@dataclass
class Score:
    """Cells of one row of the table."""

    cells: int = 0
    as_wanted: int = 0
    columns: int = 0
    detected: int = 0
    missed: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, cell: Cell, repaired: str) -> None:
        """Count one cell and keep the first few that went wrong."""
        self.cells += 1
        if repaired == cell.right:
            self.as_wanted += 1
        elif len(self.missed) < 20:
            self.missed.append((cell.raw, repaired, cell.right))


# --- Breaking right text ---------------------------------------------------------------------------------


def _inverse(table: dict[int, str]) -> dict[str, str]:
    return {letter: chr(code) for code, letter in reversed(table.items())}


_TO_TCVN3 = _inverse({code: letter for code, letter in TCVN3.items() if code < 0x100})
_TO_VNI = {letter: code for code, letter in VNI.items() if code == code.lower() or code == code.upper()}
_TO_CP1258 = _inverse(CP1258)


def as_tcvn3(text: str, chance: random.Random) -> Cell:
    """Typed in a .Vn font; accented capitals have no code, so only a text all in capitals keeps them."""
    shown = text if text.isupper() else _small_accents(text)
    raw = "".join(_TO_TCVN3.get(letter) or _TO_TCVN3.get(letter.lower(), letter) for letter in shown)
    if chance.random() < 0.1:
        raw = raw.replace("\u00b5", "\u03bc").replace("\u00ad", "\u2212")
    return Cell(raw, shown)


def as_vni(text: str, chance: random.Random) -> Cell:
    """Typed in a VNI font."""
    del chance
    return Cell("".join(_TO_VNI.get(letter, letter) for letter in text), text)


def as_nfd(text: str, chance: random.Random) -> Cell:
    """Composed from base letters and marks: all marks, or only the tones as Unikey's "tổ hợp" does."""
    return Cell(unicodedata.normalize("NFD", text) if chance.random() < 0.5 else _tones_apart(text), text)


def as_mojibake(text: str, chance: random.Random) -> Cell:
    """UTF-8 bytes read as Windows-1252, undefined bytes as control characters."""
    del chance
    return Cell("".join(_as_cp1252(byte) for byte in text.encode("utf-8")), text)


def as_cp1258(text: str, chance: random.Random) -> Cell:
    """Windows-1258 bytes read as Windows-1252."""
    del chance
    return Cell("".join(_TO_CP1258.get(letter, letter) for letter in _tones_apart(text)), text)


def _small_accents(text: str) -> str:
    return "".join(letter if letter.isascii() or letter in _TO_TCVN3 else letter.lower() for letter in text)


def _tones_apart(text: str) -> str:
    parts = []
    for letter in text:
        decomposed = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(part for part in decomposed if part not in _TONES))
        parts.append(base + "".join(part for part in decomposed if part in _TONES))
    return "".join(parts)


def _as_cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


KINDS: dict[Encoding, Callable[[str, random.Random], Cell]] = {
    Encoding.TCVN3: as_tcvn3,
    Encoding.VNI: as_vni,
    Encoding.NFD: as_nfd,
    Encoding.MOJIBAKE: as_mojibake,
    Encoding.CP1258: as_cp1258,
}


# --- Texts -----------------------------------------------------------------------------------------------


def vietnamese_text(chance: random.Random) -> str:
    """A title, a name or a heading such as a group leader writes."""
    shape = chance.random()
    if shape < 0.25:
        return " ".join((chance.choice(NAMES[0]), chance.choice(NAMES[1]), chance.choice(NAMES[2])))
    text = " ".join(chance.sample(VIETNAMESE, chance.randint(1, 3)))
    if shape < 0.35:
        return text.upper()
    text = text[0].upper() + text[1:]
    return f"{text} {_code(chance)}" if shape < 0.55 else text


def clean_text(chance: random.Random) -> str:
    """Right text of every kind an import meets."""
    makers: tuple[Callable[[], str], ...] = (
        lambda: vietnamese_text(chance),
        lambda: chance.choice(LATIN_1_VIETNAMESE),
        lambda: f"{chance.choice(LATIN_1_VIETNAMESE)} {_code(chance)}",
        lambda: " ".join(chance.sample(ENGLISH, chance.randint(1, 4))),
        lambda: chance.choice(FOREIGN),
        lambda: f"{chance.choice(ENGLISH)} {chance.choice(FOREIGN)} {_code(chance)}",
        lambda: f"{vietnamese_text(chance)} {chance.choice(FOREIGN)}",
        lambda: _code(chance),
        lambda: f"{chance.randint(1, 900) * 1000:,}".replace(",", chance.choice(".,")),
        lambda: f"{chance.choice(SIGNS)} {chance.randint(1, 99)}",
        lambda: f"{chance.choice(VIETNAMESE)} {chance.randint(1, 99)}{chance.choice(SIGNS)}",
    )
    return unicodedata.normalize("NFC", chance.choice(makers)())


def _code(chance: random.Random) -> str:
    letters = "".join(chance.choices("ABCDEFGHKLMNPQRSTVX", k=chance.randint(1, 3)))
    return f"{letters}{chance.choice(('-', '', '.', '/'))}{chance.randint(1, 9999):0{chance.randint(1, 5)}d}"


# --- Measuring -------------------------------------------------------------------------------------------


def columns(make: Callable[[], Cell], cells: int) -> Iterator[list[Cell]]:
    """Columns of `COLUMN` cells until there are enough."""
    for _ in range(0, cells, COLUMN):
        yield [make() for _ in range(COLUMN)]


def measure_legacy(encoding: Encoding, cells: int, seed: int) -> Score:
    """Cells that came back as they should, of columns wholly in one encoding."""
    chance, score = random.Random(seed), Score()
    for column in columns(lambda: KINDS[encoding](vietnamese_text(chance), chance), cells):
        _repair_column(column, score)
    return score


def measure_by_font(encoding: Encoding, cells: int, seed: int) -> Score:
    """Cells that came back as they should when their font names the encoding."""
    chance, score = random.Random(seed), Score()
    for column in columns(lambda: KINDS[encoding](vietnamese_text(chance), chance), cells):
        for cell in column:
            score.add(cell, repair(cell.raw, encoding))
    return score


def measure_clean(cells: int, seed: int, *, alone: bool) -> Score:
    """Right cells left as they are, in columns of right text or each cell alone."""
    chance, score = random.Random(seed), Score()
    for column in columns(lambda: _unbroken(clean_text(chance)), cells):
        for group in ([cell] for cell in column) if alone else [column]:
            _repair_column(group, score)
    return score


def measure_mixed(encoding: Encoding, cells: int, seed: int) -> tuple[Score, Score]:
    """Legacy cells and right cells of columns that hold both; half of the right cells have Latin-1 letters only."""
    chance, legacy, right = random.Random(seed), Score(), Score()
    for column in columns(lambda: KINDS[encoding](vietnamese_text(chance), chance), cells):
        unbroken = [_unbroken(vietnamese_text(chance)) for _ in range(RIGHT_CELLS_IN_A_MIXED_COLUMN // 2)]
        unbroken += [_unbroken(chance.choice(LATIN_1_VIETNAMESE)) for _ in unbroken]
        found = detect([cell.raw for cell in column + unbroken])
        for group, score in ((column, legacy), (unbroken, right)):
            for cell in group:
                score.add(cell, repair(cell.raw, found.encoding, guessed=True) if found else cell.raw)
    return legacy, right


def _unbroken(text: str) -> Cell:
    return Cell(text, text)


def _repair_column(column: list[Cell], score: Score) -> None:
    found = detect([cell.raw for cell in column])
    score.columns += 1
    score.detected += found is not None
    for cell in column:
        score.add(cell, repair(cell.raw, found.encoding, guessed=True) if found else cell.raw)


def main() -> int:
    """Print the table; the exit code is 1 when a right cell was changed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cells", type=int, default=2000, help="legacy cells of each kind")
    parser.add_argument("--clean", type=int, default=6000, help="right cells")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print the first cells that went wrong")
    asked = parser.parse_args()
    started = time.perf_counter()
    rows: list[tuple[str, Score]] = []
    for encoding in Encoding:
        rows.append((f"{encoding} column", measure_legacy(encoding, asked.cells, asked.seed)))
    for encoding in (Encoding.TCVN3, Encoding.VNI):
        rows.append((f"{encoding} known by its font", measure_by_font(encoding, asked.cells, asked.seed)))
    harmed = [
        ("right text, columns", measure_clean(asked.clean, asked.seed, alone=False)),
        ("right text, each cell alone", measure_clean(asked.clean, asked.seed, alone=True)),
    ]
    for encoding in Encoding:
        legacy, right = measure_mixed(encoding, asked.cells, asked.seed)
        rows.append((f"{encoding} among right cells", legacy))
        harmed.append((f"right cells among {encoding}", right))
    _print_table(rows, harmed, show=asked.show)
    print(f"{time.perf_counter() - started:.1f} s")
    return int(any(score.as_wanted < score.cells for _, score in harmed))


def _print_table(rows: list[tuple[str, Score]], harmed: list[tuple[str, Score]], *, show: bool) -> None:
    print(f"{'legacy text':36}{'cells':>8}{'repaired':>10}{'recall':>10}")
    for name, score in rows:
        print(f"{name:36}{score.cells:8}{score.as_wanted:10}{score.as_wanted / score.cells:10.2%}")
    print(f"\n{'right text':36}{'cells':>8}{'changed':>10}")
    for name, score in harmed:
        print(f"{name:36}{score.cells:8}{score.cells - score.as_wanted:10}")
    for name, score in (rows + harmed) if show else []:
        for raw, repaired, right in score.missed:
            print(f"{name}: {raw!r} became {repaired!r}, should be {right!r}")


if __name__ == "__main__":
    sys.exit(main())
