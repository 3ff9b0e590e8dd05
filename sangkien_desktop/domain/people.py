"""Workers, and the ground on which their data may be sent."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sangkien_desktop.domain.fields import Field, Kind, Section
from sangkien_desktop.domain.ids import PersonId, UnitId
from sangkien_desktop.domain.initiative_fields import names
from sangkien_desktop.vietnamese.dates import PartialDate


class Gender(StrEnum):
    """As the member list writes it."""

    MALE = "Nam"
    FEMALE = "Nữ"


class WorkStatus(StrEnum):
    """Whether the person still works at the plant."""

    WORKING = "working"
    LEFT = "left"
    ANONYMISED = "anonymised"


class Purpose(StrEnum):
    """What a person agrees to; consent is given by purpose (Decree 356/2025/NĐ-CP)."""

    PORTAL = "Nhập lên Cổng"
    PUBLICATION = "Công bố"
    REWARD = "Khen thưởng"


@dataclass(frozen=True, kw_only=True)
class Consent:
    """An explicit agreement with its evidence; silence is not consent."""

    given_on: date
    purposes: frozenset[Purpose]
    text_version: str
    form: str = "paper"
    """paper or electronic."""
    evidence_sha256: str | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """A worker; `employee_code` is the key that a factory trusts."""

    id: PersonId
    name: str
    employee_code: str | None = None
    birth_date: PartialDate | None = None
    gender: Gender | None = None
    group: UnitId | None = None
    position: str = ""
    education: str = ""
    is_leader: bool = False
    author_kind: str = ""
    is_member: bool = True
    member_card: str = ""
    phone: str | None = None
    citizen_id: str | None = None
    consent: Consent | None = None
    status: WorkStatus = WorkStatus.WORKING
    left_on: date | None = None
    erased_at: datetime | None = None
    version: int = 0
    other_names: tuple[str, ...] = field(default=())

    @property
    def may_be_sent(self) -> bool:
        """Whether the person has agreed that the data go to the portal and has not taken it back."""
        consent = self.consent
        return consent is not None and consent.withdrawn_on is None and Purpose.PORTAL in consent.purposes


PERSON_FIELDS: tuple[Field, ...] = (
    Field(
        name="employee_code",
        label="Mã nhân viên",
        short="Mã NV",
        kind=Kind.TEXT,
        section=Section.AUTHORS,
        max_length=20,
        aliases=names(
            "Mã NV | Mã số NV | Mã số | MSNV | Mã số nhân viên | Mã công nhân | Mã CN | Số thẻ | ID | Mã thẻ | "
            "Employee code | Emp. No | Code | Staff ID | 社員番号 | 従業員番号 | 社員コード"
        ),
    ),
    Field(
        name="name",
        label="Họ và tên",
        kind=Kind.TEXT,
        section=Section.AUTHORS,
        max_length=100,
        required=True,
        aliases=names(
            "Họ tên | Họ & tên | Tên | Tác giả | Tên tác giả | Người đề xuất | Người thực hiện | Người có sáng kiến | Họ tên tác giả | "
            "Họ và tên tác giả | Tác giả chính | Nhân viên | Công nhân | Đoàn viên | Full name | Name | Author | "
            "氏名 | 名前 | 提案者 | 作成者"
        ),
    ),
    Field(
        name="birth_date",
        label="Ngày sinh",
        kind=Kind.DATE,
        section=Section.AUTHORS,
        aliases=names(
            "Ngày tháng năm sinh | Năm sinh | NS | Sinh ngày | Birth date | Date of birth | DOB | 生年月日"
        ),
    ),
    Field(
        name="gender",
        label="Giới tính",
        kind=Kind.CHOICE,
        section=Section.AUTHORS,
        catalogue="gender",
        aliases=names("GT | Phái | Nam/Nữ | Gender | Sex | 性別"),
    ),
    Field(
        name="group",
        label="Tổ công đoàn",
        short="Tổ",
        kind=Kind.UNIT,
        section=Section.AUTHORS,
        aliases=names(
            "Tổ | Tổ CĐ | Đơn vị | Bộ phận | Phòng ban | Chuyền | Xưởng | Department | Group | 部署"
        ),
    ),
    Field(
        name="position",
        label="Chức danh",
        kind=Kind.TEXT,
        section=Section.AUTHORS,
        max_length=100,
        aliases=names(
            "Chức vụ | Vị trí | Chức danh / vị trí | Nghề nghiệp | Công việc | Position | Job title | 役職 | 職位"
        ),
    ),
    Field(
        name="education",
        label="Trình độ chuyên môn",
        short="Trình độ",
        kind=Kind.CHOICE,
        section=Section.AUTHORS,
        catalogue="education",
        aliases=names("Trình độ | Trình độ CM | Học vấn | Education | 学歴"),
    ),
    Field(
        name="is_leader",
        label="Giữ chức vụ lãnh đạo, quản lý",
        short="Giữ chức vụ",
        kind=Kind.FLAG,
        section=Section.AUTHORS,
        aliases=names("Giữ chức vụ | Lãnh đạo | Quản lý | Is leader"),
    ),
    Field(
        name="author_kind",
        label="Đối tượng",
        kind=Kind.CHOICE,
        section=Section.AUTHORS,
        catalogue="author_kind",
        aliases=names("Đối tượng tác giả"),
    ),
    Field(
        name="is_member",
        label="Đoàn viên",
        kind=Kind.FLAG,
        section=Section.AUTHORS,
        aliases=names("Là đoàn viên | Đoàn viên CĐ | Union member"),
    ),
    Field(
        name="phone",
        label="Điện thoại",
        kind=Kind.TEXT,
        section=Section.AUTHORS,
        max_length=15,
        aliases=names(
            "ĐT | SĐT | Số điện thoại | Số ĐT | Di động | Điện thoại liên hệ | Phone | Mobile | Tel | 電話"
        ),
    ),
    Field(
        name="citizen_id",
        label="Số định danh cá nhân",
        short="CCCD",
        kind=Kind.TEXT,
        section=Section.AUTHORS,
        max_length=12,
        aliases=names("CCCD | Số CCCD | CMND | Số CMND | CMND/CCCD | Căn cước | Số căn cước | Citizen ID"),
    ),
)
