"""What the page says: entries of the list at the left, the foot."""

from sangkien_desktop.services.checks import Checked, CountedKind
from sangkien_desktop.services.duplicates import Cases
from sangkien_desktop.services.forecast import Forecast, HitRate
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.screens.review.entry_list import Entry

EXACT, NEAR, ALIKE = "pairs-exact", "pairs-near", "pairs-alike"
PAIRS = (EXACT, NEAR, ALIKE)
"""Values of the entries that lead to the other part."""
KEYS = "Enter xuống dòng · F2 sửa ô · Ctrl+D chép ô trên · Ctrl+Z hoàn tác"


def entries(checked: Checked, cases: Cases) -> list[Entry]:
    """Errors, pairs, warnings, each under its heading; kinds without a record are left out."""
    exact = sum(case.is_exact for case in cases.to_decide)
    pairs = (
        ("Trùng hoàn toàn", EXACT, exact),
        ("Gần trùng", NEAR, len(cases.to_decide) - exact),
        ("Giống, không tính là trùng", ALIKE, len(cases.similar)),
    )
    parts = (
        ("Chờ bổ sung", [_of_kind(one) for one in checked.errors]),
        (
            "Nghi trùng",
            [Entry(text, value, formatting.number(number)) for text, value, number in pairs if number],
        ),
        ("Nên xem", [_of_kind(one) for one in checked.warnings]),
    )
    return [entry for heading, under in parts if under for entry in (Entry(heading), *under)]


def _of_kind(counted: CountedKind) -> Entry:
    return Entry(counted.kind.title, counted.kind, formatting.number(counted.number))


def foot(checked: Checked, forecast: Forecast, hits: HitRate) -> tuple[str, str]:
    """What is left to do, and what the portal will probably say."""
    left = f"Còn <b>{checked.incomplete}</b> sáng kiến chờ bổ sung · hôm nay đã xong <b>{checked.mended_today}</b>"
    number = formatting.number
    expected = f"Dự báo hợp lệ <b>{number(forecast.accepted)}/{number(forecast.asked)}</b>"
    if hits.percent is not None:
        expected += f" (đúng {formatting.percent(hits.percent)} của {number(hits.judged)} kết quả đã có)"
    return left, expected
