"""A station with invented initiatives in every state, and a window that shows them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from sangkien_desktop.domain.ids import InitiativeId, PersonId, UnitId, new_id
from sangkien_desktop.domain.initiative import Author, Initiative, Provenance
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.programmes import INNOVATION
from sangkien_desktop.domain.units import GRASSROOTS_KIND, Unit
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.initiatives import InitiativeService
from sangkien_desktop.storage import initiatives, people, units
from sangkien_desktop.vietnamese.dates import PartialDate, Precision

GROUPS = ("Lắp ráp xi nhan 2", "QC 2", "Mạ 1", "Lắp ráp đèn pha 6", "Bảo dưỡng cơ", "Kế hoạch")
NAMES = (
    "Quách Thị Hồng Quỳnh", "Bùi Quang Thành", "Quách Thị Hoàn", "Đoàn Thị Thanh Hà", "Đào Trọng Phúc", "Trần Ngọc Dung",
    "Cao Đình Hưng", "Nguyễn Quang Chung", "Huỳnh Thị Lý", "Đào Thị Minh Hà", "Bùi Thu Huệ", "Đỗ Đình Minh",
    "Vương Thị Minh Quyên", "Đặng Anh Hiển", "La Trọng Phúc", "Hà Thị Tình", "Hồ Trọng Hiển", "Vũ Thúy Tâm",
    "Lê Khắc Quang", "Phùng Quang Minh", "Chu Thị Hồng Hậu", "Nguyễn Thị Ngọc Thùy",
)  # fmt: skip
TITLES = (
    "Chế tạo máy cuộn băng keo xốp đèn hậu T8M theo chiều dài định sẵn", "Lót tấm nhựa UHMW cho máng rung cấp vít tại cụm gá",
    "Thay đầu hàn siêu âm nguyên khối bằng đầu hàn ghép mặt cho đèn", "Lắp thêm mắt đọc mã để chống nhầm nhãn giữa hai loại đèn hậu",
    "Làm giá để khuôn tạm có mái che bụi cạnh máy ép 650T", "Tủ sách và góc đọc nhanh của đoàn viên tại nhà ăn số 1",
    "Cải tiến nắp bịt thử kín khí đèn hậu V1W bằng silicon đúc", "Chế tạo thiết bị thử nhanh độ sáng bản mạch LED đèn hậu X8W",
    "Bố trí lại mặt bằng chuyền LR-11 theo hình chữ U", "Lập trình lại PLC để máy thử điện đèn pha T2A chạy song song hai trạm",
    "Chỉnh góc băng tải và thêm tấm giảm chấn để đèn pha K2R không trầy", "Giảm phế phẩm bọt khí trên thấu kính đèn hậu T1R",
    "Dùng khí thổi ấm để lắp gioăng cao su đèn xi nhan X4G mùa đông", "Hút chân không thay thổi khí khi làm sạch lòng chụp đèn hậu",
    "Chỉnh vòi phun phủ cứng theo dòng chảy tầng để giảm bụi trên mặt đèn", "Sửa cơ cấu đẩy khuôn đèn pha T2A để không để lại vết chốt đẩy",
    "Thay chổi làm sạch tĩnh điện bằng súng khí ion trước buồng mạ nhôm cho thân đèn xi nhan K4A",
    "Làm giá để khuôn tạm có mái che bụi cạnh máy ép 450T – nhà máy 1", "Lập lịch gộp chuyến xe lấy vật tư – nhà máy 2",
    "Bổ sung cảm biến đếm vít cho bàn lắp đèn hậu V1W tại chuyền LR-06", "Cải tiến tay gắp robot lấy sản phẩm đèn hậu T8A ra khỏi máy ép",
)  # fmt: skip
STATES = (
    "valid", "valid", "received", "valid", "incomplete", "held", "ready", "valid", "returned", "valid", "received", "valid",
    "valid", "ready", "valid", "incomplete", "received", "valid", "conflict", "valid", "valid",
)  # fmt: skip


def fill(desk: Desk, count: int = len(TITLES)) -> tuple[Initiative, ...]:
    """Groups, people and so many initiatives; what the portal says is left to the caller."""
    with desk.database.write() as session:
        own = Unit(id=UnitId(new_id()), name="CĐCS Đèn xe Hồng Hà", kind=GRASSROOTS_KIND, is_own=True)
        groups = [Unit(id=UnitId(new_id()), name=name, parent=own.id) for name in GROUPS]
        units.put_many(session, [own, *groups])
        known = [
            Person(
                id=PersonId(new_id()),
                name=name,
                employee_code=f"01{2200 + place * 7:04}",
                group=groups[place % 6].id,
            )
            for place, name in enumerate(NAMES)
        ]
        people.put_many(session, known)
    service = InitiativeService(desk)
    records = [an_entry(place, known, groups) for place in range(count)]
    service.add_many(records, name=f"nhập {count} sáng kiến", source="import")
    return tuple(records)


def an_entry(place: int, known: list[Person], groups: list[Unit]) -> Initiative:
    """One invented initiative; every 21st writes its benefit by the month."""
    at = place % len(TITLES)
    author = known[(len(NAMES) - 2 - at) % len(NAMES)]
    record = Initiative(
        id=InitiativeId(new_id()),
        programme=INNOVATION.code,
        title=TITLES[at] if place < len(TITLES) else f"{TITLES[at]} (lần {place // len(TITLES)})",
        group=author.group,
        authors=(
            Author(name=author.name, employee_code=author.employee_code, is_main=True, person=author.id),
        ),
        solution_type="Giải pháp kỹ thuật",
        category=INNOVATION.labels("category")[0],
        first_applied_on=PartialDate(date(2025, 8 + place % 5, 1 + place % 28)),
        annual_benefit=(6 + place % 90) * 1_000_000,
        situation_before="Bụi bám trên bề mặt thân sau khi lau bằng chổi gây chấm đen khi mạ, phải mạ lại 43 sản phẩm mỗi ngày.",
        solution="Lắp súng khí ion thổi hai phía trước khi xếp lên giá mạ, quy định thời gian thổi 5 giây. Nhờ tổ cơ điện gia công giúp.",
        effect_summary="Số sản phẩm phải mạ lại giảm khoảng 67%.",
        recognition_level="Cơ sở",
        recognition_decision="53/QĐ-HĐSK",
        recognised_on=PartialDate(date(2026, 5, 6)),
        provenance=Provenance(
            source="import",
            actor="Vũ Thị Mẫu",
            at=datetime(2026, 5, 27, 13, 14, tzinfo=UTC),
            file_name="lap-rap-xi-nhan-2.xlsx",
            row=14,
        ),
    )
    if at == 16:
        second = known[21]
        return replace(
            record,
            annual_benefit=None,
            unread={"annual_benefit": "80tr/tháng"},
            first_applied_on=PartialDate(date(2026, 4, 27)),
            authors=(
                replace(record.authors[0], share=Decimal(60)),
                Author(
                    name=second.name, employee_code=second.employee_code, share=Decimal(40), person=second.id
                ),
            ),
        )
    if at == 5:
        return replace(
            record,
            annual_benefit=None,
            is_monetary=False,
            first_applied_on=PartialDate(date(2026, 3, 1), Precision.MONTH),
            solution_type="",
        )
    return record


def give_states(desk: Desk) -> None:
    """Let the newest rows stand in the states that the look shows, the newest first."""
    facts = {
        "valid": "portal_status = 'valid', was_applied = 1",
        "received": "portal_status = 'received', was_applied = 1",
        "conflict": "has_conflict = 1",
        "returned": "portal_status = 'returned'",
        "ready": "open_state = 'queued'",
        "held": "open_state = 'held'",
    }
    with desk.database.write() as session:
        for row in initiatives.page(session, initiatives.keys(session)):
            number = int(row.record.local_code.rpartition("-")[2]) - 1
            fact = facts.get(STATES[-1 - number % len(STATES)])
            if fact is not None:
                session.connection().exec_driver_sql(
                    f"UPDATE initiative SET {fact}, lifecycle = 'ready' WHERE key = ?", (row.key,)
                )
