"""`sangkien duplicates`: near duplicates over the whole station."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from sangkien_desktop.cli import output, state
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.screening import thresholds
from sangkien_desktop.services.screening import StationPair


@state.command
def duplicates(
    min_score: Annotated[
        float,
        typer.Option("--min-score", min=0.0, max=1.0, metavar="X", help="Điểm giống thấp nhất, 0 đến 1."),
    ] = thresholds.SIMILAR_SCORE,
    as_json: Annotated[bool, typer.Option("--json", help="In một tài liệu JSON.")] = False,
) -> None:
    """So mọi sáng kiến của trạm với nhau, tìm những cặp nghi trùng."""
    with state.station() as services:
        pairs = services.screening.screen_all(min_score=min_score)
        if as_json:
            output.print_json({"pairs": [_plain(pair) for pair in pairs]})
        else:
            _print_table(pairs, services.screening.codes_of(pairs))
        found = sum(pair.is_duplicate for pair in pairs)
        if found:
            output.needs_attention(
                f"{found} cặp nghi trùng chưa quyết định.", "Mở Rà soát để xem từng cặp cạnh nhau."
            )
        output.say("Không có cặp nghi trùng nào.")


def _plain(pair: StationPair) -> dict[str, object]:
    return {
        "a": pair.a,
        "b": pair.b,
        "kind": pair.kind.value,
        "score": round(pair.score, 4),
        "reasons": [reason.sentence for reason in pair.reasons],
    }


def _print_table(pairs: Sequence[StationPair], codes: Mapping[InitiativeId, str]) -> None:
    rows = [
        [
            codes.get(pair.a, pair.a),
            codes.get(pair.b, pair.b),
            "nghi trùng" if pair.is_duplicate else "giống",
            f"{pair.score:.0%}",
            " ".join(reason.sentence for reason in pair.reasons),
        ]
        for pair in pairs
    ]
    output.table(["Mã", "Mã", "Loại", "Giống", "Vì sao"], rows)
