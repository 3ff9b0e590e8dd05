"""Rules on what must be there, and how long it may be."""

from collections.abc import Iterator

from sangkien_desktop.domain.fields import Field, Kind
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.initiative_fields import FIELDS
from sangkien_desktop.domain.rules.engine import Fix, Problem, RuleContext, Severity
from sangkien_desktop.vietnamese.dates import DateProblem, read_date
from sangkien_desktop.vietnamese.money import MoneyProblem, format_vnd, read_money

DICTIONARY = "Từ điển dữ liệu của chương trình; Điều lệ Sáng kiến (NĐ 13/2012/NĐ-CP) Đ.5 k.3"

EMPTY_SENTENCES = {
    Kind.CHOICE: "Chưa chọn {label}.",
    Kind.CHOICES: "Chưa chọn {label}.",
    Kind.UNIT: "Chưa chọn {label}.",
    Kind.AUTHORS: "Chưa có tác giả.",
}

MONEY_SENTENCES = {
    MoneyProblem.RANGE: "Đang ghi một khoảng; cần một số. Hỏi lại tổ rồi ghi số ước tính cho 01 năm.",
    MoneyProblem.PER_MONTH: "Đang ghi theo tháng; Cổng cần số của 01 năm.",
    MoneyProblem.WORDS: "Đang ghi bằng chữ; cần ghi bằng số.",
    MoneyProblem.NEGATIVE: "Giá trị làm lợi không thể âm.",
    MoneyProblem.FRACTION: "Số tiền lẻ dưới một đồng; kiểm tra lại dấu chấm, dấu phẩy.",
    MoneyProblem.NOT_MONEY: "Không đọc được số tiền. Ghi số đồng của 01 năm, ví dụ 80.000.000.",
}

DATE_SENTENCES = {
    DateProblem.NO_SUCH_DAY: "Ngày {raw} không có thật.",
}


def _is_asked(declared: Field, record: Initiative) -> bool:
    return declared.required and (not record.is_secret or declared.leaves_when_secret)


def _unread(record: Initiative) -> Iterator[Problem]:
    for name, raw in record.unread.items():
        declared = next((f for f in FIELDS if f.name == name), None)
        if declared is None:
            continue
        if declared.kind is Kind.MONEY:
            yield _unread_money(name, raw)
        elif declared.kind is Kind.DATE:
            problem = read_date(raw).problem
            sentence = DATE_SENTENCES.get(problem) if problem else None
            message = (
                sentence or "Không đọc được ngày “{raw}”. Ghi ngày/tháng/năm, ví dụ 27/04/2026."
            ).format(raw=raw)
            yield Problem(field=name, code="date-unread", severity=Severity.ERROR, message=message)
        else:
            message = f"“{raw}” không có trong danh mục {declared.label.lower()}."
            yield Problem(field=name, code="not-in-list", severity=Severity.ERROR, message=message)


def _unread_money(name: str, raw: str) -> Problem:
    reading = read_money(raw)
    fix = None
    if reading.proposal is not None:
        fix = Fix(field=name, value=reading.proposal, label=f"Đổi thành {format_vnd(reading.proposal)}")
    problem = reading.problem or MoneyProblem.NOT_MONEY
    sentence = MONEY_SENTENCES.get(problem, MONEY_SENTENCES[MoneyProblem.NOT_MONEY])
    return Problem(
        field=name, code=f"money-{problem.value}", severity=Severity.ERROR, message=sentence, fix=fix
    )


def _lengths(declared: Field, text: str) -> Iterator[Problem]:
    if text and len(text) < declared.min_length:
        yield Problem(
            field=declared.name,
            code="too-short",
            severity=Severity.ERROR if declared.name == "title" else Severity.WARNING,
            message=f"{declared.label} mới có {len(text)} chữ; cần ít nhất {declared.min_length} chữ cho rõ nghĩa.",
        )
    if declared.max_length and len(text) > declared.max_length:
        yield Problem(
            field=declared.name,
            code="too-long",
            severity=Severity.ERROR,
            message=f"{declared.label} dài {len(text)} chữ, nhiều nhất {declared.max_length} chữ. Rút gọn bớt.",
        )


def declared_problems(record: Initiative, context: RuleContext) -> Iterator[Problem]:
    """What the declaration of the fields itself demands: read, present, not too short, not too long, in its list."""
    yield from _unread(record)
    for declared in FIELDS:
        if declared.name in record.unread:
            continue
        value = getattr(record, declared.name)
        if _is_asked(declared, record) and value in (None, "", ()):
            sentence = EMPTY_SENTENCES.get(declared.kind, "Chưa có {label}.")
            label = declared.label[0].lower() + declared.label[1:]
            yield Problem(
                field=declared.name,
                code="missing",
                severity=Severity.ERROR,
                message=sentence.format(label=label),
            )
        if isinstance(value, str):
            yield from _lengths(declared, value)
        if (
            declared.kind is Kind.CHOICE
            and value
            and value not in context.programme.labels(declared.catalogue)
        ):
            yield Problem(
                field=declared.name,
                code="not-in-list",
                severity=Severity.ERROR,
                message=f"“{value}” không có trong danh mục {declared.label.lower()} của chương trình.",
            )
