"""A row as read → an initiative, what the rules say of it, and the row as one JSON document."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sangkien_desktop.domain.fields import Kind
from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.initiative import Author, Award, Initiative
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.rules import Problem, RuleContext, Severity, problems
from sangkien_desktop.vietnamese.dates import PartialDate, Precision
from sangkien_desktop.vietnamese.folding import clean, fold
from sangkien_desktop.vietnamese.money import read_money
from sangkien_desktop.workbooks.results import RowProblem, RowReading, SheetReading

GroupLookup = Callable[[str], UnitId | None]

_OWN = frozenset(
    name
    for name, field in FIELD.items()
    if field.kind not in (Kind.AUTHORS, Kind.FILES, Kind.UNIT, Kind.AWARDS)
)
# Empty cells of these are wrong in themselves; other empty cells leave a record that is not complete yet.
_NEVER_EMPTY = frozenset({"title", "effect_summary", "category", "recognition_level"})
_ASKED = frozenset({"first_applied_on", "solution_type", "situation_before", "solution"})
_AUTHOR_CODES = frozenset({"missing", "every-author-has-a-name"})
_NOT_COMPUTABLE = "khong tinh duoc bang tien"


def draft_of(
    row: RowReading, blank: Initiative, group_lookup: GroupLookup, context_group: str | None = None
) -> Initiative:
    """The record a row makes of `blank` (which brings id, programme and provenance); nothing the row says is lost.

    A group that no unit answers to, and text that is no value, stay in `unread`.
    """
    said: dict[str, Any] = {name: value for name, value in row.values.items() if name in _OWN}
    unread = {name: text for name, text in row.unread.items() if name in FIELD}
    group_name = row.group_name or context_group
    group = group_lookup(group_name) if group_name else None
    if group_name and group is None:
        unread["group"] = group_name
    awards = row.values.get("awards")
    if isinstance(awards, str):
        said["awards"] = awards_of(awards)
    note = str(said.get("note", ""))
    if row.extra:
        note = "\n".join(filter(None, [note, *(f"{heading}: {text}" for heading, text in row.extra.items())]))
    return replace(
        blank,
        **{**said, "note": note},
        authors=_with_share(_with_ruined_codes(row)),
        group=group,
        is_monetary=_is_monetary(row, note),
        unread=MappingProxyType(unread),
    )


def _with_ruined_codes(row: RowReading) -> tuple[Author, ...]:
    """The authors; a code that the spreadsheet ruined stays with the main one, so that it is asked for again."""
    ruined = [one.raw for one in row.problems if one.code == "code-scientific" and one.raw]
    if not ruined or not row.authors or row.authors[0].employee_code:
        return row.authors
    return (replace(row.authors[0], employee_code=ruined[0]), *row.authors[1:])


def _with_share(authors: tuple[Author, ...]) -> tuple[Author, ...]:
    """Who stands alone did all of it."""
    if len(authors) == 1 and authors[0].share is None:
        return (replace(authors[0], share=Decimal(100)),)
    return authors


def _is_monetary(row: RowReading, note: str) -> bool:
    says_not = any(problem.code == "money-not-computable" for problem in row.problems)
    has_value = "annual_benefit" in row.values or "annual_benefit" in row.unread
    return not says_not and (has_value or _NOT_COMPUTABLE not in fold(note))


def awards_of(text: str) -> tuple[Award, ...]:
    """The rewards a cell names: "Giấy khen; Tiền thưởng 500.000đ"."""
    found = []
    for part in text.replace("\n", ";").split(";"):
        form = clean(part)
        if not form:
            continue
        reading = read_money(form.lower().replace("tiền thưởng", "").replace("thưởng", "").strip() or "-")
        if reading.value is not None and reading.value > 0:
            found.append(Award(level=None, form="Tiền thưởng", amount=reading.value))
        else:
            found.append(Award(level=None, form=form))
    return tuple(found)


def judge(
    row: RowReading, reading: SheetReading, record: Initiative, context: RuleContext
) -> tuple[RowProblem, ...]:
    """Every problem of a row: what reading found, then what the rules find in fields that the file has.

    Fields that the file has no column for are told once for the file (`absent_fields`), not for every row.
    """
    found = list(row.problems)
    told = {problem.field for problem in found if problem.severity is Severity.ERROR}
    columns = {name: column for column, name in reading.columns.items()}
    for problem in problems(record, context):
        field = _field_of(problem)
        if field in told or problem.field in row.unread or not _counts(problem, columns, row):
            continue
        column = columns.get(field) or columns.get("co_authors" if field == "authors" else "authors")
        severity = _severity(problem)
        raw = str(row.values.get(field, "")) if isinstance(row.values.get(field), str) else ""
        found.append(
            RowProblem(field, problem.code, severity, problem.message, raw, column, None, problem.fix)
        )
        if severity is Severity.ERROR:
            told.add(field)
    return tuple(found)


def _field_of(problem: Problem) -> str:
    if problem.code == "employee-codes-can-exist":
        return "employee_code"
    return "author" if problem.field == "authors" and problem.code in _AUTHOR_CODES else problem.field


def _severity(problem: Problem) -> Severity:
    if problem.code == "missing" and problem.field not in _NEVER_EMPTY and problem.field != "authors":
        return Severity.WARNING
    return problem.severity


def _counts(problem: Problem, columns: Mapping[str, str], row: RowReading) -> bool:
    """Whether a rule's finding is about what this file says."""
    if problem.field == "authors":
        if problem.code == "shares-add-up" and all(author.share is None for author in row.authors):
            return False
        return bool({"author", "authors", "co_authors", "share", "employee_code"} & columns.keys())
    if problem.field not in columns or problem.field == "group":
        # Groups that no unit answers to are asked once for the file.
        return False
    if problem.code == "missing":
        return problem.field in _NEVER_EMPTY or problem.field in _ASKED
    return problem.code not in ("benefit-is-declared", "large-benefit-names-who-confirmed")


def absent_fields(reading: SheetReading) -> tuple[str, ...]:
    """Labels of required fields that the file has no column for: the records are incomplete, told once."""
    has = set(reading.columns.values())
    if has & {"author", "co_authors"}:
        has.add("authors")
    if reading.context.get("group") or any(row.group_name for row in reading.rows[:50]):
        has.add("group")
    return tuple(field.label for field in FIELD.values() if field.required and field.name not in has)


def row_as_json(
    row: RowReading, found: tuple[RowProblem, ...], *, asks_author: bool = True
) -> dict[str, Any]:
    """One entry of `rows` in `import --json`; texts on one line, dates ISO or with their precision."""
    values: dict[str, Any] = {name: _plain(value) for name, value in row.values.items()}
    for name, text in row.unread.items():
        if name in FIELD and FIELD[name].kind in (Kind.CHOICE, Kind.CHOICES):
            values.setdefault(name, text)
    authors = [_author(author) for author in row.authors]
    if not authors and asks_author:
        authors = [{"name": None, "employee_code": None, "share": None}]
    values["authors"] = authors
    return {
        "sheet": row.sheet,
        "row": row.row,
        "hidden": row.hidden,
        "values": values,
        "problems": [
            {
                "field": problem.field,
                "code": problem.code,
                "severity": problem.severity.value,
                "message": problem.message,
                "column": problem.column,
                "raw": problem.raw,
            }
            for problem in found
        ],
    }


def sheet_as_json(reading: SheetReading) -> dict[str, Any]:
    """The head of an entry of `files` in `import --json`; the caller adds rows and counts."""
    return {
        "file": reading.file_name,
        "sheet": reading.sheet,
        "header_row": reading.header_row,
        "columns": dict(reading.columns),
        "unmapped": list(reading.unmapped),
        "encoding_repair": reading.encoding_repair,
        "context": dict(reading.context),
        "row_count": len(reading.rows),
    }


def _plain(value: object) -> object:
    if isinstance(value, PartialDate):
        if value.precision is Precision.DAY:
            return value.iso()
        return {"precision": value.precision.value, "value": value.iso()}
    if isinstance(value, tuple):
        return list(value)
    return " ".join(value.split()) if isinstance(value, str) else value


def _author(author: Author) -> dict[str, Any]:
    share = author.share
    number = None if share is None else int(share) if share == share.to_integral_value() else float(share)
    return {"name": author.name or None, "employee_code": author.employee_code, "share": number}
