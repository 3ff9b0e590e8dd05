"""Words by which rows that are no records are known: totals, notes, signatures, groups' names."""

import re

from sangkien_desktop.vietnamese.folding import clean, fold

# With accents, because "Công đoàn" and "Cộng" fold to the same letters.
_TOTAL = re.compile(
    r"(?:tổng|cộng|tong|cong|total|subtotal|sub total|grand total|合計|小計|総計|計)\b"
    r"(?!\s*(?:hợp|hop|công ty|cong ty|đoàn|doan|nhân|nhan|ty\b|kết|ket|giám|giam|vệ sinh))",
    re.IGNORECASE,
)
_TOTAL_JAPANESE = re.compile(r"(?:合計|小計|総計)")
_NOTE = re.compile(
    r"^(?:ghi chu|luu y|chu thich|note|\*|nguon|don vi tinh|dvt|bang chu|noi nhan|danh sach (?:nay )?(?:gom|co)|"
    r"tong so.{0,30}sang kien|het\b|/|備考|注)"
)
_SIGNATURE = re.compile(
    r"ky,? ?(?:va )?ghi ro|ghi ro ho ten|\(ky|nguoi lap|nguoi tong hop|lap bieu|to truong|truong phong|truong bo phan|"
    r"quan doc|giam doc|chu tich|ban chap hanh|\bbch\b|thu truong|xac nhan cua|phe duyet|nguoi duyet|"
    r"ngay\s*[.…_\d]*\s*thang\s*[.…_\d]*\s*nam|quan ly|ke toan|nguoi kiem tra|\btm\.|prepared by|checked by|approved by|"
    r"dai dien|hieu truong|chuyen truong|作成者|承認|確認"
)
_NUMBER = re.compile(
    r"^\s*(?:\(?(?:[IVXLC]{1,5}|[ivx]{1,4}|[A-Z]|\d{1,2})\s*[.)/:\-–]|[IVXLC]{1,5}(?=\s))\s*(?=\S)"
)
_ONLY_NUMBER = re.compile(r"\(?(?:[IVXLC]{1,5}|[A-Z]|\d{1,2}(?:\.0)?)[.)]?")
_GROUP = re.compile(
    r"\b(?:to|chuyen|xuong|phan xuong|px|bo phan|bp|phong|khoa|ban|line|nhom|day chuyen|kho|ca|doi|tram|section|group|dept|"
    r"department|cong doan|cd|cdbp|don vi|khoi|cum|team|shop|cell)\b|[組班課部]"
)
_NO_GROUP = re.compile(
    r"^(?:thang|quy|nam|dot|linh vuc|sang kien|giai phap|cap|danh sach|bang|phan|muc|noi dung|ky|giai doan|tu ngay|tu thang|ngay)\b"
)
_COUNT = re.compile(
    r"\s*[(\[–-]\s*(?:\d+\s*(?:sk|sáng kiến|sang kien|người|giải pháp)?|có \d+.*|gồm \d+.*)\s*[)\]]?\s*$",
    re.IGNORECASE,
)


_GROUP_IN_TITLE = re.compile(
    r"\b(?:tổ\s+(?:công\s*đoàn|cđ)|tổ cđ|tcđ|công đoàn bộ phận|tổ|chuyền|xưởng|phân xưởng|bộ phận|phòng|khoa|to cong doan|to|chuyen)\b"
    r"(?!\s*(?:trưởng|truong|chức|chuc))\s*[:.]?\s*(?P<name>[^\n,;()]{1,60})",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s+[-–—]\s+|\s+(?:tháng|quý|năm|đợt|giai đoạn|thang|quy|nam)\s", re.IGNORECASE)


def is_total(text: str) -> bool:
    """Whether a row that begins with this text adds up the rows above."""
    text = clean(text)
    return len(text) < 60 and bool(_TOTAL.match(_NUMBER.sub("", text)) or _TOTAL_JAPANESE.match(text))


def is_note(text: str) -> bool:
    """Whether a text is a remark under the table."""
    return bool(_NOTE.match(fold(text)))


def is_signature(text: str) -> bool:
    """Whether a text belongs to the block of signatures."""
    return len(text) < 90 and bool(_SIGNATURE.search(fold(text)))


def is_only_number(text: str) -> bool:
    """`I`, `A.`, `1)`: the number of a section, standing alone in the first column."""
    return bool(_ONLY_NUMBER.fullmatch(text.strip()))


def group_in(text: str, *, stands_alone: bool) -> str | None:
    """The group a section row names, without its numbering and count; None when it names something else.

    `stands_alone`: the text is merged over the table or numbered like a section, so it need not say "Tổ".
    """
    text = clean(text)
    plain = _COUNT.sub("", _NUMBER.sub("", text)).strip(" :;-–.")
    folded = fold(plain)
    if not plain or len(plain) > 80 or _NO_GROUP.match(folded) or plain.isdecimal():
        return None
    plain = re.sub(
        r"^(?:tên )?(?:tổ công đoàn|đơn vị|bộ phận|tổ|chuyền)\s*:\s*", "", plain, flags=re.IGNORECASE
    )
    if _GROUP.search(folded) or stands_alone or plain != text:
        return plain
    return None


def is_numbered(text: str) -> bool:
    """Whether a text begins like a section: `I. …`, `1) …`."""
    return bool(_NUMBER.match(text))


def group_of_title(line: str) -> str | None:
    """The group that a line of the title block names: "… – TỔ CĐ LẮP RÁP 3" → "Tổ CĐ Lắp ráp 3"."""
    match = _GROUP_IN_TITLE.search(line)
    if match is None:
        return None
    name = _ENDS.split(match["name"] + " ")[0].strip(" .:-–")
    kind = " ".join(match[0][: match.start("name") - match.start()].split()).strip(" :.")
    if not name or len(name) > 40 or fold(name) in ("co so", "cong ty"):
        return None
    kind = re.sub(r"^tổ công\s*đoàn$|^to cong doan$|^tcđ$|^tổ cđ$", "Tổ CĐ", kind, flags=re.IGNORECASE)
    if line.isupper():
        kind = kind if kind == "Tổ CĐ" else kind.capitalize()
        name = name[0].upper() + name[1:].lower()
    return f"{kind} {name}"
