"""Near duplicates over the station: while one record is typed, among new ones, over the whole database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.screening import Index, Kind, Pair, Reason, ScreeningText, screen, thresholds
from sangkien_desktop.screening.comparison import Prepared, compare_prepared
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.storage import screening as rooms
from sangkien_desktop.storage.screening import StoredPair, StoredText

CATCH_UP = 50
"""So many changed records get their bands on the way, while one is typed; more wait for a whole screening."""
MODEL_VERSION = f"{thresholds.HASHES}/{thresholds.ROWS_PER_BAND}"
_BANDS_AT_ONCE = 5_000


@dataclass(frozen=True)
class StationPair:
    """Two initiatives of the station that belong before a person's eyes; `score` is 0..1."""

    a: InitiativeId
    b: InitiativeId
    kind: Kind
    score: float
    reasons: tuple[Reason, ...]

    @property
    def is_duplicate(self) -> bool:
        """Probably one initiative twice; otherwise alike, but something says that they are two."""
        return self.kind is Kind.DUPLICATE


class ScreeningService:
    """Finds near duplicates; pairs that a person called different stay out for good."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._database = desk.database
        self._model: tuple[tuple[str, datetime], Index] | None = None

    def screen_all(
        self, progress: Progress = SILENT, *, min_score: float = thresholds.SIMILAR_SCORE
    ) -> tuple[StationPair, ...]:
        """Every pair of the station that still needs a decision, best first; kept unless asked for fewer.

        Raises Cancelled when stopped; what was found before stays as it was.
        """
        index = self.refresh(progress)
        with self._database.read() as session:
            stored = rooms.texts(session)
            settled = rooms.distinct(session)
        pairs = screen([_text(one) for one in stored], min_score=min_score, index=index, progress=progress)
        found = tuple(_station_pair(pair) for pair in pairs if _ends(pair) not in settled)
        if min_score <= thresholds.SIMILAR_SCORE:
            with self._database.write() as session:
                rooms.put_found(session, (_stored_pair(pair) for pair in found))
        return found

    def found(self) -> tuple[StationPair, ...]:
        """What the last screening found and nobody has decided yet."""
        with self._database.read() as session:
            return tuple(_from_stored(pair) for pair in rooms.open_pairs(session))

    def codes_of(self, pairs: Iterable[StationPair]) -> dict[InitiativeId, str]:
        """Codes of ours for both ends of these pairs."""
        ends = {end for pair in pairs for end in (pair.a, pair.b)}
        with self._database.read() as session:
            return {record: head.local_code for record, head in rooms.heads(session, ends).items()}

    def alike(
        self, record: Initiative, *, min_score: float = thresholds.SIMILAR_SCORE
    ) -> tuple[StationPair, ...]:
        """Records of the station that are near to this one, stored or not; at most a few, best first."""
        index = self._catch_up()
        with self._database.read() as session:
            text = _text_of(record)
            keys = rooms.sharing(
                session, index.signature(text), thresholds.ENTRY_PER_BAND, thresholds.ENTRY_COMPARED
            )
            others = rooms.texts(session, keys)
            settled = rooms.distinct_from(session, record.id)
        mine = Prepared(text)
        met = (compare_prepared(mine, Prepared(_text(other))) for other in others if other.id != record.id)
        pairs = (pair for pair in met if pair is not None and pair.score >= min_score)
        kept = [_station_pair(pair) for pair in pairs if pair.b not in settled]
        return tuple(sorted(kept, key=lambda pair: (not pair.is_duplicate, -pair.score)))

    def among(self, records: Sequence[Initiative], progress: Progress = SILENT) -> tuple[StationPair, ...]:
        """Pairs of which at least one side is among these records, stored or not: what an import brings in."""
        ids = frozenset(record.id for record in records)
        with self._database.read() as session:
            stored = [text for text in rooms.texts(session) if text.id not in ids]
            settled = rooms.distinct(session)
        new = [_text_of(one) for one in records]
        pairs = screen([*map(_text, stored), *new], progress=progress)
        mine = (pair for pair in pairs if pair.a in ids or pair.b in ids)
        return tuple(_station_pair(pair) for pair in mine if _ends(pair) not in settled)

    def refresh(self, progress: Progress = SILENT) -> Index:
        """Bring the bands up to date with the records; made anew when the station has outgrown their model."""
        index = self._current()
        with self._database.read() as session:
            number = rooms.count(session)
        if index is None or index.is_outgrown(number):
            index = self._anew(progress)
        self._cover(index, progress)
        return index

    # Parts

    def _current(self) -> Index | None:
        """The model that the bands were made with, read once; None when there is none that fits."""
        with self._database.read() as session:
            stamp = rooms.stamp(session)
            if stamp is None or stamp[0] != MODEL_VERSION:
                return None
            if self._model is not None and self._model[0] == stamp:
                return self._model[1]
            kept = rooms.model(session)
        if kept is None:
            return None
        self._model = (stamp, Index.from_bytes(kept.index))
        return self._model[1]

    def _catch_up(self) -> Index:
        """The model, with bands for the few records changed meanwhile; many wait for a whole screening."""
        index = self._current()
        with self._database.read() as session:
            changed = rooms.changed_since(session, rooms.covered(session), CATCH_UP + 1)
        if 0 < len(changed) <= CATCH_UP:
            index = index or self._anew(SILENT)
            self._cover(index, SILENT)
        return index or Index.build([])

    def _anew(self, progress: Progress) -> Index:
        with self._database.read() as session:
            stored = rooms.texts(session)
        index = Index.build([_text(one) for one in stored], progress=progress)
        with self._database.write() as session:
            rooms.put_model(session, rooms.Model(MODEL_VERSION, index.to_bytes()), len(stored))
        return index

    def _cover(self, index: Index, progress: Progress) -> None:
        """Bands for changed records, oldest change first, so that stopping in between loses nothing."""
        with self._database.read() as session:
            changed = rooms.changed_since(session, rooms.covered(session))
        for start in range(0, len(changed), _BANDS_AT_ONCE):
            progress.check()
            progress.report(start, len(changed), "Đang lập chỉ mục rà soát")
            part = changed[start : start + _BANDS_AT_ONCE]
            keys = {key for _, key in part}
            with self._database.read() as session:
                stored = rooms.texts(session, keys)
            bands = index.signatures([_text(one) for one in stored])
            with self._database.write() as session:
                rooms.drop_bands(session, sorted(keys - {one.key for one in stored}))
                rooms.put_bands(session, [one.key for one in stored], bands)
                rooms.cover(session, part[-1])


def _ends(pair: Pair) -> tuple[str, str]:
    return min(pair.a, pair.b), max(pair.a, pair.b)


def _text(stored: StoredText) -> ScreeningText:
    return ScreeningText(stored.id, stored.title, stored.body, stored.author, stored.group)


def _text_of(record: Initiative) -> ScreeningText:
    parts = (
        (record.effect_summary,)
        if record.is_secret
        else (record.situation_before, record.solution, record.effect_summary)
    )
    main = record.main_author
    body = "\n".join(part for part in parts if part)
    return ScreeningText(record.id, record.title, body, main.name if main else "")


def _station_pair(pair: Pair) -> StationPair:
    return StationPair(InitiativeId(pair.a), InitiativeId(pair.b), pair.kind, pair.score, pair.reasons)


def _stored_pair(pair: StationPair) -> StoredPair:
    return StoredPair(
        a=pair.a,
        b=pair.b,
        kind=pair.kind.value,
        score=pair.score,
        reasons=tuple((reason.code, reason.sentence) for reason in pair.reasons),
    )


def _from_stored(pair: StoredPair) -> StationPair:
    reasons = tuple(Reason(code, sentence) for code, sentence in pair.reasons)
    return StationPair(pair.a, pair.b, Kind(pair.kind), pair.score, reasons)
