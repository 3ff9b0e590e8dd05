"""Near duplicates over the whole station, and what each rule is allowed to do."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated

import typer

from sangkien_desktop.cli import output, state
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.rules import Severity
from sangkien_desktop.errors import AppError
from sangkien_desktop.screening import thresholds
from sangkien_desktop.services.screening import StationPair


class Weight(StrEnum):
    """What the unit lets a rule do."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


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


@state.command
def rules(
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help="Mã của quy tắc cần đổi.")] = None,
    severity: Annotated[
        Weight | None,
        typer.Option("--severity", help="chặn gửi (error), chỉ nhắc (warning), thôi nhắc (off)."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In một tài liệu JSON.")] = False,
) -> None:
    """Những quy tắc được kiểm tra và nguồn của chúng; quy tắc nào chặn gửi là do người duyệt của đơn vị đặt."""
    with state.station() as services:
        if code is not None and severity is not None:
            if code not in {one.code for one in services.checks.rule_settings()}:
                raise AppError(
                    f"Không có quy tắc “{code}”.", hint="Chạy sangkien rules để xem mã các quy tắc."
                )
            services.checks.set_severity(code, None if severity is Weight.OFF else Severity(severity.value))
        found = [one for one in services.checks.rule_settings() if code in (None, one.code)]
    if as_json:
        output.print_json(
            {
                "rules": [
                    {
                        "code": one.code,
                        "field": one.label,
                        "demand": one.demand,
                        "source": one.source,
                        "usual": one.usual.value,
                        "severity": one.chosen.value if one.chosen else Weight.OFF.value,
                    }
                    for one in found
                ]
            }
        )
    else:
        said = {Severity.ERROR: "chặn gửi", Severity.WARNING: "nhắc", None: "thôi nhắc"}
        rows = [[one.code, said[one.chosen], one.label, one.demand, one.source] for one in found]
        output.table(["Mã", "Mức", "Trường", "Yêu cầu", "Nguồn"], rows)


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
