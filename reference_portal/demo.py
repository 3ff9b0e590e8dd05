"""Invented data for training, demonstration and tests: a union tree, a plant of 47 groups, quotas, accounts."""

import random
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from reference_portal import feed
from reference_portal.access import SCOPES
from reference_portal.catalogues import catalogue_changes, store_programmes
from reference_portal.database import Database, lock_portal, put
from reference_portal.standing import WHOLE, quota_changes, ranking_changes
from reference_portal.tables import AccountRow, QuotaRow, UnitRow
from reference_portal.tokens import hash_password

PLANT = "cd-hong-ha"
PLANT_NAME = "CĐCS Công ty TNHH Đèn xe Hồng Hà"
CLUSTER = "Cụm KCN phía Bắc"
PASSWORD = "sang-kien"
GROUPS = (
    *(f"Ép nhựa {n}" for n in range(1, 7)),
    *(f"Mạ {n}" for n in range(1, 4)),
    *(f"Sơn – Phủ cứng {n}" for n in range(1, 4)),
    *(f"Lắp ráp đèn pha {n}" for n in range(1, 7)),
    *(f"Lắp ráp đèn hậu {n}" for n in range(1, 6)),
    *(f"Lắp ráp xi nhan {n}" for n in range(1, 4)),
    "SMT 1",
    "SMT 2",
    "Khuôn",
    "Bảo dưỡng cơ",
    "Bảo dưỡng điện",
    "Kỹ thuật ép",
    "Kỹ thuật lắp ráp",
    "Thiết kế",
    "QC 1",
    "QC 2",
    "Phòng đo",
    "Kho vật tư",
    "Kho thành phẩm",
    "Xuất hàng",
    "Kế hoạch",
    "Mua hàng",
    "Nhân sự – Hành chính",
    "Kế toán",
    "An toàn – Môi trường",
    "Phục vụ nhà ăn",
    "Sửa hàng",
)
CITIES = (
    "Hà Nội",
    "Hải Phòng",
    "TP Hồ Chí Minh",
    "Đà Nẵng",
    "Cần Thơ",
    "Huế",
    "Bắc Ninh",
    "Phú Thọ",
    "Ninh Bình",
    "Lâm Đồng",
    "Đồng Nai",
    "Quảng Ninh",
)
BRANCHES = ("Công Thương", "Than – Khoáng sản", "Dệt May", "Giáo dục", "Khoa học và Công nghệ")
NEIGHBOURS = (
    ("cd-song-cau", "CĐCS Công ty TNHH Cơ khí Sông Cầu", 380, 0.92),
    ("cd-phu-dong", "CĐCS Công ty CP Dây điện Phù Đổng", 260, 1.31),
    ("cd-tam-giang", "CĐCS Công ty TNHH Khuôn mẫu Tam Giang", 150, 0.64),
    ("cd-thien-duc", "CĐCS Công ty CP Nhựa Thiên Đức", 310, 1.08),
    ("cd-ngu-huyen", "CĐCS Công ty TNHH Điện tử Ngũ Huyện", 520, 0.47),
)
PERIODS: tuple[tuple[str, str | None, str | None, float], ...] = (
    ("gd-1", "2021-09-01", "2022-05-31", 0.5),
    ("gd-2", "2022-06-01", "2023-09-01", 0.5),
    ("2022-Q1", "2022-01-01", "2022-03-31", 0.15),
    ("2022-Q2", "2022-04-01", "2022-06-30", 0.15),
    (WHOLE, None, None, 1.0),
)
MILLION = "1-trieu-sang-kien"
INNOVATION = "dmst-2025-2030"
PLANT_TARGET = 400


def load(engine: Engine, seed: int = 2026) -> None:
    """Put the demonstration data into an empty or an already loaded portal; what stations sent stays."""
    database = Database(engine)
    database.prepare()
    with database.write() as session:
        _units(session)
        _accounts(session)
        store_programmes(session)
        _quotas(session, random.Random(seed))  # noqa: S311 - invented figures
        session.flush()
        _publish(session)


def group_code(number: int) -> str:
    """Code of the plant's n-th group, counted from 1."""
    return f"{PLANT}-to-{number:02d}"


def _units(session: Session) -> None:
    rows: list[dict[str, Any]] = []

    def add(code: str, name: str, kind: str, parent: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
        row = {
            "unit_id": code,
            "path": f"{parent['path'] if parent else ''}{code}/",
            "name": name,
            "kind": kind,
            "parent_id": parent["unit_id"] if parent else None,
            "cluster": None,
            "members": 0,
            "valid_from": "2025-07-01",
            "valid_to": None,
        } | more
        rows.append(row)
        return row

    top = add("tld", "Tổng Liên đoàn Lao động Việt Nam", "Tổng Liên đoàn", None)
    cities = [
        add(f"ld-{n:02d}", f"LĐLĐ {name}", "LĐLĐ tỉnh, thành phố", top, cluster="Cụm các tỉnh, thành phố")
        for n, name in enumerate(CITIES, start=1)
    ]
    for n, name in enumerate(BRANCHES, start=1):
        add(f"nganh-{n:02d}", f"Công đoàn {name} Việt Nam", "Công đoàn ngành Trung ương", top)
    zone = add("kcn-bac-ha-noi", "Công đoàn các KCN phía Bắc Hà Nội", "CĐ các KCN", cities[0])
    plant = add(PLANT, PLANT_NAME, "CĐ cơ sở", zone, cluster=CLUSTER, members=1050)
    for number, name in enumerate(GROUPS, start=1):
        code = group_code(number)
        add(code, f"Tổ CĐ {name}", "Tổ công đoàn", plant, valid_from="2020-01-01", members=22)
    for code, name, members, _ in NEIGHBOURS:
        add(code, name, "CĐ cơ sở", zone, cluster=CLUSTER, members=members * 3)
    # A unit refers to its parent, so parents go first.
    for row in rows:
        put(session, UnitRow, [row])


def _accounts(session: Session) -> None:
    people = (
        ("canbo", "Cán bộ Hậu", PLANT, "officer", SCOPES),
        ("canbo2", "Cán bộ Nga", PLANT, "officer", SCOPES),
        ("khac", "Cán bộ Sông Cầu", "cd-song-cau", "officer", SCOPES),
        ("duyet", "Bộ phận thường trực", "kcn-bac-ha-noi", "reviewer", SCOPES[1:4]),
    )
    password = hash_password(PASSWORD, cheap=True)
    rows = [
        {
            "account_id": account_id,
            "name": name,
            "unit_id": unit_id,
            "role": role,
            "scopes": " ".join(scopes),
            "password_hash": password,
            "acting_for": "",
            "is_active": True,
        }
        for account_id, name, unit_id, role, scopes in people
    ]
    put(session, AccountRow, rows)


def _quotas(session: Session, chance: random.Random) -> None:
    shares = [chance.randint(5, 13) for _ in GROUPS]
    groups = _split(PLANT_TARGET, shares)
    targets = {PLANT: PLANT_TARGET} | {group_code(n): t for n, t in enumerate(groups, start=1)}
    targets |= {code: target for code, _, target, _ in NEIGHBOURS}
    reached = {code: share for code, _, _, share in NEIGHBOURS}
    rows = []
    for unit_id, target in targets.items():
        for period, first, last, part in PERIODS:
            for kind, factor in (("assigned", 1.0), ("registered", 1.1)):
                number = max(1, round(target * part * factor))
                before = round(target * part * reached.get(unit_id, 0))
                quota = _quota(unit_id, period, kind, number, (first, last))
                rows.append(quota | {"counted_before": before})
    for kind, number in (("assigned", 120), ("registered", 150)):
        rows.append(_quota(PLANT, WHOLE, kind, number, (None, None), INNOVATION))
    put(session, QuotaRow, rows)


def _quota(
    unit_id: str,
    period: str,
    kind: str,
    number: int,
    days: tuple[str | None, str | None],
    programme: str = MILLION,
) -> dict[str, Any]:
    return {
        "quota_id": f"{programme}:{period}:{unit_id}:{kind}",
        "unit_id": unit_id,
        "programme": programme,
        "period": period,
        "kind": kind,
        "number": number,
        "stretch": round(number * 1.25),
        "version": 1,
        "counted_before": 0,
        "first_day": days[0],
        "last_day": days[1],
    }


def _split(total: int, shares: list[int]) -> list[int]:
    """Whole numbers in the given proportion that add up to the total."""
    whole = sum(shares)
    ends = [round(total * sum(shares[: n + 1]) / whole) for n in range(len(shares))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _publish(session: Session) -> None:
    portal = lock_portal(session)
    now = datetime.now(UTC)
    as_of, at = now.strftime("%Y-%m-%dT%H:%M:%SZ"), int(now.timestamp())
    feed.publish(session, portal, catalogue_changes(session), at)
    feed.publish(session, portal, quota_changes(session, as_of), at)
    session.flush()
    feed.publish(session, portal, ranking_changes(session, as_of), at)
