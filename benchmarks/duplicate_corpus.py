"""Initiatives in any number, written from templates, with copies made in known ways."""

import random
import re
import unicodedata

from sangkien_desktop.screening.model import ScreeningText

_ACTIONS = [
    "Lắp thêm",
    "Chế tạo",
    "Cải tiến",
    "Thiết kế",
    "Bố trí lại",
    "Bổ sung",
    "Thay mới",
    "Sắp xếp lại",
    "Làm",
    "Tận dụng phế liệu làm",
]
_OBJECTS = [
    "giá xoay treo dụng cụ",
    "cữ chặn đầu dây",
    "khay hứng dầu",
    "xe đẩy hai tầng",
    "bàn nâng thủy lực",
    "tấm chắn phoi",
    "bộ đếm sản lượng",
    "vòi hút bụi",
    "hộp phân loại vít",
    "giá đỡ cuộn màng",
    "dưỡng đo khe hở",
    "máng trượt chi tiết",
    "đèn báo thiếu hàng",
    "tay gắp chân không",
    "bộ lọc nước tuần hoàn",
    "nắp che nút dừng",
    "gờ dẫn bánh xe",
    "tủ sấy linh kiện",
    "bảng theo dõi dao cụ",
    "phễu rót hạt nhựa",
    "khung kẹp bản mạch",
    "ghế ngồi có tựa",
    "van xả cặn",
    "bộ hẹn giờ lò hàn",
    "cân tự loại hàng thiếu",
    "kệ hàng nghiêng",
]
_PURPOSES = [
    "để giảm thời gian chờ",
    "để chống nhầm hàng",
    "nhằm giảm phế phẩm",
    "để an toàn hơn khi thao tác",
    "để tiết kiệm điện",
    "nhằm giảm đau lưng cho công nhân",
    "để kiểm tra nhanh hơn",
    "để giữ sạch khu làm việc",
    "nhằm giảm rơi vãi",
    "để dễ bảo dưỡng",
]
_PROBLEMS = [
    "Trước đây công nhân phải cúi lấy từng cái, mỗi ca mất {} phút",
    "Hàng hay bị xước khi chuyển, tỷ lệ lỗi {} phần nghìn",
    "Phải dừng máy {} lần mỗi tuần để vệ sinh",
    "Tìm dụng cụ mất nhiều thời gian, có hôm {} phút",
    "Dầu rò xuống sàn, phải lau {} lượt",
    "Linh kiện để lẫn nên mỗi tháng nhầm {} bộ",
    "Nhiệt không đều, phải chờ {} phút mới chạy được",
    "Khách hàng trả lại {} kiện trong quý",
]
_SOLUTIONS = [
    "Hàn khung thép vuông, bắt con lăn và chốt hãm cao {} mm",
    "Gắn cảm biến quang cách mép {} mm, nối với còi báo",
    "Cắt tấm mica dày, khoan {} lỗ định vị rồi bắt lên bàn",
    "Dùng xi lanh khí hành trình {} mm đẩy ngang",
    "Lập bảng màu theo {} nhóm, dán tại chỗ lấy hàng",
    "Đặt lò xo nén và bạc dẫn dài {} mm",
    "May túi vải bạt có {} ngăn treo cạnh máy",
]
_EFFECTS = [
    "Mỗi ca làm thêm {} sản phẩm",
    "Không còn nhầm lẫn trong {} tháng theo dõi",
    "Giảm {} phần trăm thời gian chuẩn bị",
    "Tiết kiệm {} triệu đồng một năm",
    "Bớt {} lượt đi lại, công nhân đỡ mệt",
    "Tỷ lệ lỗi giảm còn {} phần nghìn",
]
_ONSETS = [
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "h",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
]
_RHYMES = [
    "ai",
    "ải",
    "an",
    "áng",
    "ảnh",
    "ao",
    "ấp",
    "âu",
    "em",
    "ẻo",
    "ênh",
    "ết",
    "iêm",
    "iên",
    "iếp",
    "iêu",
    "inh",
    "oa",
    "oái",
    "oan",
    "oong",
    "ối",
    "ôm",
    "ông",
    "ớp",
    "ui",
    "úng",
    "uôi",
    "ươi",
    "ường",
    "uyên",
]
_FILLERS = ("và", "của", "theo", "được", "rất", "đã")
KINDS = ("typos", "retyped_no_accents", "word_order", "words_changed", "case_punctuation", "combined")


def corpus(size: int, *, seed: int = 7) -> tuple[list[ScreeningText], dict[str, tuple[str, str]]]:
    """`size` texts of about 250 characters, 8 % of them copies; for each copy its original and its kind."""
    rng = random.Random(seed)
    words = [
        a + b + " " + c + d
        for a in _ONSETS
        for b in _RHYMES[:12]
        for c in _ONSETS[:6]
        for d in _RHYMES[12:15]
    ]
    rng.shuffle(words)
    copies = size * 8 // 100
    texts = [_written(str(at), rng, words) for at in range(size - copies)]
    truth: dict[str, tuple[str, str]] = {}
    for at in range(size - copies, size):
        original = texts[rng.randrange(size - copies)]
        kind = KINDS[at % len(KINDS)]
        texts.append(
            ScreeningText(
                str(at),
                _changed(original.title, kind, rng),
                _changed(original.body, kind, rng),
                "Người chép",
                "",
            )
        )
        truth[str(at)] = (original.ref, kind)
    return texts, truth


def _written(ref: str, rng: random.Random, words: list[str]) -> ScreeningText:
    own = rng.choices(words[:2000], k=5)
    place = f"chuyền {rng.randint(1, 40)}" if rng.random() < 0.7 else f"xưởng {rng.choice('ABCDEGHK')}"
    product = (
        f" {rng.choice('KTXVLM')}{rng.randint(0, 9)}{rng.choice('ARMGFW')}" if rng.random() < 0.5 else ""
    )
    title = (
        f"{rng.choice(_ACTIONS)} {rng.choice(_OBJECTS)} {own[0]}{product} {rng.choice(_PURPOSES)} tại {place}"
    )
    body = ". ".join(
        f"{rng.choice(block).format(rng.randint(2, 480))} {extra}"
        for block, extra in zip(
            (_PROBLEMS, _SOLUTIONS, _EFFECTS), (own[1], f"{own[2]} {own[3]}", own[4]), strict=True
        )
    )
    return ScreeningText(
        ref, title, body + ".", rng.choice(("Nguyễn Văn An", "Trần Thị Bình", "Lê Minh Châu")), ""
    )


def _changed(text: str, kind: str, rng: random.Random) -> str:
    if kind == "retyped_no_accents":
        return _bare(text)
    if kind == "case_punctuation":
        return re.sub(r"[.,]", "", text).upper()
    if kind == "word_order":
        return _turned(text, rng)
    if kind == "typos":
        return _mistyped(text, rng, 0.06)
    if kind == "words_changed":
        return _reworded(text, rng)
    return _mistyped(_bare(_reworded(text, rng)), rng, 0.04)


def _bare(text: str) -> str:
    stripped = "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))
    return stripped.replace("đ", "d").replace("Đ", "D")


def _turned(text: str, rng: random.Random) -> str:
    sentences = text.rstrip(".").split(". ")
    if len(sentences) > 1:
        return ". ".join(reversed(sentences)) + "."
    words = text.split()
    at = rng.randrange(2, len(words) - 2)
    return " ".join(words[at:] + words[:at])


def _mistyped(text: str, rng: random.Random, share: float) -> str:
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) < 3 or any(letter.isdigit() for letter in word) or rng.random() > share:
            continue
        cut = rng.randrange(1, len(word) - 1)
        words[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    return " ".join(words)


def _reworded(text: str, rng: random.Random) -> str:
    kept = []
    for word in text.split(" "):
        if rng.random() < 0.06 and not any(letter.isdigit() for letter in word):
            kept.append(rng.choice(_FILLERS))
        kept.append(word)
    return " ".join(kept)
