"""Rules on quality: what is said at all, in its own field, in the right unit, by people who can be its authors.

All but one are warnings: they ask a person to look and show the evidence.
"""

import re

from sangkien_desktop.domain.calculation import read_calculation, wrong_products
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.rules.engine import Fix, Found, RuleBook, RuleContext, Severity
from sangkien_desktop.vietnamese.dates import read_date
from sangkien_desktop.vietnamese.folding import fold, words
from sangkien_desktop.vietnamese.identity import CodeProblem, read_employee_code
from sangkien_desktop.vietnamese.money import format_vnd

BOOK = RuleBook()
rule = BOOK.rule

TRUTHFUL = "Kế hoạch triển khai của liên đoàn lao động: cập nhật đầy đủ, trung thực (11/2022)"
MEMBERS = "Danh sách đoàn viên của đơn vị"
HISTORY = "So với những sáng kiến đã nhập của đơn vị"

_EMPTY_WORDS = frozenset(
    words(
        "sang kien cai tien giai phap ky thuat y tuong de tai moi hay tot hon rat cao tang nang giam suat hieu qua "
        "nang cao chat luong cong viec lam san xuat quy trinh phuong phap cach dem lai mang nhieu loi ich cho va "
        "trong cua cac nhung duoc da dang tang them cai thien dieu kien lao dong chi phi tiet kiem thoi gian an toan "
        "toi uu hoa on dinh kha thi thiet thuc phu hop thuc te don vi cong ty to xuong nguoi co the nhu tren"
    )
)
"""Words that stand in every initiative; a title or an effect of these alone says nothing."""
_NOTHING_SAID = frozenset(
    (
        "khong",
        "khong co",
        "chua",
        "chua co",
        "co",
        "tot",
        "rat tot",
        "ok",
        "nhu tren",
        "xem file",
        "xem dinh kem",
    )
)
"""Effects that are none."""
_MONEY_ALONE = re.compile(r"[\d.,\s]+(?:d|dong|vnd|tr|trieu|k|nghin|ty)?(?:/\s?(?:nam|thang))?")
_SLIP_BELOW = 10_000
_LEAST_FACTOR = 20
_LEAST_KNOWN = 12
_MANY_A_YEAR = 24


@rule("authors", source=MEMBERS)
def employee_codes_can_exist(record: Initiative, context: RuleContext) -> str | None:
    """Mã nhân viên của tác giả là mã có thể có thật."""
    for author in record.authors:
        problem = read_employee_code(author.employee_code or "", length=None).problem
        if problem is CodeProblem.SCIENTIFIC:
            return f"Mã {author.employee_code} đã bị bảng tính làm hỏng (dạng 1E+05). Gõ lại mã dạng chữ."
        if problem is not None:
            return f"“{author.employee_code}” không thể là mã nhân viên. Xem lại danh sách đoàn viên."
    return None


@rule("title", source=TRUTHFUL, severity=Severity.WARNING, secret_too=True)
def title_says_what_was_done(record: Initiative, context: RuleContext) -> str | None:
    """Tên nói rõ làm gì, ở đâu, không chỉ gồm những từ chung chung."""
    said = words(record.title)
    if len(record.title) >= 10 and said and all(word in _EMPTY_WORDS for word in said):
        return "Tên chỉ gồm những từ chung chung. Ghi rõ cải tiến cái gì, ở công đoạn nào."
    return None


@rule("title", source=TRUTHFUL, severity=Severity.WARNING, secret_too=True)
def title_is_not_a_list_entry(record: Initiative, context: RuleContext) -> str | None:
    """Tên không chép lại tên lĩnh vực hay loại giải pháp."""
    title = fold(record.title)
    labels = (*context.programme.labels("category"), *context.programme.labels("solution_type"))
    if title and any(fold(label) == title for label in labels):
        return "Tên đang chép lại tên lĩnh vực hoặc loại giải pháp. Ghi tên của chính sáng kiến."
    return None


@rule("title", source=TRUTHFUL, severity=Severity.WARNING, secret_too=True)
def title_is_a_title(record: Initiative, context: RuleContext) -> str | None:
    """Ô tên không chứa ngày, số tiền hay số điện thoại."""
    title = fold(record.title)
    if not title or (any(letter.isalpha() for letter in title) and not _MONEY_ALONE.fullmatch(title)):
        return None
    what = "một ngày" if read_date(record.title).value is not None else "số"
    return f"Ô tên đang chứa {what}; có thể nội dung bị lệch cột. Ghi tên sáng kiến."


@rule("effect_summary", source=TRUTHFUL, severity=Severity.WARNING, secret_too=True)
def effect_says_what_was_gained(record: Initiative, context: RuleContext) -> str | None:
    """Hiệu quả nói rõ được gì, có số liệu nếu có."""
    effect = fold(record.effect_summary).strip(" .,;:!-")
    if not effect:
        return None
    said = words(effect)
    has_figures = any(letter.isdecimal() for letter in effect)
    if effect in _NOTHING_SAID or (not has_figures and all(word in _EMPTY_WORDS for word in said)):
        return "Hiệu quả ghi còn chung chung. Nói rõ bớt được gì, tăng được gì, bao nhiêu."
    return None


@rule("effect_summary", source=TRUTHFUL, severity=Severity.WARNING, secret_too=True)
def effect_is_not_a_copy(record: Initiative, context: RuleContext) -> str | None:
    """Hiệu quả không chép lại tên, thực trạng hay giải pháp."""
    effect = fold(record.effect_summary)
    if not effect:
        return None
    copied = (("tên", record.title), ("giải pháp", record.solution), ("thực trạng", record.situation_before))
    name = next((name for name, text in copied if fold(text) == effect), None)
    return f"Hiệu quả đang chép lại {name}. Ghi kết quả sau khi áp dụng." if name else None


@rule("effect_summary", source=TRUTHFUL, severity=Severity.WARNING)
def effect_is_not_an_amount(record: Initiative, context: RuleContext) -> str | None:
    """Số tiền đứng ở ô giá trị làm lợi, không ở ô hiệu quả."""
    effect = fold(record.effect_summary).strip()
    if effect and any(letter.isdecimal() for letter in effect) and _MONEY_ALONE.fullmatch(effect):
        return "Ô hiệu quả chỉ có một số. Số tiền ghi ở ô giá trị làm lợi; ở đây ghi bằng lời."
    return None


@rule("solution", source=TRUTHFUL, severity=Severity.WARNING)
def solution_is_not_the_situation(record: Initiative, context: RuleContext) -> str | None:
    """Giải pháp khác với thực trạng."""
    if record.solution and fold(record.solution) == fold(record.situation_before):
        return "Giải pháp đang chép lại thực trạng. Ghi đã làm gì để thay đổi."
    return None


@rule("annual_benefit", source=TRUTHFUL, severity=Severity.WARNING)
def benefit_is_in_dong(record: Initiative, context: RuleContext) -> Found | None:
    """Giá trị làm lợi ghi bằng đồng, không bằng nghìn hay triệu."""
    value = record.annual_benefit
    if value is None or not 0 < value < _SLIP_BELOW:
        return None
    meant = value * 1_000_000 if value < 1_000 else value * 1_000
    fix = Fix(field="annual_benefit", value=meant, label=f"Đổi thành {format_vnd(meant)}")
    return Found(f"{format_vnd(value)} đồng một năm là rất nhỏ; có thể đang ghi theo nghìn hoặc triệu.", fix)


@rule("annual_benefit", source=HISTORY, severity=Severity.WARNING)
def benefit_is_like_others(record: Initiative, context: RuleContext) -> str | None:
    """Giá trị làm lợi không lớn hơn nhiều lần mức thường gặp của tổ và của lĩnh vực."""
    value = record.annual_benefit
    if value is None:
        return None
    usual = (
        ("tổ", context.history.of_group(record.group)),
        ("lĩnh vực", context.history.of_category(record.category)),
    )
    for name, spread in usual:
        if spread is not None and spread.number >= _LEAST_KNOWN and value > _LEAST_FACTOR * spread.high:
            return (
                f"Gấp {value // max(spread.median, 1)} lần mức thường gặp của {name} "
                f"({format_vnd(spread.median)} đồng, {spread.number} sáng kiến). Xem lại cách tính."
            )
    return None


@rule("benefit_calculation", source=TRUTHFUL, severity=Severity.WARNING)
def calculation_adds_up(record: Initiative, context: RuleContext) -> Found | None:
    """Bản tính ra đúng giá trị đã khai."""
    value = record.annual_benefit
    sheet = read_calculation(record.benefit_calculation)
    if sheet is not None and value is not None and abs(sheet.one_year - value) > value // 100:
        amount = format_vnd(sheet.one_year)
        fix = Fix(field="annual_benefit", value=sheet.one_year, label=f"Đổi giá trị thành {amount}")
        return Found(f"Bản tính ra {amount} đồng, nhưng đang khai {format_vnd(value)} đồng.", fix)
    wrong = wrong_products(record.benefit_calculation)
    if wrong:
        line, result = wrong[0]
        return Found(f"Phép tính “{line[:80]}” phải ra {format_vnd(result)}.")
    return None


@rule("authors", source=MEMBERS, severity=Severity.WARNING)
def main_author_is_of_the_group(record: Initiative, context: RuleContext) -> str | None:
    """Tác giả chính thuộc tổ đang ghi."""
    main = record.main_author
    person = context.people.get(main.person) if main and main.person else None
    if person is None or person.group is None or record.group is None or person.group == record.group:
        return None
    return f"Theo danh sách đoàn viên, {person.name} thuộc tổ khác. Xem lại tổ hoặc mã nhân viên."


@rule("authors", source=MEMBERS, severity=Severity.WARNING)
def authors_worked_here_then(record: Initiative, context: RuleContext) -> str | None:
    """Tác giả chưa nghỉ việc khi áp dụng."""
    applied = record.first_applied_on
    for author in record.authors:
        person = context.people.get(author.person) if author.person else None
        if person and person.left_on and applied and applied.first_day > person.left_on:
            return (
                f"{author.name} đã nghỉ từ {person.left_on:%d/%m/%Y}, trước ngày áp dụng {applied.display()}."
            )
    return None


@rule("authors", source=MEMBERS, severity=Severity.WARNING)
def names_fit_their_codes(record: Initiative, context: RuleContext) -> str | None:
    """Họ tên của tác giả đúng với mã nhân viên."""
    for author in record.authors:
        person = context.people.get(author.person) if author.person else None
        if person is None or person.employee_code != author.employee_code or not author.employee_code:
            continue
        if words(person.name) != words(author.name) and author.name.strip():
            return f"Mã {author.employee_code} trong danh sách đoàn viên là {person.name}, đang ghi {author.name}."
    return None


@rule("authors", source=HISTORY, severity=Severity.WARNING)
def one_person_not_too_many(record: Initiative, context: RuleContext) -> str | None:
    """Một người không đứng tên quá nhiều sáng kiến."""
    for author in record.authors:
        number = context.history.of_person(author.person)
        if number > _MANY_A_YEAR:
            return f"{author.name} đã đứng tên {number} sáng kiến. Xem lại ai là tác giả thật."
    return None
