"""Rules on what must be there, and how long it may be."""

from collections.abc import Iterator

from sangkien_desktop.domain.fields import Field, Kind
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.initiative_fields import FIELD, FIELDS
from sangkien_desktop.domain.rules.engine import Fix, Problem, RuleContext, Severity
from sangkien_desktop.vietnamese.dates import DateProblem, read_date
from sangkien_desktop.vietnamese.money import MoneyProblem, format_vnd, read_money

EMPTY_SENTENCES = {
    Kind.CHOICE: "Chưa chọn {label}.",
    Kind.CHOICES: "Chưa chọn {label}.",
    Kind.UNIT: "Chưa chọn {label}.",
    Kind.AUTHORS: "Chưa có tác giả.",
}

NOT_MONEY = "Không đọc được số tiền. Ghi số đồng của 01 năm, ví dụ 80.000.000."
MONEY_SENTENCES = {
    MoneyProblem.RANGE: "Đang ghi một khoảng; cần một số. Hỏi lại tổ rồi ghi số ước tính cho 01 năm.",
    MoneyProblem.PER_MONTH: "Đang ghi theo tháng; Cổng cần số của 01 năm.",
    MoneyProblem.PER_OTHER: "Đang ghi theo ngày, ca hoặc sản phẩm; Cổng cần số của 01 năm.",
    MoneyProblem.WORDS: "Đang ghi bằng chữ; cần ghi bằng số.",
    MoneyProblem.NEGATIVE: "Giá trị làm lợi không thể âm.",
    MoneyProblem.NOT_COMPUTABLE: "Đang ghi “không tính được”; chọn “không tính được bằng tiền”.",
    MoneyProblem.FRACTION: "Số tiền lẻ dưới một đồng; kiểm tra lại dấu chấm, dấu phẩy.",
    MoneyProblem.SEPARATOR: "Dấu chấm, dấu phẩy của số tiền đọc được hai cách; ghi lại cho rõ.",
    MoneyProblem.UNIT: "Chưa rõ đơn vị là đồng, nghìn hay triệu; ghi lại cho rõ.",
    MoneyProblem.FOREIGN: "Đang ghi ngoại tệ; cần đổi ra đồng Việt Nam.",
    MoneyProblem.SEVERAL: "Đang ghi nhiều số tiền; cần một số của 01 năm, cách tính ghi ở ô Cách tính.",
    MoneyProblem.SCIENTIFIC: "Bảng tính đã làm tròn số này; nhập lại số đầy đủ.",
}

NOT_A_DATE = "Không đọc được ngày “{raw}”. Ghi ngày/tháng/năm, ví dụ 27/04/2026."
DATE_SENTENCES = {
    DateProblem.IMPOSSIBLE: "Ngày {raw} không có thật.",
    DateProblem.QUARTER: "“{raw}” là một quý; cần ngày hoặc ít nhất tháng.",
    DateProblem.NO_YEAR: "“{raw}” chưa có năm.",
    DateProblem.RANGE: "“{raw}” là một khoảng; ghi ngày áp dụng đầu tiên.",
}


def _is_asked(declared: Field, record: Initiative) -> bool:
    return declared.required and (not record.is_secret or declared.leaves_when_secret)


def _unread(record: Initiative) -> Iterator[Problem]:
    for name, raw in record.unread.items():
        declared = FIELD.get(name)
        if declared is None:
            continue
        if declared.kind is Kind.MONEY:
            yield _unread_money(name, raw)
        elif declared.kind is Kind.DATE:
            yield _unread_date(name, raw)
        else:
            message = f"“{raw}” không có trong danh mục {declared.label.lower()}."
            yield Problem(field=name, code="not-in-list", severity=Severity.ERROR, message=message)


def _unread_date(name: str, raw: str) -> Problem:
    reading = read_date(raw)
    sentence = DATE_SENTENCES.get(reading.problem, NOT_A_DATE) if reading.problem else NOT_A_DATE
    fix = None
    if reading.proposal is not None:
        fix = Fix(field=name, value=reading.proposal.iso(), label=f"Đổi thành {reading.proposal.display()}")
    return Problem(
        field=name, code="date-unread", severity=Severity.ERROR, message=sentence.format(raw=raw), fix=fix
    )


def _unread_money(name: str, raw: str) -> Problem:
    reading = read_money(raw)
    fix = None
    if reading.proposal is not None:
        fix = Fix(field=name, value=reading.proposal, label=f"Đổi thành {format_vnd(reading.proposal)}")
    elif reading.problem is MoneyProblem.NOT_COMPUTABLE:
        fix = Fix(field="is_monetary", value=False, label="Không tính được bằng tiền")
    problem = reading.problem or MoneyProblem.NOT_MONEY
    sentence = MONEY_SENTENCES.get(problem, NOT_MONEY)
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
