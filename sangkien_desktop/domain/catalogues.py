"""Lists that the portal owns; the ones shipped here serve until the portal's arrive."""

from collections.abc import Mapping
from types import MappingProxyType

from sangkien_desktop.vietnamese.folding import fold

# Labels: Điều lệ Sáng kiến (Nghị định 13/2012/NĐ-CP), the programmes' guides, and the plant papers.
SHARED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
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
        "award_form": (
            "Giấy khen",
            "Bằng khen",
            "Bằng Lao động sáng tạo",
            "Giải thưởng",
            "Tiền thưởng",
            "Khác",
        ),
        "education": (
            "Tiểu học",
            "THCS",
            "THPT",
            "Sơ cấp",
            "Trung cấp",
            "Cao đẳng",
            "Đại học",
            "Thạc sĩ",
            "Tiến sĩ",
        ),
        "gender": ("Nam", "Nữ"),
        "unit_kind": (
            "Tổng Liên đoàn",
            "LĐLĐ tỉnh, thành phố",
            "Công đoàn ngành Trung ương",
            "CĐ tập đoàn, tổng công ty",
            "CĐ các KCN",
            "CĐ xã/phường/đặc khu",
            "LĐLĐ huyện (đã kết thúc)",
            "CĐ ngành địa phương (đã kết thúc)",
            "CĐ cấp trên khác",
            "CĐ cơ sở",
            "CĐ cơ sở thành viên",
            "CĐ bộ phận",
            "Tổ công đoàn",
            "Nghiệp đoàn",
        ),
        "return_reason": (
            "Trùng lặp",
            "Thiếu nội dung",
            "Ngoài thời gian áp dụng",
            "Chưa được công nhận",
            "Đang được bảo hộ SHTT",
            "Sai đơn vị",
            "Giá trị làm lợi chưa hợp lý",
            "Khác",
        ),
    }
)


def label_in(text: str, labels: tuple[str, ...]) -> str | None:
    """The list's own spelling of a label written without regard to accents and case; None when not in it."""
    wanted = fold(text)
    return next((label for label in labels if fold(label) == wanted), None)
