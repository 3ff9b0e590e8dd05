"""Suspected duplicates side by side, and what a person decides about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sangkien_desktop.domain import lifecycle
from sangkien_desktop.domain.changes import NOTHING, Changes
from sangkien_desktop.domain.fields import Kind as FieldKind
from sangkien_desktop.domain.ids import InitiativeId, UndoGroupId
from sangkien_desktop.domain.initiative import Author, Initiative, Lifecycle
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.rules.truth import even_shares
from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.screening import Segment, clusters, word_difference
from sangkien_desktop.screening.model import Kind, Pair
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.entry import EntryService
from sangkien_desktop.services.initiatives import InitiativeService
from sangkien_desktop.services.screening import ScreeningService, StationPair
from sangkien_desktop.services.typed import Lists, text_of
from sangkien_desktop.storage import initiatives
from sangkien_desktop.storage import screening as rooms
from sangkien_desktop.storage import undo as acts
from sangkien_desktop.storage.initiatives import Query, Row
from sangkien_desktop.storage.screening import Decision, Head, StoredPair
from sangkien_desktop.vietnamese.folding import fold

MERGED = "Trùng (đã gộp)"
SHOWN = (
    "title",
    "authors",
    "group",
    "situation_before",
    "solution",
    "effect_summary",
    "annual_benefit",
    "first_applied_on",
)
"""Fields that stand side by side, in the order of the paper."""


@dataclass(frozen=True)
class Case:
    """One question to a person: a pair, or a whole series of copies that is decided at once.

    `left` is the side that is kept unless the person says otherwise: the one at the portal, else the older.
    """

    pair: StationPair
    left: InitiativeId
    right: InitiativeId
    members: tuple[InitiativeId, ...]
    """Left, right, then further copies."""
    heads: Mapping[InitiativeId, Head]

    @property
    def more(self) -> int:
        """How many copies there are beside the two that are shown."""
        return len(self.members) - 2

    @property
    def is_exact(self) -> bool:
        """Nothing but accents, case or nothing at all differs."""
        return any(reason.code in {"same_text", "same_but_accents"} for reason in self.pair.reasons)


@dataclass(frozen=True)
class Cases:
    """What waits for a decision, and what is alike but counts as two."""

    to_decide: tuple[Case, ...]
    similar: tuple[Case, ...]


@dataclass(frozen=True)
class Line:
    """One field of both sides, cut into equal and differing stretches."""

    label: str
    left: tuple[Segment, ...]
    right: tuple[Segment, ...]

    @property
    def is_equal(self) -> bool:
        """Nothing differs but accents, case and punctuation."""
        return all(segment.is_equal for segment in (*self.left, *self.right))


@dataclass(frozen=True)
class SideBySide:
    """Both records of a case as they stand now; None for one that is gone."""

    left: Row | None
    right: Row | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Answer:
    """A decision that can be taken back: `act` is None when no record was changed."""

    case: Case
    text: str
    changes: Changes
    act: UndoGroupId | None = None


class DuplicateService:
    """Decisions on pairs: the same, not the same, and taking the last answer back."""

    def __init__(
        self, desk: Desk, entry: EntryService, service: InitiativeService, screening: ScreeningService
    ) -> None:
        self._desk = desk
        self._database = desk.database
        self._entry = entry
        self._service = service
        self._screening = screening

    def cases(self) -> Cases:
        """What the last screening found and nobody has decided; quick, nothing is compared."""
        pairs = self._screening.found()
        with self._database.read() as session:
            heads = rooms.heads(session, {end for pair in pairs for end in (pair.a, pair.b)})
        duplicates = [pair for pair in pairs if pair.is_duplicate]
        groups = clusters(Pair(pair.a, pair.b, Kind.DUPLICATE, pair.score, ()) for pair in duplicates)
        best: dict[frozenset[str], StationPair] = {}
        of_member = {member: group for group in groups for member in group}
        for pair in duplicates:
            best.setdefault(of_member[pair.a], pair)
        to_decide = [_case(pair, sorted(group), heads) for group, pair in best.items()]
        similar = [_case(pair, (pair.a, pair.b), heads) for pair in pairs if not pair.is_duplicate]
        return Cases(tuple(to_decide), tuple(similar))

    def screen(self, progress: Progress = SILENT) -> Cases:
        """Compare the whole station anew. Raises Cancelled when stopped; the old findings then stay."""
        self._screening.screen_all(progress)
        return self.cases()

    def side_by_side(self, case: Case) -> SideBySide:
        """Both sides field by field, as people read them."""
        lists = self._entry.lists()
        with self._database.read() as session:
            wanted = Query(ids=frozenset({case.left, case.right}))
            rows = {
                row.record.id: row for row in initiatives.page(session, initiatives.keys(session, wanted))
            }
        left, right = rows.get(case.left), rows.get(case.right)
        if left is None or right is None:
            return SideBySide(left, right, ())
        shown = [name for name in SHOWN if not _is_hidden(name, left.record, right.record)]
        lines = []
        for name in shown:
            parts = word_difference(_shown(left.record, name, lists), _shown(right.record, name, lists))
            lines.append(Line(FIELD[name].heading, parts.a, parts.b))
        return SideBySide(left, right, tuple(lines))

    def same(self, case: Case, keep: InitiativeId, note: str = "") -> Answer:
        """One initiative: keep this one, fold the others' authors into it, withdraw the others.

        One act that one undo takes back; nothing is deleted.
        """
        others = [member for member in case.members if member != keep]
        kept = self._service.get(keep)
        folded = folded_authors(kept, [self._service.get(other) for other in others])
        said = f"{MERGED} với {kept.local_code}." + (f" {note}" if note else "")

        def change(record: Initiative) -> Initiative:
            if record.id == keep:
                return replace(record, authors=folded)
            noted = replace(record, note="\n".join(part for part in (record.note, said) if part))
            return lifecycle.moved(noted, Lifecycle.WITHDRAWN)

        name = "gộp trùng"
        changes = self._service.edit([keep, *others], change, name=name)
        with self._database.write() as session:
            act = acts.undoable(session, 1)[0].id
            for other in others:
                rooms.decide(session, self._decided(case, keep, other, Decision.MERGED, note))
        return Answer(case, f"Đã gộp vào {kept.local_code}", changes, act)

    def different(self, case: Case, note: str = "") -> Answer:
        """Two initiatives (or so many): remembered for good, with the reason."""
        with self._database.write() as session:
            for place, first in enumerate(case.members):
                for second in case.members[place + 1 :]:
                    rooms.decide(session, self._decided(case, first, second, Decision.DISTINCT, note))
        return Answer(case, "Đã ghi: hai sáng kiến khác nhau", NOTHING)

    def take_back(self, answer: Answer) -> Changes:
        """The last answer has not been given. Raises UndoRefused when a record of it was changed since."""
        changes = self._service.undo(answer.act).changes if answer.act else NOTHING
        with self._database.write() as session:
            members = answer.case.members
            for place, first in enumerate(members):
                for second in members[place + 1 :]:
                    rooms.reopen(session, first, second)
        return changes

    def decided(self) -> tuple[StoredPair, ...]:
        """Every decision with its note and who made it, the newest first."""
        with self._database.read() as session:
            return rooms.decided(session)

    def _decided(
        self, case: Case, first: InitiativeId, second: InitiativeId, decision: Decision, note: str
    ) -> StoredPair:
        return StoredPair(
            a=first,
            b=second,
            kind=case.pair.kind.value,
            score=case.pair.score,
            reasons=tuple((reason.code, reason.sentence) for reason in case.pair.reasons),
            decision=decision,
            note=note,
            decided_by=self._desk.actor(),
        )


def _case(pair: StationPair, members: Sequence[str], heads: Mapping[InitiativeId, Head]) -> Case:
    ends = sorted((pair.a, pair.b), key=lambda end: _standing(heads[end]))
    rest = [InitiativeId(one) for one in members if one not in ends and InitiativeId(one) in heads]
    return Case(pair, ends[0], ends[1], (*ends, *rest), {one: heads[one] for one in (*ends, *rest)})


def _shown(record: Initiative, name: str, lists: Lists) -> str:
    text = text_of(record, name, lists)
    is_amount = FIELD[name].kind is FieldKind.MONEY and getattr(record, name) is not None
    return f"{text} đồng" if is_amount else text


def _standing(head: Head) -> tuple[bool, bool, int]:
    return not head.is_valid, not head.is_at_portal, head.key


def _is_hidden(name: str, left: Initiative, right: Initiative) -> bool:
    """The body of an initiative under a technology secret is not laid beside another one."""
    return (left.is_secret or right.is_secret) and not (
        FIELD[name].leaves_when_secret or FIELD[name].kind in {FieldKind.AUTHORS, FieldKind.UNIT}
    )


def folded_authors(kept: Initiative, others: Sequence[Initiative]) -> tuple[Author, ...]:
    """All authors of all copies, each once.

    Shares are the mean of what the copies say when each copy says it for everyone, else even: to be looked at
    again by the person who merged. Nothing changes when nobody comes in.
    """
    authors = list(kept.authors)
    known = {_who(author) for author in authors}
    for other in others:
        for author in other.authors:
            if _who(author) not in known:
                known.add(_who(author))
                authors.append(replace(author, is_main=False))
    if len(authors) == len(kept.authors):
        return kept.authors
    shares = _mean_shares(authors, (kept, *others)) or even_shares(len(authors))
    return tuple(replace(one, share=share) for one, share in zip(authors, shares, strict=True))


def _mean_shares(authors: Sequence[Author], copies: Sequence[Initiative]) -> tuple[Decimal, ...] | None:
    said: list[dict[str, Decimal]] = []
    for copy in copies:
        alone = len(copy.authors) == 1
        shares = {
            _who(one): Decimal(100) if alone and one.share is None else one.share for one in copy.authors
        }
        whole = {who: share for who, share in shares.items() if share is not None}
        if len(whole) != len(copy.authors) or sum(whole.values()) != 100:
            return None
        said.append(whole)
    cent = Decimal("0.01")
    means = [
        (sum((one.get(_who(author), Decimal(0)) for one in said), Decimal(0)) / len(said)).quantize(cent)
        for author in authors
    ]
    means[0] += 100 - sum(means)
    return tuple(means)


def _who(author: Author) -> str:
    return author.employee_code or fold(author.name)
