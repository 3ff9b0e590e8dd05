"""Going from record to record and from problem to problem."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sangkien_desktop.domain.initiative_fields import FIELDS
from sangkien_desktop.ui.screens.initiatives.tools import PROBLEMS

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage


class Going(QObject):
    """Moves the caret; writes nothing but what was being typed."""

    def __init__(self, page: "InitiativesPage") -> None:
        """One for the page."""
        super().__init__(page)
        self._page = page

    def go(self, step: int) -> None:
        """The next or previous record, the same field."""
        grid = self._page.grid
        target = grid.row + step
        if 0 <= target < self._page.model.rowCount():
            self._page.editing.commit_all()
            grid.go_to(target)

    def go_to_first_problem(self) -> None:
        """From the chip in the head to the first place that is missing."""
        row = self._page.current
        if row is not None and row.problems:
            name = next(field.name for field in FIELDS if field.name in row.problems)
            self._page.form.go_to(name)

    def go_to_problem(self, step: int) -> None:
        """The next place with a problem: in this record, then in the rows below."""
        page = self._page
        places = self._problem_fields()
        here = page.form.current_name() or page.grid.key
        names = [field.name for field in FIELDS]
        at = names.index(here) if here in names else -1
        beyond = [name for name in places if (names.index(name) - at) * step > 0]
        if beyond:
            self._show_problem(beyond[0] if step > 0 else beyond[-1])
            return
        query = replace(page.loader.query, problems_only=True)
        page.context.jobs.start(
            partial(self._page.services.initiatives.keys, query), done=partial(self._on_problem_keys, step)
        )

    def show_problems(self) -> None:
        """Only rows with problems."""
        self._page.tools.state.choose(PROBLEMS)
        self._page.tools.filter_changed.emit()

    def _on_problem_keys(self, step: int, keys: "Sequence[int]") -> None:
        page = self._page
        wanted = set(keys)
        count, row = page.model.rowCount(), page.grid.row
        order = range(row + 1, count) if step > 0 else range(row - 1, -1, -1)
        found = next((one for one in order if page.model.id_at(one) in wanted), -1)
        if found < 0:
            page.context.messages.inform("Không còn chỗ sai nào phía này.", topic="problems")
            return
        page.grid.go_to(found)
        places = self._problem_fields()
        if places:
            self._show_problem(places[0] if step > 0 else places[-1])

    def _problem_fields(self) -> list[str]:
        row = self._page.current
        return [field.name for field in FIELDS if row is not None and field.name in row.problems]

    def _show_problem(self, name: str) -> None:
        page = self._page
        in_form = page.form.isAncestorOf(page.focusWidget()) or name not in page.grid.shown_columns()
        if in_form and (page.form.isVisible() or page.is_narrow):
            page.show_pane(form=True)
            page.form.go_to(name)
        else:
            page.grid.go_to(page.grid.row, name)
            page.grid.setFocus()
