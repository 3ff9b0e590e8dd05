"""Authors of a file and the people they are: doubtful ones are asked once, with the nearest person proposed."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from sangkien_desktop.domain.initiative import Author, Initiative
from sangkien_desktop.domain.people import Person, WorkStatus
from sangkien_desktop.domain.rules import Fix, Severity
from sangkien_desktop.services.import_plan import Surroundings
from sangkien_desktop.services.names_in_files import is_same_name
from sangkien_desktop.vietnamese.folding import fold
from sangkien_desktop.workbooks.results import RowProblem, SheetReading

DOUBT = "author-doubtful"
"""Code of the question who an author is."""

LIST_FROM = 20
"""With fewer people than this there is no member list to compare with."""

_NEAR = 0.82


def doubts_of(draft: Initiative, sheet: SheetReading, around: Surroundings) -> tuple[RowProblem, ...]:
    """A question for every author whom the member list does not settle."""
    if len(around.people_by_code) < LIST_FROM:
        return ()
    columns = {name: column for column, name in sheet.columns.items()}
    return tuple(
        _doubt(author, draft, around, columns.get("author") or columns.get("authors"))
        for author in draft.authors
        if author.person is None and author.employee_code is None and author.name
    )


def _doubt(author: Author, draft: Initiative, around: Surroundings, column: str | None) -> RowProblem:
    here = [one for one in around.context.people.values() if one.group == draft.group]
    namesakes = [
        one for one in around.people_by_name.get(fold(author.name), ()) if is_same_name(author.name, one.name)
    ]
    if len(namesakes) > 1:
        codes = ", ".join(sorted(one.employee_code or "chưa có mã" for one in namesakes[:4]))
        return _asked(author, column, f"Có {len(namesakes)} người cùng tên: {codes}. Chọn một người.", None)
    nearest = _nearest(author.name, here) or _nearest(author.name, around.context.people.values())
    where = "Tổ này" if draft.group else "Danh sách đoàn viên"
    if nearest is None:
        return _asked(author, column, f"{where} không có người này.", None)
    told = f"{nearest.name}{f', mã {nearest.employee_code}' if nearest.employee_code else ''}"
    return _asked(author, column, f"{where} không có người này. Gần nhất: {told}.", nearest)


def _asked(author: Author, column: str | None, sentence: str, nearest: Person | None) -> RowProblem:
    fix = None
    if nearest is not None:
        code = f" ({nearest.employee_code})" if nearest.employee_code else ""
        fix = Fix(field="author", value=nearest.id, label=f"{nearest.name}{code}")
    return RowProblem("author", DOUBT, Severity.WARNING, sentence, author.name, column, None, fix)


def _nearest(name: str, people: Iterable[Person]) -> Person | None:
    """The person whose name is written almost so; None when nobody comes near."""
    wanted = fold(name)
    given = wanted.rpartition(" ")[2]
    candidates: Sequence[tuple[float, Person]] = [
        (SequenceMatcher(None, wanted, folded).ratio(), one)
        for one in people
        if one.status is WorkStatus.WORKING
        and abs(len(folded := fold(one.name)) - len(wanted)) <= 3
        and (folded[:1] == wanted[:1] or folded.endswith(given))
    ]
    best = max(candidates, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= _NEAR else None
