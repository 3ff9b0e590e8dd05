"""An invented plant at full speed: groups, workers, initiatives with verdicts, quotas and ranks; any size."""

import json
import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from sqlalchemy import text

from sangkien_desktop.clock import VIETNAM, FixedClock
from sangkien_desktop.domain.ids import InitiativeId, PersonId, UnitId, new_id
from sangkien_desktop.domain.initiative import Author, Initiative, Lifecycle
from sangkien_desktop.domain.people import Gender, Person
from sangkien_desktop.domain.programmes import WHOLE, Campaign, Programme, Quota, QuotaKind, Stage
from sangkien_desktop.domain.units import GRASSROOTS_KIND, Unit
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.storage import initiatives, people, programmes, quotas, rankings, sync_marks, units
from sangkien_desktop.storage.tables.base import instant_text
from sangkien_desktop.vietnamese.dates import PartialDate, Precision

EVENING = datetime(2026, 5, 28, 14, 42, tzinfo=UTC)
"""21:42 of 28/05/2026 in Vietnam, three days before the campaign closes."""
GROUPS = [
    "Sơn – Phủ cứng 2",
    "Kho thành phẩm",
    "Ép nhựa 3",
    "Lắp ráp xi nhan 1",
    "Lắp ráp xi nhan 2",
    "An toàn – Môi trường",
    "Bảo dưỡng cơ",
    "Mạ 1",
    "Mạ 2",
    "Mạ 3",
    "Ép nhựa 1",
    "Ép nhựa 2",
    "Ép nhựa 4",
    "Lắp ráp đèn pha 1",
    "Lắp ráp đèn pha 2",
    "Lắp ráp đèn hậu 1",
    "Lắp ráp đèn hậu 2",
    "Lắp ráp đèn hậu 3",
    "SMT 1",
    "SMT 2",
    "Khuôn",
    "Thiết kế",
    "QC 1",
    "QC 2",
    "Phòng đo",
    "Kho vật tư",
    "Xuất hàng",
    "Kế hoạch",
    "Mua hàng",
    "Kế toán",
    "Sửa hàng",
    "Phục vụ nhà ăn",
]
GIVEN = [
    "Quang",
    "Mai",
    "Tâm",
    "Mến",
    "Quỳnh",
    "Hưng",
    "Minh",
    "Hà",
    "Thành",
    "Hoàn",
    "Chung",
    "Trường",
    "Thái",
    "Kiên",
]
FAMILY = [
    "Lê Khắc",
    "Chu Thị Thu",
    "Vũ Thúy",
    "Nguyễn Thu",
    "Quách Thị Hoàng",
    "Cao Đình",
    "Đỗ Đình",
    "Bùi Quang",
    "Lương Anh",
]
TITLES = [
    "Cải tiến đồ gá kẹp thân đèn",
    "Thay hộp carton bằng thùng nhựa",
    "Lắp thêm mắt đọc mã",
    "Bôi mỡ trục vít tự động",
]
CATEGORIES = (
    "Sản xuất, kinh doanh",
    "Chuyển đổi số, công nghệ",
    "An toàn vệ sinh lao động",
    "Bảo vệ môi trường",
)
EDUCATION = ("THPT", "Trung cấp", "Cao đẳng", "Đại học")

CAMPAIGN = Campaign(name="Đợt cao điểm", first_day=date(2026, 4, 22), last_day=date(2026, 5, 31))
PROGRAMME = Programme(
    code="thi-dua-2026",
    name="Chương trình thi đua sáng kiến 2026",
    applied_from=date(2025, 6, 1),
    applied_to=date(2026, 12, 31),
    stages=(
        Stage(
            code="gd-1",
            name="Giai đoạn 1",
            opens_at=datetime(2026, 1, 1, tzinfo=VIETNAM),
            closes_at=datetime(2026, 5, 31, 23, 55, tzinfo=VIETNAM),
        ),
        Stage(
            code="gd-2",
            name="Giai đoạn 2",
            opens_at=datetime(2026, 6, 1, tzinfo=VIETNAM),
            closes_at=datetime(2026, 12, 31, 23, 55, tzinfo=VIETNAM),
        ),
    ),
    campaigns=(CAMPAIGN,),
    catalogues=MappingProxyType({"category": CATEGORIES}),
)


@dataclass(frozen=True)
class Plant:
    """What was made."""

    own: Unit
    groups: tuple[Unit, ...]
    records: tuple[Initiative, ...]


def a_plant(desk: Desk, *, records: int = 400, seed: int = 7, with_quotas: bool = True) -> Plant:
    """Fill an open station; the same seed gives the same plant."""
    chance = random.Random(seed)
    own, groups = _units()
    workers = _workers(chance, groups)
    made = [_record(chance, number, workers, groups) for number in range(1, records + 1)]
    with desk.database.write() as session:
        programmes.put(session, PROGRAMME)
        units.put_many(session, (_ABOVE, own, *groups))
        people.put_many(session, workers)
        if with_quotas:
            quotas.put_many(session, _quotas(own, groups))
            _ranks(session)
        initiatives.put_many(session, made, actor="canbo", source="import")
        _judge(session, chance, made)
        sync_marks.put_success(session, "canbo")
    return Plant(own, groups, tuple(made))


_ABOVE = Unit(id=UnitId("kcn"), name="Công đoàn các KCN phía Bắc", kind="CĐ các KCN")


def _units() -> tuple[Unit, tuple[Unit, ...]]:
    own = Unit(
        id=UnitId("hong-ha"),
        name="CĐCS Công ty TNHH Đèn xe Hồng Hà",
        kind=GRASSROOTS_KIND,
        parent=_ABOVE.id,
        portal_code="cd-hong-ha",
        cluster="cum-1",
        is_own=True,
    )
    groups = tuple(
        Unit(id=UnitId(f"to-{at:02d}"), name=name, parent=own.id, members=20 + at % 13)
        for at, name in enumerate(GROUPS, start=1)
    )
    return own, groups


def _workers(chance: random.Random, groups: tuple[Unit, ...]) -> list[Person]:
    return [
        Person(
            id=PersonId(f"nguoi-{at:04d}"),
            name=f"{chance.choice(FAMILY)} {chance.choice(GIVEN)}",
            employee_code=f"{at:06d}",
            birth_date=PartialDate(date(1975 + at % 28, 1 + at % 12, 1 + at % 27), Precision.DAY),
            gender=Gender.FEMALE if at % 3 else Gender.MALE,
            group=groups[at % len(groups)].id,
            position="Công nhân" if at % 11 else "Tổ trưởng",
            education=EDUCATION[at % len(EDUCATION)],
            is_leader=at % 11 == 0,
            author_kind="Công nhân lao động khu vực doanh nghiệp" if at % 9 else "Cán bộ công đoàn",
        )
        for at in range(320)
    ]


def _record(
    chance: random.Random, number: int, workers: list[Person], groups: tuple[Unit, ...]
) -> Initiative:
    at = min(chance.randrange(len(groups)), chance.randrange(len(groups)) + 4) if number > 20 else number % 32
    group = groups[at % len(groups)]
    inside = [one for one in workers[:] if one.group == group.id] if number < 2000 else workers
    first, second = chance.sample(inside, 2)
    shared = number % 6 == 0
    authors = [Author(name=first.name, employee_code=first.employee_code, person=first.id, is_main=True)]
    if shared:
        authors = [
            replace(authors[0], share=60),  # type: ignore[arg-type]
            Author(name=second.name, employee_code=second.employee_code, person=second.id, share=40),  # type: ignore[arg-type]
        ]
    applied = date(2025, 7, 1) + timedelta(days=chance.randrange(330))
    is_money = number % 8 != 0
    return Initiative(
        id=InitiativeId(new_id()),
        programme=PROGRAMME.code,
        local_code=f"HH26-{number:05d}",
        title=f"{chance.choice(TITLES)} ở {group.name}, vị trí {number}",
        group=group.id,
        authors=tuple(authors),
        solution_type="Giải pháp kỹ thuật" if number % 4 else "Giải pháp quản lý",
        category=CATEGORIES[number % len(CATEGORIES)],
        first_applied_on=PartialDate(applied, Precision.DAY),
        is_monetary=is_money,
        annual_benefit=chance.randrange(2_000, 96_000) * 1_000 if is_money else None,
        benefit_calculation="Số sản phẩm × thời gian giảm × đơn giá giờ công" if number % 5 else "",
        benefit_confirmed_by="Phòng Kế toán" if number % 5 else "",
        situation_before="Đồ gá cũ giữ thân đèn bằng hai chốt tròn nên chi tiết xoay nhẹ.",
        solution="Thêm một chốt định vị và đệm cao su ở đáy đồ gá.",
        effect_summary="Hết lỗi vít lệch, mỗi ca bớt sửa 11 sản phẩm.",
        effect_groups=("Nâng cao chất lượng",) if number % 7 else ("Xã hội, cộng đồng",),
        recognition_level="Cơ sở" if number % 10 else "",
        recognition_decision=f"{number % 90 + 10}/QĐ-HĐSK" if number % 10 else "",
        recognised_on=PartialDate(date(2026, 3, 14), Precision.DAY) if number % 10 else None,
        lifecycle=Lifecycle.READY if number % 10 else Lifecycle.DRAFT,
    )


def _quotas(own: Unit, groups: tuple[Unit, ...]) -> list[Quota]:
    asked = datetime(2026, 4, 20, 2, 0, tzinfo=UTC)
    shares = {group.id: 8 + at % 5 for at, group in enumerate(groups)}
    assigned = {own.id: sum(shares.values()) + 4, **shares}
    return [
        Quota(
            unit=unit,
            programme=PROGRAMME.code,
            period=period,
            kind=kind,
            number=max(1, round(number * part * factor)),
            as_of=asked,
        )
        for unit, number in assigned.items()
        for period, part in (("gd-1", 1.0), (WHOLE, 2.0))
        for kind, factor in ((QuotaKind.ASSIGNED, 1.0), (QuotaKind.REGISTERED, 1.1))
    ]


def _ranks(session) -> None:  # type: ignore[no-untyped-def]
    rows = [
        {
            "unit_id": "cd-song-cau",
            "name": "CĐCS Sông Cầu",
            "rank": 1,
            "approved": 480,
            "target": 380,
            "delta": 0,
        },
        {
            "unit_id": "cd-hong-ha",
            "name": "CĐCS Hồng Hà",
            "rank": 2,
            "approved": 300,
            "target": 324,
            "delta": 3,
        },
        {
            "unit_id": "cd-phu-dong",
            "name": "CĐCS Phù Đổng",
            "rank": 3,
            "approved": 200,
            "target": 260,
            "delta": -1,
        },
    ]
    for row in rows:
        row["score"] = round(100 * int(row["approved"]) / int(row["target"]), 1)  # type: ignore[call-overload]
    data = {"scope": "cum-1", "programme": PROGRAMME.code, "period": "gd-1", "rows": rows}
    rankings.put(session, f"{PROGRAMME.code}:gd-1:cum-1", data, rev=1, as_of=EVENING)


def _judge(session, chance: random.Random, made: list[Initiative]) -> None:  # type: ignore[no-untyped-def]
    """Four of five are at the portal, sent evenly over the campaign; most of those are valid by now."""
    operations, verdicts = [], []
    span = (EVENING - datetime(2026, 4, 22, tzinfo=UTC)).days
    for number, record in enumerate(made):
        if record.lifecycle is Lifecycle.DRAFT:
            continue
        sent_at = EVENING - timedelta(days=span - span * number // max(1, len(made)), minutes=number % 400)
        if number % 12 == 5:
            operations.append(
                {"id": record.id, "state": "queued", "at": instant_text(sent_at), "settled": None}
            )
            continue
        settled = instant_text(sent_at)
        operations.append({"id": record.id, "state": "applied", "at": settled, "settled": settled})
        status = chance.choices(("valid", "received", "returned"), (88, 8, 4))[0]
        judged = min(EVENING, sent_at + timedelta(days=chance.randrange(1, 4)))
        reason = {"code": "R03" if status == "returned" else "", "note": "", "votes": chance.randrange(30)}
        verdicts.append(
            {"id": record.id, "status": status, "at": instant_text(judged), "reason": json.dumps(reason)}
        )
    session.execute(text("UPDATE initiative SET created_at = '2026-04-22T01:00:00.000000Z'"))
    for chunk in range(0, len(operations), 5000):
        session.execute(
            text(
                "INSERT INTO op (record_id, kind, base_rev, schema_version, state, attempts, actor, created_at,"
                " settled_at) VALUES (:id, 'put', 0, 1, :state, 0, 'canbo', :at, :settled)"
            ),
            operations[chunk : chunk + 5000],
        )
    for chunk in range(0, len(verdicts), 5000):
        session.execute(
            text(
                "UPDATE initiative SET portal_status = :status, portal_at = :at, portal_reason = :reason,"
                " portal_code = 'VN-' || key WHERE id = :id"
            ),
            verdicts[chunk : chunk + 5000],
        )


CLOCK = FixedClock(EVENING)
