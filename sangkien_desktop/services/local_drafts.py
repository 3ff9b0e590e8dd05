"""What is half-typed, kept within a second so that a power cut costs next to nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.storage import drafts, saved_views
from sangkien_desktop.storage.saved_views import SavedView

FORM, SCREEN = "initiatives", "initiatives"


@dataclass(frozen=True, kw_only=True)
class HalfTyped:
    """Where the caret stood and what had been typed there, not yet committed."""

    initiative: InitiativeId
    field: str
    text: str
    seen: str
    """What stood there before."""
    in_form: bool
    scroll: int
    at: datetime | None = None


class LocalDraftService:
    """Half-typed text, and the views that people keep for the list."""

    def __init__(self, desk: Desk) -> None:
        self._database = desk.database

    def keep(self, half: HalfTyped) -> None:
        """Remember what stands in the open editor."""
        content = {
            "initiative": half.initiative,
            "field": half.field,
            "text": half.text,
            "seen": half.seen,
            "in_form": half.in_form,
            "scroll": half.scroll,
        }
        with self._database.write() as session:
            drafts.put(session, FORM, content)

    def half_typed(self) -> HalfTyped | None:
        """What was being typed when the program ended; None when everything had been committed."""
        with self._database.read() as session:
            draft = drafts.get(session, FORM)
        if draft is None:
            return None
        plain = draft.content
        return HalfTyped(
            initiative=InitiativeId(str(plain["initiative"])),
            field=str(plain["field"]),
            text=str(plain["text"]),
            seen=str(plain["seen"]),
            in_form=bool(plain["in_form"]),
            scroll=int(plain["scroll"]),
            at=draft.at,
        )

    def clear(self) -> None:
        """Everything typed has been committed or given up."""
        with self._database.write() as session:
            drafts.clear(session, FORM)

    def views(self) -> tuple[SavedView, ...]:
        """The kept views of the list."""
        with self._database.read() as session:
            return saved_views.find(session, SCREEN)

    def keep_view(self, name: str, content: Mapping[str, object]) -> None:
        """Keep a view under a name; the same name is replaced."""
        with self._database.write() as session:
            saved_views.put(session, SCREEN, SavedView(name=name, content=dict(content)))

    def forget_view(self, name: str) -> None:
        """Forget a kept view."""
        with self._database.write() as session:
            saved_views.remove(session, SCREEN, name)
