"""The one declaration of an initiative's fields; form, grid, search, import, export and wire read it."""

from collections.abc import Mapping
from types import MappingProxyType

from sangkien_desktop.domain.fields import Egress, Field, Kind, Section


def names(listed: str) -> tuple[str, ...]:
    """The names in a list divided by bars."""
    return tuple(name.strip() for name in listed.split("|"))


# Limits and labels: the project's data dictionary; the real portal's limits are unknown, so these are ours.
FIELDS: tuple[Field, ...] = (
    Field(
        name="title",
        label="Tên sáng kiến",
        kind=Kind.TEXT,
        section=Section.TITLE,
        min_length=10,
        max_length=250,
        required=True,
        egress=Egress.SECRET_TOO,
        aliases=names(
            "Tên sáng kiến, giải pháp | Tên giải pháp | Tên đề tài | Nội dung sáng kiến | Tên SK | "
            "Sáng kiến | Tên cải tiến | Ý tưởng | Tên ý tưởng | Đề tài | Tên sáng kiến cải tiến | "
            "Tên SKCT | Tên kaizen | Sáng kiến cải tiến | Title | Idea | Improvement | 改善テーマ | 改善名 | "
            "提案名 | テーマ | 件名"
        ),
    ),
    Field(
        name="is_secret",
        label="Thuộc bí mật công nghệ",
        kind=Kind.FLAG,
        section=Section.TITLE,
        short="Bí mật",
        egress=Egress.SECRET_TOO,
        aliases=names("Bí mật công nghệ | Bí mật | Mật | Secret | 機密"),
    ),
    Field(
        name="group",
        label="Tổ công đoàn",
        kind=Kind.UNIT,
        section=Section.AUTHORS,
        short="Tổ",
        required=True,
        egress=Egress.PORTAL,
        aliases=names(
            "Tổ | Tổ CĐ | Đơn vị | Bộ phận | Phòng ban | Chuyền | Tổ/chuyền | Tổ, chuyền | Xưởng | "
            "Phân xưởng | Nơi công tác | Khoa | Khoa/Phòng | Tổ sản xuất | Tổ - Bộ phận | BP | Group | "
            "Department | Dept | Section | Line | 部署 | 職場 | 所属 | グループ"
        ),
    ),
    Field(
        name="authors",
        label="Tác giả",
        kind=Kind.AUTHORS,
        section=Section.AUTHORS,
        required=True,
        egress=Egress.PORTAL,
        aliases=names("Tác giả, đồng tác giả | Các tác giả | Nhóm tác giả | Tác giả (đồng tác giả)"),
    ),
    Field(
        name="category",
        label="Lĩnh vực",
        kind=Kind.CHOICE,
        section=Section.CLASS,
        required=True,
        catalogue="category",
        egress=Egress.PORTAL,
        aliases=names("Lĩnh vực áp dụng | Nhóm lĩnh vực | Phân loại | Field | Category | 分野 | 区分"),
    ),
    Field(
        name="solution_type",
        label="Loại giải pháp",
        kind=Kind.CHOICE,
        section=Section.CLASS,
        required=True,
        catalogue="solution_type",
        egress=Egress.PORTAL,
        aliases=names("Loại | Loại sáng kiến | Loại SK | Hình thức giải pháp | Type | 種類"),
    ),
    Field(
        name="first_applied_on",
        label="Ngày áp dụng lần đầu hoặc áp dụng thử",
        kind=Kind.DATE,
        section=Section.CLASS,
        short="Ngày áp dụng",
        required=True,
        egress=Egress.PORTAL,
        hint="Ghi ngày nào sớm hơn; chỉ biết tháng thì ghi tháng.",
        aliases=names(
            "Ngày áp dụng | Ngày áp dụng lần đầu | Thời gian áp dụng | Áp dụng từ | "
            "Thời điểm áp dụng | Ngày AD | Tháng áp dụng | Ngày bắt đầu áp dụng | Ngày thực hiện | "
            "Ngày triển khai | Ngày gửi | Ngày | Date | Applied on | Start date | "
            "Implementation date | 実施日 | 適用日 | 開始日 | 日付"
        ),
    ),
    Field(
        name="is_monetary",
        label="Tính được bằng tiền",
        kind=Kind.FLAG,
        section=Section.BENEFIT,
        egress=Egress.PORTAL,
    ),
    Field(
        name="annual_benefit",
        label="Giá trị làm lợi ước tính trong 01 năm (đồng)",
        kind=Kind.MONEY,
        section=Section.BENEFIT,
        short="Làm lợi/năm",
        egress=Egress.PORTAL,
        aliases=names(
            "Giá trị làm lợi | Giá trị làm lợi (đồng/năm) | Giá trị làm lợi (VND) | GTLL | Làm lợi | "
            "Số tiền làm lợi | Tiền làm lợi | Giá trị | Số tiền | Hiệu quả kinh tế | "
            "Giá trị làm lợi/năm | Thành tiền | Giá trị làm lợi (triệu đồng) | Tiết kiệm | Benefit | "
            "Saving | Amount | 効果金額 | 効果額 | 金額 | 節約額"
        ),
    ),
    Field(
        name="benefit_calculation",
        label="Cách tính",
        section=Section.BENEFIT,
        max_length=2000,
        kind=Kind.LONG_TEXT,
        egress=Egress.PORTAL,
        aliases=names(
            "Mô tả cách tính | Diễn giải | Công thức | Cách tính giá trị | Calculation | 計算 | 算出根拠"
        ),
    ),
    Field(
        name="benefit_confirmed_by",
        label="Bộ phận xác nhận giá trị",
        section=Section.BENEFIT,
        kind=Kind.TEXT,
        max_length=100,
        egress=Egress.PORTAL,
        aliases=names("Người xác nhận | Bộ phận xác nhận | Xác nhận giá trị"),
    ),
    Field(
        name="benefit_confirmed_on",
        label="Ngày xác nhận giá trị",
        kind=Kind.DATE,
        section=Section.BENEFIT,
        egress=Egress.PORTAL,
        aliases=names("Ngày xác nhận"),
    ),
    Field(
        name="situation_before",
        label="Tình trạng trước khi áp dụng",
        section=Section.CONTENT,
        max_length=2000,
        kind=Kind.LONG_TEXT,
        required=True,
        short="Trước cải tiến",
        egress=Egress.PORTAL,
        aliases=names(
            "Thực trạng | Hiện trạng | Tình trạng | Trước cải tiến | Trước khi cải tiến | Vấn đề | "
            "Trước | Thực trạng trước khi áp dụng | Tồn tại | Before | Problem | Current situation | "
            "改善前 | 現状 | 問題点"
        ),
    ),
    Field(
        name="solution",
        label="Nội dung giải pháp (sau cải tiến)",
        section=Section.CONTENT,
        max_length=5000,
        kind=Kind.LONG_TEXT,
        required=True,
        short="Giải pháp",
        egress=Egress.PORTAL,
        aliases=names(
            "Giải pháp | Nội dung giải pháp | Nội dung | Nội dung cải tiến | Sau cải tiến | "
            "Sau khi cải tiến | Sau | Biện pháp | Mô tả giải pháp | Nội dung thực hiện | Cách làm | "
            "Mô tả | After | Solution | Countermeasure | 改善後 | 対策 | 改善内容 | 内容"
        ),
    ),
    Field(
        name="novelty",
        label="Tính mới trong phạm vi cơ sở",
        section=Section.CONTENT,
        max_length=1000,
        kind=Kind.LONG_TEXT,
        egress=Egress.PORTAL,
        aliases=names("Tính mới | Điểm mới"),
    ),
    Field(
        name="scope",
        label="Phạm vi áp dụng, khả năng nhân rộng",
        section=Section.CONTENT,
        max_length=1000,
        kind=Kind.LONG_TEXT,
        egress=Egress.PORTAL,
        aliases=names(
            "Phạm vi áp dụng | Khả năng nhân rộng | Khả năng áp dụng | Cơ hội nhân rộng phát triển | "
            "Nơi áp dụng"
        ),
    ),
    Field(
        name="conditions",
        label="Điều kiện áp dụng, nguồn lực",
        section=Section.CONTENT,
        max_length=1000,
        kind=Kind.LONG_TEXT,
        egress=Egress.PORTAL,
        aliases=names("Điều kiện áp dụng | Nguồn lực | Nguồn lực sử dụng | Chi phí thực hiện"),
    ),
    Field(
        name="effect_summary",
        label="Tóm tắt hiệu quả",
        section=Section.CONTENT,
        max_length=1000,
        kind=Kind.LONG_TEXT,
        required=True,
        min_length=10,
        short="Hiệu quả",
        egress=Egress.SECRET_TOO,
        aliases=names(
            "Hiệu quả | Hiệu quả mang lại | Kết quả | Lợi ích | Lợi ích mang lại | Kết quả đạt được | "
            "Hiệu quả đạt được | Tóm tắt hiệu quả mang lại | HQ | Effect | Result | Benefits | 効果 | 成果"
        ),
    ),
    Field(
        name="effect_groups",
        label="Nhóm hiệu quả",
        kind=Kind.CHOICES,
        section=Section.CONTENT,
        catalogue="effect_group",
        egress=Egress.PORTAL,
        aliases=names("Loại hiệu quả | Nhóm HQ"),
    ),
    Field(
        name="recognition_level",
        label="Cấp công nhận",
        kind=Kind.CHOICE,
        section=Section.RECOGNITION,
        required=True,
        short="Công nhận",
        catalogue="recognition_level",
        egress=Egress.PORTAL,
        aliases=names("Cấp CN | Cấp | Mức công nhận"),
    ),
    Field(
        name="recognition_decision",
        label="Số quyết định công nhận",
        section=Section.RECOGNITION,
        kind=Kind.TEXT,
        max_length=50,
        short="Số QĐ",
        egress=Egress.PORTAL,
        aliases=names(
            "Số quyết định | Số QĐ | QĐ số | Quyết định | QĐ công nhận | Số QĐ công nhận | "
            "Quyết định công nhận"
        ),
    ),
    Field(
        name="recognised_on",
        label="Ngày công nhận",
        kind=Kind.DATE,
        section=Section.RECOGNITION,
        egress=Egress.PORTAL,
        aliases=names("Ngày QĐ | Ngày quyết định | Ngày ký | Ngày CN | Ngày duyệt"),
    ),
    Field(
        name="is_ip_protected",
        label="Đang được bảo hộ sở hữu trí tuệ",
        kind=Kind.FLAG,
        section=Section.RECOGNITION,
        short="Bảo hộ SHTT",
        egress=Egress.PORTAL,
        aliases=names("Bảo hộ | Đang được bảo hộ SHTT"),
    ),
    Field(
        name="awards",
        label="Khen thưởng",
        kind=Kind.AWARDS,
        section=Section.RECOGNITION,
        egress=Egress.SECRET_TOO,
        aliases=names(
            "Hình thức khen thưởng | Khen | Thưởng | Tiền thưởng | Tiền thưởng (VND) | "
            "Tình trạng khen thưởng | Award | Reward | 表彰"
        ),
    ),
    Field(
        name="attachments",
        label="Tệp đính kèm",
        kind=Kind.FILES,
        section=Section.FILES,
        egress=Egress.PORTAL,
    ),
    Field(
        name="note",
        label="Ghi chú",
        section=Section.SOURCE,
        max_length=2000,
        kind=Kind.LONG_TEXT,
        aliases=names("GC | Ghi chu | Note | Remark | Remarks | 備考"),
    ),
)

FIELD: Mapping[str, Field] = MappingProxyType({f.name: f for f in FIELDS})
