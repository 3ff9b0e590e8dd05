"""The columns of the grid: the eight of the look first, then one for every other declared field."""

from collections.abc import Callable

from sangkien_desktop.domain.fields import Field, Kind
from sangkien_desktop.domain.initiative_fields import FIELD, FIELDS
from sangkien_desktop.domain.rules import Severity
from sangkien_desktop.services.entry import GridRow
from sangkien_desktop.services.typed import NOT_COMPUTABLE, Lists, is_typed, text_of
from sangkien_desktop.storage.queries import SORTS
from sangkien_desktop.ui.badges import look_of
from sangkien_desktop.ui.models.paged_model import Column, Mark

FIRST = ("title", "authors", "group", "first_applied_on", "annual_benefit", "recognition_level")
"""After the code and before the badge, in the order of the look."""
NARROW_VIEW = ("local_code", "title", "authors", "annual_benefit", "badge")
WIDE_VIEW = ("local_code", *FIRST, "badge")
FROZEN = ("local_code", "title")
NARROW_WIDTHS = {"authors": 132, "badge": 124}
WIDE_WIDTHS = {"authors": 166, "badge": 140}

_WIDTHS = {
    "title": 0,
    "authors": 132,
    "group": 150,
    "first_applied_on": 104,
    "annual_benefit": 100,
    "recognition_level": 84,
}
_TITLES = {"authors": "Tác giả chính", "group": "Tổ công đoàn", "first_applied_on": "Ngày áp dụng"}

GridColumn = Column[GridRow]


def columns(lists: Callable[[], Lists]) -> tuple[GridColumn, ...]:
    """All columns in their natural order; which are shown is the grid's choice. `lists` is asked for each cell."""
    rest = [declared.name for declared in FIELDS if declared.name not in FIRST]
    return (_code(), *(_of_field(FIELD[name], lists) for name in (*FIRST, *rest)), _badge())


def sort_name(key: str) -> str:
    """The sort of a column; empty when the list cannot be sorted by it."""
    return key if key in SORTS else ""


def problem_sentence(row: GridRow, key: str) -> str:
    """What is wrong with a cell; empty when nothing is."""
    problem = row.problems.get(key)
    return problem.message if problem else ""


def _code() -> GridColumn:
    return Column(
        key="local_code",
        title="Mã",
        text=lambda row: row.record.local_code,
        width=100,
        tone="text2",
        tool_tip=lambda row: f"Mã trên Cổng: {row.row.portal_code}" if row.row.portal_code else "",
    )


def _badge() -> GridColumn:
    return Column(
        key="badge",
        title="Tình trạng",
        text=lambda row: row.row.badge.value,
        width=124,
        kind="badge",
        badge=lambda row: look_of(row.row.badge),
        tool_tip=reason,
    )


def reason(row: GridRow) -> str:
    """Why the record stands where it stands, where somebody said why."""
    said = row.row.hold_reason or row.row.portal_reason.get("message") or row.row.portal_reason.get("reason")
    return str(said or "")


def _of_field(declared: Field, lists: Callable[[], Lists]) -> GridColumn:
    name = declared.name

    def edit_text(row: GridRow) -> str:
        return text_of(row.record, name, lists())

    def mark(row: GridRow) -> Mark | None:
        problem = row.problems.get(name)
        if problem is None:
            return None
        return Mark("error" if problem.severity is Severity.ERROR else "warning", problem.message)

    def tone(row: GridRow) -> str:
        return "text3" if edit_text(row) == NOT_COMPUTABLE else ""

    return Column(
        key=name,
        title=_TITLES.get(name, declared.heading),
        text=_shown(declared, edit_text),
        edit_text=edit_text,
        width=_WIDTHS.get(name, 160),
        kind={Kind.MONEY: "number", Kind.AUTHORS: "name"}.get(declared.kind, "text"),
        is_editable=is_typed(name),
        mark=mark,
        cell_tone=tone if declared.kind is Kind.MONEY else None,
        is_sortable=bool(sort_name(name)),
    )


def _shown(declared: Field, edit_text: Callable[[GridRow], str]) -> Callable[[GridRow], str]:
    if declared.kind is Kind.AUTHORS:
        return _main_author
    if declared.kind is Kind.FLAG:
        return lambda row: "Có" if getattr(row.record, declared.name) else ""
    return edit_text


def _main_author(row: GridRow) -> str:
    author = row.record.main_author
    return author.name or author.employee_code or "" if author else ""


def list_texts(row: GridRow, key: str, lists: Lists) -> list[str]:
    """What may be chosen in a cell; empty where one types freely."""
    kind = FIELD[key].kind if key in FIELD else Kind.TEXT
    if kind is Kind.UNIT:
        return [unit.name for unit in lists.groups]
    if kind in (Kind.CHOICE, Kind.CHOICES):
        return list(lists.labels(row.record, FIELD[key].catalogue))
    return ["Có", "Không"] if kind is Kind.FLAG else []
