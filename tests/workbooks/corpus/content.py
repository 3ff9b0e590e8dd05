"""Made-up initiatives and the many ways in which group leaders write the same date and the same amount."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Đinh")
MIDDLES = ["Văn", "Thị", "Đức", "Thu", "Minh", "Quốc", "Hồng", "Xuân", "Ngọc", "Thanh"]
GIVEN = [
    "An",
    "Bình",
    "Cường",
    "Dũng",
    "Hà",
    "Hương",
    "Khánh",
    "Linh",
    "Mạnh",
    "Nam",
    "Oanh",
    "Phúc",
    "Quỳnh",
    "Sơn",
    "Thảo",
    "Uyên",
    "Vinh",
    "Yến",
    "Đông",
    "Ước",
]
GROUPS = ("Tổ Dập 1", "Tổ Sơn tĩnh điện", "Chuyền may 7", "Tổ Bảo trì", "Xưởng Đúc", "Phòng Chất lượng")
THINGS = (
    "máy dập 80T",
    "băng tải số 3",
    "lò sấy",
    "đồ gá hàn",
    "khuôn ép nắp",
    "xe đẩy hàng",
    "máy nén khí",
    "giá để vải",
)
DEEDS = (
    "Lắp cảm biến đếm cho",
    "Chế tạo tay gắp cho",
    "Bố trí lại mặt bằng quanh",
    "Thay vòng bi chịu nhiệt cho",
    "Làm nắp che bụi cho",
    "Rút ngắn thời gian chỉnh",
)
BEFORE = (
    "Công nhân phải dừng máy {n} lần mỗi ca để chỉnh tay.",
    "Bụi rơi vào làm hỏng {n} sản phẩm mỗi ngày.",
    "Mỗi lần đổi mã mất {n} phút, hay nhầm.",
)
AFTER = (
    "Lắp thêm {n} cảm biến quang và đèn báo.",
    "Dùng tôn thừa làm tấm che, bắt {n} vít.",
    "Soạn bảng chỉnh sẵn {n} mục treo tại máy.",
)
EFFECT = (
    "Giảm {n} phút dừng máy mỗi ca.",
    "Tiết kiệm {n} kg vật tư mỗi tháng.",
    "Không còn nhầm lẫn trong {n} tuần.",
)


@dataclass
class Record:
    """One initiative as it should be read. `flags`: fields that hold a real error."""

    title: str
    authors: list[tuple[str | None, str | None, float | None]]
    group: str
    situation_before: str
    solution: str
    effect_summary: str
    day: date
    money: int
    note: str = ""
    written: dict[str, object] = field(default_factory=dict)
    """Field → what stands in the cell where it is not the plain value."""
    expected: dict[str, object] = field(default_factory=dict)
    """Field → value where it is not the plain one; None for nothing."""
    flags: set[str] = field(default_factory=set)


def records(seed: int, count: int, *, errors: bool = True, prefix: str = "") -> list[Record]:
    """The same records for the same seed."""
    chance = random.Random(seed)
    made = [_record(chance, index, prefix) for index in range(count)]
    if errors and count >= 8:
        _spoil(made, chance)
    return made


def _record(chance: random.Random, index: int, prefix: str) -> Record:
    number = chance.randint(2, 60)
    return Record(
        title=f"{chance.choice(DEEDS)} {chance.choice(THINGS)} khu {index + 1}",
        authors=[(person(chance), f"{prefix}{chance.randint(1, 19999):06d}", None)],
        group=GROUPS[index * len(GROUPS) // 24 % len(GROUPS)],
        situation_before=chance.choice(BEFORE).format(n=number),
        solution=chance.choice(AFTER).format(n=number + 1),
        effect_summary=chance.choice(EFFECT).format(n=number + 2),
        day=date(2021, 10, 1) + timedelta(days=chance.randint(0, 400)),
        money=chance.randint(2, 300) * 500_000,
    )


def person(chance: random.Random) -> str:
    """A full name."""
    return f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES)} {chance.choice(GIVEN)}"


def _spoil(made: list[Record], chance: random.Random) -> None:
    """One error of each kind, in rows of their own."""
    places = chance.sample(range(1, len(made)), 6)
    made[places[0]].written["title"] = ""
    made[places[0]].expected["title"] = None
    made[places[0]].flags.add("title")
    made[places[1]].written["annual_benefit"] = "5 - 7 triệu"
    made[places[1]].expected["annual_benefit"] = None
    made[places[1]].flags.add("annual_benefit")
    made[places[2]].written["first_applied_on"] = "31/02/2022"
    made[places[2]].expected["first_applied_on"] = None
    made[places[2]].flags.add("first_applied_on")
    made[places[3]].written["effect_summary"] = ""
    made[places[3]].expected["effect_summary"] = None
    made[places[3]].flags.add("effect_summary")
    made[places[4]].written["first_applied_on"] = "12/05/2019"
    made[places[4]].expected["first_applied_on"] = "2019-05-12"
    made[places[4]].flags.add("first_applied_on")
    _, code, share = made[places[5]].authors[0]
    made[places[5]].authors = [(None, code, share)]
    made[places[5]].flags.add("author")


Write = Callable[[Record, int], object]


def day_as(pattern: str) -> Write:
    """Dates by a pattern of `{d}` `{dd}` `{m}` `{mm}` `{yyyy}` `{yy}`."""

    def write(record: Record, index: int) -> object:
        day = record.day
        return pattern.format(
            d=day.day,
            dd=f"{day.day:02d}",
            m=day.month,
            mm=f"{day.month:02d}",
            yyyy=day.year,
            yy=f"{day.year % 100:02d}",
        )

    return write


def true_day(record: Record, index: int) -> object:
    """A date cell."""
    return record.day


def serial(record: Record, index: int) -> object:
    """The day number of a cell that lost its date format."""
    return (record.day - date(1899, 12, 30)).days


def month_only(record: Record, index: int) -> object:
    """Only the month, in one of its forms."""
    forms = ("tháng {m}/{y}", "T{m}/{y}", "{m:02d}/{y}", "Tháng {m} năm {y}")
    record.expected.setdefault("first_applied_on", {"precision": "month", "value": f"{record.day:%Y-%m}"})
    return forms[index % len(forms)].format(m=record.day.month, y=record.day.year)


def money_number(record: Record, index: int) -> object:
    """A number in đồng."""
    return record.money


def money_million(record: Record, index: int) -> object:
    """A number in million đồng."""
    return record.money / 1_000_000


def money_mixed(record: Record, index: int) -> object:
    """Every way of writing an amount, in turn."""
    million = f"{record.money / 1_000_000:g}".replace(".", ",")
    dotted = f"{record.money:,}"
    forms = (
        f"{million} triệu", f"{million}tr", dotted.replace(",", ".") + "đ", dotted, f"{million} triệu đồng/năm",
        dotted.replace(",", ".") + " VNĐ", dotted.replace(",", " "), record.money, f"{million} Tr.đ",
    )  # fmt: skip
    return forms[index % len(forms)]
