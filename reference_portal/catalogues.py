"""The lists and programmes that the portal owns, and how they are published. Lists travel by their labels."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from reference_portal.database import put
from reference_portal.feed import Change
from reference_portal.signing import compact
from reference_portal.tables import ProgrammeRow, UnitRow

RETURN_REASONS: Mapping[str, str] = {
    "R01": "Trùng lặp",
    "R02": "Thiếu nội dung",
    "R03": "Ngoài thời gian áp dụng",
    "R04": "Chưa được công nhận",
    "R05": "Đang được bảo hộ SHTT",
    "R06": "Sai đơn vị",
    "R07": "Giá trị làm lợi chưa hợp lý",
    "R99": "Khác",
}
SHARED: Mapping[str, tuple[str, ...]] = {
    "solution_type": (
        "Giải pháp kỹ thuật",
        "Giải pháp quản lý",
        "Giải pháp tác nghiệp",
        "Giải pháp ứng dụng tiến bộ kỹ thuật, công nghệ",
        "Đề tài nghiên cứu khoa học",
    ),
    "effect_group": (
        "Giảm chi phí / tiết kiệm nguyên vật liệu",
        "Tăng năng suất / giảm thời gian",
        "Nâng cao chất lượng",
        "An toàn, sức khỏe",
        "Môi trường, năng lượng",
        "5S / điều kiện làm việc",
        "Xã hội, cộng đồng",
    ),
    "recognition_level": (
        "Tổ/chuyền",
        "Cơ sở",
        "Cấp trên cơ sở",
        "Tỉnh, thành phố, ngành",
        "Toàn quốc",
    ),
    "author_kind": (
        "Công nhân lao động khu vực doanh nghiệp",
        "Cán bộ, viên chức, NLĐ đơn vị sự nghiệp",
        "Cán bộ, công chức cơ quan hành chính",
        "Cán bộ công đoàn",
    ),
    "award_level": (
        "Công đoàn cơ sở",
        "Công đoàn cấp trên trực tiếp cơ sở",
        "LĐLĐ tỉnh, TP / CĐ ngành TW và tương đương",
        "Tổng LĐLĐ Việt Nam",
    ),
    "award_form": ("Giấy khen", "Bằng khen", "Bằng Lao động sáng tạo", "Giải thưởng", "Tiền thưởng", "Khác"),
}
PROGRAMMES: tuple[dict[str, Any], ...] = (
    {
        "code": "1-trieu-sang-kien",
        "name": "1 triệu sáng kiến – nỗ lực vượt khó, sáng tạo, quyết tâm chiến thắng đại dịch COVID-19",
        "applied_from": "2021-09-01",
        "applied_to": "2023-09-01",
        "is_open": True,
        "stages": [
            {
                "code": "gd-1",
                "name": "Giai đoạn 1",
                "opens_at": "2022-01-08T00:00:00+07:00",
                "closes_at": "2022-05-31T23:55:00+07:00",
            },
            {
                "code": "gd-2",
                "name": "Giai đoạn 2",
                "opens_at": "2022-06-01T00:00:00+07:00",
                "closes_at": "2023-09-01T23:55:00+07:00",
            },
        ],
        "catalogs": {
            "category": [
                "Giải pháp kỹ thuật, ứng dụng công nghệ mới trong hoạt động chuyên môn",
                "Giải pháp quản lý, tổ chức, điều hành",
                "Hoạt động Công đoàn, mô hình hay, cách làm mới",
                "Phòng, chống dịch COVID-19",
            ]
        },
    },
    {
        "code": "dmst-2025-2030",
        "name": "Cả nước thi đua đổi mới sáng tạo và chuyển đổi số (2025–2030)",
        "applied_from": "2025-06-17",
        "applied_to": "2030-12-31",
        "is_open": True,
        "stages": [
            {
                "code": "2025-2027",
                "name": "Giai đoạn 2025–2027",
                "opens_at": "2025-06-17T00:00:00+07:00",
                "closes_at": "2027-12-31T23:55:00+07:00",
            },
            {
                "code": "2028-2030",
                "name": "Giai đoạn 2028–2030",
                "opens_at": "2028-01-01T00:00:00+07:00",
                "closes_at": "2030-12-31T23:55:00+07:00",
            },
        ],
        "catalogs": {
            "category": [
                "Sản xuất, kinh doanh",
                "Tạo sản phẩm mới",
                "Chuyển đổi số, công nghệ",
                "An toàn vệ sinh lao động",
                "Bảo vệ môi trường",
                "Cải cách hành chính",
                "Quản lý, điều hành",
                "Hoạt động Công đoàn, mô hình hay, cách làm mới",
                "Vì cộng đồng – y tế",
                "Vì cộng đồng – giáo dục",
            ]
        },
    },
)


def store_programmes(session: Session, programmes: tuple[dict[str, Any], ...] = PROGRAMMES) -> None:
    """Put the programmes; those with the same code are replaced."""
    rows = [
        {
            "code": programme["code"],
            "applied_from": programme["applied_from"],
            "applied_to": programme["applied_to"],
            "is_open": programme["is_open"],
            "body": compact(programme),
        }
        for programme in programmes
    ]
    put(session, ProgrammeRow, rows)


def programmes(session: Session) -> list[dict[str, Any]]:
    """All programmes as they travel, by code."""
    rows = session.scalars(select(ProgrammeRow).order_by(ProgrammeRow.code))
    return [json.loads(row.body) | {"is_open": row.is_open} for row in rows]


def campaigns_etag(session: Session) -> str:
    """Changes whenever a programme does."""
    return f'"{hashlib.sha256(compact({"campaigns": programmes(session)}).encode()).hexdigest()[:24]}"'


def catalogue_items(session: Session, name: str) -> list[dict[str, Any]] | None:
    """The entries of a list: shared lists and return reasons as code and label, units as the tree."""
    if name in SHARED:
        return [{"code": label, "label": label} for label in SHARED[name]]
    if name == "return_reason":
        return [{"code": code, "label": label} for code, label in RETURN_REASONS.items()]
    if name == "category":
        return [
            {"programme": programme["code"], "code": label, "label": label}
            for programme in programmes(session)
            for label in programme["catalogs"].get("category", [])
        ]
    if name == "programmes":
        return programmes(session)
    if name == "units":
        return [unit_json(row) for row in session.scalars(select(UnitRow).order_by(UnitRow.path))]
    return None


NAMES = (*SHARED, "return_reason", "category", "programmes", "units")


def unit_json(row: UnitRow) -> dict[str, Any]:
    """A unit as an entry of the list of units."""
    return {
        "code": row.unit_id,
        "label": row.name,
        "name": row.name,
        "kind": row.kind,
        "parent": row.parent_id,
        "cluster": row.cluster,
        "members": row.members,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


def catalogue_changes(session: Session, rev: int = 1) -> list[Change]:
    """Every list as a change that all may see."""
    return [
        Change(
            stream="catalog",
            entity_id=name,
            rev=rev,
            path="",
            body={"data": {"name": name, "items": catalogue_items(session, name)}},
        )
        for name in NAMES
    ]
