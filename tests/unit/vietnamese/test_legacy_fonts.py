"""Legacy encodings: tables, fonts, detection by column, and right text left alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.legacy_text import KINDS, measure_clean, measure_legacy, measure_mixed
from sangkien_desktop.vietnamese.code_tables import TCVN3
from sangkien_desktop.vietnamese.legacy_fonts import (
    Encoding,
    detect,
    encoding_of_font,
    is_capital_font,
    repair,
)

# What `iconv -f TCVN5712-1 -t UTF-8` gives for the bytes A1 … FE, composed; combining marks stand as dots.
ICONV_TCVN3 = "ĂÂÊÔƠƯĐăâêôơưđẰ.....àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ"

# The VNI codes of all accented letters, written out letter by letter.
VNI_CODES = {
    "á": "aù", "à": "aø", "ả": "aû", "ã": "aõ", "ạ": "aï", "ă": "aê", "ắ": "aé", "ằ": "aè", "ẳ": "aú", "ẵ": "aü", "ặ": "aë",
    "â": "aâ", "ấ": "aá", "ầ": "aà", "ẩ": "aå", "ẫ": "aã", "ậ": "aä", "é": "eù", "è": "eø", "ẻ": "eû", "ẽ": "eõ", "ẹ": "eï",
    "ê": "eâ", "ế": "eá", "ề": "eà", "ể": "eå", "ễ": "eã", "ệ": "eä", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò",
    "ó": "où", "ò": "oø", "ỏ": "oû", "õ": "oõ", "ọ": "oï", "ô": "oâ", "ố": "oá", "ồ": "oà", "ổ": "oå", "ỗ": "oã", "ộ": "oä",
    "ơ": "ô", "ớ": "ôù", "ờ": "ôø", "ở": "ôû", "ỡ": "ôõ", "ợ": "ôï", "ú": "uù", "ù": "uø", "ủ": "uû", "ũ": "uõ", "ụ": "uï",
    "ư": "ö", "ứ": "öù", "ừ": "öø", "ử": "öû", "ữ": "öõ", "ự": "öï", "ý": "yù", "ỳ": "yø", "ỷ": "yû", "ỹ": "yõ", "ỵ": "î",
    "đ": "ñ",
}  # fmt: skip


def test_tcvn3_table_says_what_iconv_says() -> None:
    recorded = dict(zip(range(0xA1, 0xFF), ICONV_TCVN3, strict=True))
    ours = {code: letter for code, letter in TCVN3.items() if code < 0x100}
    assert ours == {code: recorded[code] for code in ours}
    # The fonts draw accented capitals with lower-case codes; the rest of the table is not typed with them.
    assert all(recorded[code] == "." or recorded[code].isupper() for code in recorded.keys() - ours.keys())


def test_every_vni_letter_is_read_in_both_cases() -> None:
    for letter, code in VNI_CODES.items():
        assert repair(f"b{code}", Encoding.VNI) == f"b{letter}"
        assert repair(code.upper(), Encoding.VNI) == letter.upper()
    assert len(VNI_CODES) == 67


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding.TCVN3),
        (".vnArialH", Encoding.TCVN3),
        ("VnTimeH", Encoding.TCVN3),
        ("VNI-Times", Encoding.VNI),
        ("VNF-Comic Sans", None),
        ("VNI Helve", Encoding.VNI),
        ("Times New Roman", None),
        ("Vni", None),
        ("", None),
    ],
)
def test_fonts_name_their_encoding(font: str, encoding: Encoding | None) -> None:
    assert encoding_of_font(font) == encoding


def test_fonts_ending_in_h_draw_capitals() -> None:
    assert is_capital_font(".VnTimeH")
    assert not is_capital_font(".VnTime")
    assert not is_capital_font("VNI-ThuphapH")
    assert repair("hä vµ tªn", Encoding.TCVN3, capitals=True) == "HỌ VÀ TÊN"


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("NguyÔn", "Nguyễn"),
        ("TiÕng ViÖt", "Tiếng Việt"),
        ("B¶o Th¾ng", "Bảo Thắng"),
        ("M\u00adêng", "Mường"),
        ("Mêng", "Mường"),
        ("Tr\u2212êng", "Trường"),
        ("l\u2212îng", "lượng"),
        ("®o\u00b5n", "đoàn"),
        ("®o\u03bcn", "đoàn"),
        ("CÔNG ®OµN".replace("Ô", "¤"), "CÔNG ĐOÀN"),
        ("Tæ KCS", "Tổ KCS"),
        ("khe hë 10µm, trôc Ø12", "khe hở 10µm, trục Ø12"),
    ],
)
def test_tcvn3_traps_are_read(raw: str, right: str) -> None:
    assert repair(raw, Encoding.TCVN3) == right


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("Tieáng Vieät raát hay", "Tiếng Việt rất hay"),
        ("Xin chaøo caùc baïn", "Xin chào các bạn"),
        ("BOÙ HAØNG, boù haøng", "BÓ HÀNG, bó hàng"),
        ("Ñaëng Thò Höôøng", "Đặng Thị Hường"),
    ],
)
def test_vni_text_is_read(raw: str, right: str) -> None:
    assert repair(raw, Encoding.VNI) == right


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("Nguyá»…n VÄƒn", "Nguyễn Văn"),
        ("Ä\u0090áº·ng Thá»‹ HÆ°á»\u009dng", "Đặng Thị Hường"),
        ("LÃ\u00a0m mÃ¡t", "Làm mát"),
        ("Nguyễn".encode().decode("cp1252").encode().decode("cp1252"), "Nguyễn"),
    ],
)
def test_misread_utf8_is_read_again(raw: str, right: str) -> None:
    assert repair(raw, Encoding.MOJIBAKE) == right
    assert detect([raw]) is not None


@pytest.mark.parametrize("text", ["“MÃ”", "CÔ MÃ”", "GIÁ – MÃ–", "Ã", "Ă", "chữ “Ă”", "bé…”", "Æ”", "NHÃ…"])
def test_punctuation_after_a_capital_is_no_misread_letter(text: str) -> None:
    assert detect([text]) is None


def test_utf8_misread_on_a_vietnamese_windows_is_read_again() -> None:
    raw = "Giá tháo lắp, cà phê, má phanh".encode().decode("cp1258")
    found = detect([raw])
    assert found is not None
    assert repair(raw, found.encoding, guessed=True) == "Giá tháo lắp, cà phê, má phanh"


def test_misread_japanese_comes_back_with_its_cell() -> None:
    raw = "Cải tiến 改善".encode().decode("latin-1")
    assert repair(raw, Encoding.MOJIBAKE) == "Cải tiến 改善"


def test_a_few_decomposed_cells_do_not_hide_a_legacy_column() -> None:
    legacy = ["NguyÔn V¨n Hßa", "TrÇn ThÞ H\u00adêng", "Ph¹m §øc Th¾ng"]
    found = detect([*legacy, unicodedata.normalize("NFD", "Đặng Thị Hường")])
    assert found is not None
    assert found.encoding is Encoding.TCVN3
    assert repair(unicodedata.normalize("NFD", "Đặng Hà"), found.encoding) == "Đặng Hà"


@pytest.mark.parametrize("encoding", list(Encoding))
def test_text_that_is_right_already_survives_a_repair(encoding: Encoding) -> None:
    for text in ("Đặng Thị Hường", "Tổ 5 – Ép nhựa", "Nguyễn Văn Hà", "KAIZEN 5S", "Mường"):
        assert repair(text, encoding) == text


def test_ambiguous_cells_are_decided_by_their_column() -> None:
    legacy = ["NguyÔn V¨n Hßa", "TrÇn ThÞ H\u00adêng", "Ph¹m §øc Th¾ng"]
    assert detect(["Ô tô", "Cà phê", "Lò xo"]) is None
    found = detect([*legacy, "Ô tô"])
    assert found is not None
    assert found.encoding is Encoding.TCVN3
    assert repair("Ô tô", found.encoding, guessed=True) == "Ô tô"
    assert repair(legacy[0], found.encoding, guessed=True) == "Nguyễn Văn Hòa"


def test_signs_of_measure_are_no_evidence() -> None:
    assert detect(["10 µm", "25°C", "Ø12×3", "m²", "±0,5", "½", "Kaizen®", "µF", "5‰"]) is None


@pytest.mark.parametrize("encoding", list(Encoding))
def test_columns_of_each_kind_are_found_and_repaired(encoding: Encoding) -> None:
    score = measure_legacy(encoding, 400, seed=11)
    assert score.detected == score.columns
    assert score.as_wanted >= 0.99 * score.cells, score.missed


@pytest.mark.parametrize("alone", [False, True])
def test_right_text_is_never_changed(alone: bool) -> None:
    score = measure_clean(1000, seed=12, alone=alone)
    assert not score.missed


@pytest.mark.parametrize("encoding", list(Encoding))
def test_right_cells_among_legacy_cells_are_never_changed(encoding: Encoding) -> None:
    legacy, right = measure_mixed(encoding, 200, seed=13)
    assert not right.missed
    assert legacy.as_wanted >= 0.97 * legacy.cells


def test_measured_kinds_are_all_kinds() -> None:
    assert set(KINDS) == set(Encoding)


@given(st.text(), st.sampled_from(Encoding), st.booleans())
def test_repair_takes_any_text_and_answers_in_nfc(text: str, encoding: Encoding, guessed: bool) -> None:
    repaired = repair(text, encoding, guessed=guessed)
    assert unicodedata.is_normalized("NFC", repaired)


@given(st.lists(st.text(alphabet=st.characters(max_codepoint=0x7F))))
def test_plain_ascii_is_never_suspected(texts: list[str]) -> None:
    assert detect(texts) is None
