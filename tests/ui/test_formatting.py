"""Numbers, shares and times as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sangkien_desktop.ui import formatting

EVENING = datetime(2026, 5, 28, 14, 42, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (formatting.number(1_234_567), "1.234.567"),
        (formatting.number(-3), "−3"),
        (formatting.decimal(1234.56), "1.234,6"),
        (formatting.money(None), "không tính"),
        (formatting.money(59_000_000), "59.000.000"),
        (formatting.large_money(41_270_000_000), "41,27 tỷ đồng"),
        (formatting.large_money(30_000_000), "30 triệu đồng"),
        (formatting.large_money(999_000), "999.000 đồng"),
        (formatting.percent(408.25), "408,3 %"),
        (formatting.reached(1633, 400), "đạt 408,3 % · vượt 308,3 %"),
        (formatting.reached(6, 9), "đạt 66,7 %"),
        (formatting.reached(400, 400), "đạt 100,0 %"),
        (formatting.reached(5, 0), ""),
        (formatting.signed(4), "+4"),
        (formatting.day(date(2026, 5, 31)), "31/05/2026"),
        (formatting.clock_time(EVENING, seconds=True), "21:42:05"),
        (formatting.as_of(EVENING), "Tính đến 21:42, 28/05/2026"),
        (formatting.as_of(EVENING, with_weekday=True), "Tính đến 21:42, thứ Năm 28/05/2026"),
        (formatting.remaining(timedelta(days=3, hours=2, minutes=13)), "3 ngày 2 giờ"),
        (formatting.remaining(timedelta(minutes=59)), "59 phút"),
        (formatting.remaining(timedelta(seconds=-1)), ""),
        (formatting.ago(EVENING - timedelta(minutes=5), EVENING), "5 phút trước"),
        (formatting.ago(EVENING - timedelta(days=1), EVENING), "hôm qua 21:42"),
        (formatting.time_left(6.2), "còn khoảng 6 giây"),
        (formatting.file_size(1_234_567), "1,2 MB"),
    ],
)
def test_is_said_like_this(said: str, expected: str) -> None:
    assert said == expected


def test_deadline_is_said_until_it_has_passed() -> None:
    closes_at = datetime(2026, 5, 31, 16, 55, tzinfo=UTC)
    assert formatting.deadline(closes_at, EVENING) == "Hạn 23:55 ngày 31/05 – còn 3 ngày 2 giờ"
    assert formatting.deadline(closes_at, closes_at + timedelta(minutes=1)) == "Đã đóng 23:55 ngày 31/05"
