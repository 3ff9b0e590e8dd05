"""Cells to values, one reader per kind of field; what cannot be read is said, kept as text and never guessed."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sangkien_desktop.domain.catalogues import label_in
from sangkien_desktop.domain.rules import Fix, Severity
from sangkien_desktop.domain.rules.completeness import DATE_SENTENCES, MONEY_SENTENCES, NOT_A_DATE, NOT_MONEY
from sangkien_desktop.vietnamese.dates import DayOrder, Precision, column_order, read_date
from sangkien_desktop.vietnamese.folding import canonical_tone, clean, fold
from sangkien_desktop.vietnamese.identity import CodeProblem, code_length, read_employee_code, read_phone
from sangkien_desktop.vietnamese.money import MoneyProblem, MoneyReading, format_vnd, read_money
from sangkien_desktop.workbooks.table import Value

MILLION = 10**6
_YES = frozenset(
    {"co", "x", "yes", "y", "dung", "true", "1", "✓", "✔", "v", "r", "ok", "la", "○", "◯", "はい", "co x"}
)
_NO = frozenset({"khong", "ko", "k", "no", "n", "sai", "false", "0", "-", "×", "いいえ", "khong co"})
_ERRORS = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "Err:502", "Err:508"}
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cell that needs a person: `value` is what may be taken nevertheless, `unread` that its text must be kept."""

    code: str
    severity: Severity
    message: str
    value: object = None
    unread: bool = False
    proposal: object = None
    proposal_label: str = ""

    def fix(self, field: str) -> Fix | None:
        """The repair that one key accepts."""
        return (
            Fix(field=field, value=self.proposal, label=self.proposal_label)
            if self.proposal is not None
            else None
        )


ReadCell = Callable[[Value], object]
"""A value of the field's kind, None for nothing said, or a Trouble."""


def shown(value: Value) -> str:
    """A cell as people see it: whole numbers without a point, days in Vietnamese order."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, float):
        return (
            str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}".replace(".", ",")
        )
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def read_text(value: Value) -> object:
    """One line of text."""
    text = value if isinstance(value, str) else shown(value)
    if text in _ERRORS:
        return Trouble(
            "cell-error", Severity.WARNING, f"Ô Excel đang báo lỗi {text}; gõ lại nội dung.", unread=True
        )
    return clean(text) or None


def read_long_text(value: Value) -> object:
    """Text with its line breaks."""
    if not isinstance(value, str) or value in _ERRORS:
        return read_text(value)
    return clean(value, keep_lines=True) or None


def read_flag(value: Value) -> object:
    """Có/Không in the ways people tick."""
    if isinstance(value, bool):
        return value
    folded = fold(shown(value)).strip(" .")
    if folded in _YES or folded in _NO:
        return folded in _YES
    return Trouble("not-yes-no", Severity.WARNING, "Không rõ Có hay Không.", unread=True) if folded else None


def choice_reader(labels: tuple[str, ...], label: str) -> ReadCell:
    """Reads one label of a list; spelling by accents, case, tone place and initials does not matter."""
    by_key = {_choice_key(text): text for text in labels}
    by_initials = {_initials(text): text for text in labels if len(_initials(text)) >= 4}

    def read(value: Value) -> object:
        text = clean(shown(value))
        if not text or text.strip("-. ") == "":
            return None
        found = label_in(text, labels) or by_key.get(_choice_key(text)) or by_initials.get(fold(text))
        if found is not None:
            return found
        near = [
            known
            for known in labels
            if fold(known).startswith(fold(text)) or fold(text).startswith(fold(known))
        ]
        return Trouble(
            "not-in-list",
            Severity.ERROR,
            f"“{text}” không có trong danh mục {label.lower()}.",
            unread=True,
            proposal=near[0] if len(near) == 1 else None,
            proposal_label=f"Chọn {near[0]}" if len(near) == 1 else "",
        )

    return read


def choices_reader(labels: tuple[str, ...], label: str) -> ReadCell:
    """Reads several labels of a list from one cell."""
    one = choice_reader(labels, label)

    def read(value: Value) -> object:
        whole = one(value)
        if not isinstance(whole, Trouble):
            return None if whole is None else (whole,)
        found = tuple(
            dict.fromkeys(one(part) for part in re.split(r"[;\n+]|, ", shown(value)) if part.strip())
        )
        return whole if any(isinstance(part, Trouble) for part in found) else found

    return read


def _choice_key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(canonical_tone(text.lower()))).strip()


def _initials(text: str) -> str:
    return "".join(word[0] for word in fold(text).replace(",", " ").split())


def date_reader(cells: Iterable[Value], *, order: DayOrder | None, epoch_1904: bool, must: bool) -> ReadCell:
    """Reads the dates of one column; the day/month question is settled once for all its cells.

    `must`: text that is no date is an error (needed fields); else only a warning.
    """
    settled = order or column_order(cell for cell in cells if isinstance(cell, str)) or DayOrder.DMY
    severity = Severity.ERROR if must else Severity.WARNING

    def read(value: Value) -> object:
        if value is None or isinstance(value, bool):
            return None
        reading = read_date(value, order=settled, epoch_1904=epoch_1904)
        if reading.problem is not None:
            sentence = DATE_SENTENCES.get(reading.problem, NOT_A_DATE).format(raw=clean(shown(value)))
            return Trouble(
                f"date-{reading.problem.value}",
                severity,
                sentence,
                unread=True,
                proposal=reading.proposal,
                proposal_label=reading.proposal.display() if reading.proposal else "",
            )
        if reading.value is not None and must and reading.value.precision is not Precision.DAY:
            what = "tháng" if reading.value.precision is Precision.MONTH else "năm"
            return Trouble(
                "date-precision", Severity.WARNING, f"Chỉ có {what}, không có ngày.", value=reading.value
            )
        return reading.value

    return read


def money_reader(*, unit: int, per_month: bool) -> ReadCell:
    """Reads amounts of one column into đồng a year. `unit`: what a bare number counts."""

    def read(value: Value) -> object:
        if isinstance(value, bool | date) or value is None:
            return Trouble("money-not-money", Severity.ERROR, NOT_MONEY, unread=True)
        reading = read_money(value, unit=unit)
        if per_month and reading.per is None and reading.value is not None:
            return reading.value * 12
        return _money(reading)

    return read


def _money(reading: MoneyReading) -> object:
    if reading.problem is None:
        if reading.approximate:
            return Trouble(
                "money-approximate",
                Severity.WARNING,
                f"{reading.understood}; xem lại con số.",
                value=reading.value,
            )
        return reading.value
    if reading.problem is MoneyProblem.NOT_COMPUTABLE:
        return Trouble(
            "money-not-computable",
            Severity.WARNING,
            "Không tính được bằng tiền?",
            proposal=False,
            proposal_label="Đúng như vậy",
        )
    if (
        reading.problem is MoneyProblem.UNIT
        and reading.proposal is not None
        and reading.proposal >= 1000 * MILLION
    ):
        # A column in million đồng with a cell that plainly counts đồng: nobody saved a million millions.
        return reading.proposal
    return Trouble(
        f"money-{reading.problem.value}",
        Severity.ERROR,
        MONEY_SENTENCES.get(reading.problem, NOT_MONEY),
        unread=True,
        proposal=reading.proposal,
        proposal_label=f"Đổi thành {format_vnd(reading.proposal)}" if reading.proposal is not None else "",
    )


def column_unit(values: Iterable[Value], named: int | None) -> tuple[int, bool]:
    """What bare numbers of a money column count, and whether that is a guess."""
    if named is not None:
        return named, False
    numbers = [
        float(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    if len(numbers) >= 3 and max(numbers) < 20_000 and any(number > 0 for number in numbers):
        return MILLION, True
    return 1, False


def code_reader(cells: Sequence[Value], *, known_length: int | None) -> ReadCell:
    """Reads the employee codes of one column; zeros that Excel dropped are put back where the length is sure."""
    plain = [cell for cell in cells if isinstance(cell, str | int | float) and cell != ""]
    length = known_length or code_length(plain)

    def read(value: Value) -> object:
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            return Trouble(
                "code-impossible", Severity.ERROR, "Mã nhân viên không đọc được.", value=shown(value) or None
            )
        reading = read_employee_code(value, length=length)
        if reading.problem is CodeProblem.SCIENTIFIC:
            return Trouble(
                "code-scientific",
                Severity.ERROR,
                "Excel đã làm hỏng mã này (dạng 1E+05); gõ lại mã dạng chữ.",
                unread=True,
            )
        if reading.problem is not None:
            message = "Mã này không thể là mã nhân viên; xem lại danh sách đoàn viên."
            return Trouble(
                f"code-{reading.problem.value}", Severity.ERROR, message, value=clean(shown(value))
            )
        if reading.repaired:
            message = f"Mã {clean(shown(value))} thiếu số 0 ở đầu; máy hiểu là {reading.value}."
            return Trouble("code-zeros", Severity.WARNING, message, value=reading.value)
        return reading.value

    return read


def read_phone_cell(value: Value) -> object:
    """A phone number; what is none is kept as it stands, with a warning."""
    if isinstance(value, bool | date) or value is None:
        return None
    text = clean(shown(value))
    reading = read_phone(value)
    if reading.value is None and text:
        return Trouble("phone", Severity.WARNING, "Số điện thoại không đúng dạng.", value=text)
    return reading.value
