"""Headings that files use beside the aliases declared with the fields, and headings that mean nothing to us."""

from collections.abc import Mapping
from types import MappingProxyType

from sangkien_desktop.domain.initiative_fields import names

# Columns that are no field of the record by themselves: they describe authors, or only number the rows.
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sequence": names(
            "STT | TT | Số TT | Số thứ tự | Thứ tự | No | No. | # | Nr | S.T.T | T.T | Item | 番号 | 項番 | 順番"
        ),
        "share": names(
            "Tỷ lệ | Tỷ lệ đóng góp | Tỷ lệ % | Tỷ lệ đóng góp (%) | % đóng góp | Đóng góp | Phần trăm | Mức đóng góp | "
            "Phần trăm đóng góp | % | Tỉ lệ | Tỉ lệ đóng góp | Share | Contribution | % tham gia | Tỷ lệ tham gia | 貢献度 | 割合 | 寄与率"
        ),
        "row_key": names("Khóa dòng (không sửa)"),
        "co_authors": names(
            "Đồng tác giả | Các đồng tác giả | Cộng sự | Người cùng thực hiện | Người phối hợp | Thành viên | ĐTG | "
            "Đồng tác giả (nếu có) | Thành viên tham gia | Tác giả khác | Co-author | Co-authors | Members | 共同提案者 | メンバー"
        ),
    }
)

MORE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "title": names(
            "Tên sáng kiến kinh nghiệm | Tên sáng kiến, cải tiến | Tên cải tiến, sáng kiến | Tên sáng kiến cải tiến kỹ thuật | "
            "Tên giải pháp sáng kiến | Tên nội dung | Chủ đề | Tiêu đề | Đề mục cải tiến | Hạng mục cải tiến | Tên hạng mục | "
            "Tên SKKN | Tên SK/GP | Tên GP | Tên CT | Tên giải pháp, cải tiến | Tên sáng kiến / giải pháp | Kaizen | Tên việc | "
            "Tên ý tưởng cải tiến | Tên đề xuất | Đề xuất | Đề xuất cải tiến | Chủ đề cải tiến | Subject | Theme | Project | "
            "Kaizen title | Idea title | Suggestion | Improvement title | Topic | タイトル | 改善タイトル | 提案件名 | 提案テーマ | 改善提案名 | 名称"
        ),
        "author": names(
            "Họ tên công nhân | Họ tên nhân viên | Họ tên giáo viên | Họ và tên CNLĐ | Họ tên CNVC | Họ tên đoàn viên | "
            "Họ và tên người lao động | Họ và tên đoàn viên | Tên nhân viên | Tên công nhân | Tên người đề xuất | Người viết | "
            "Người đăng ký | Người nộp | Người gửi | Chủ nhiệm | Chủ trì | Người cải tiến | HVT | Tác giả sáng kiến | Tên TG | "
            "Tác giả chính (họ tên) | Tác giả / đồng tác giả | Proposer | Employee name | Employee | Suggested by | Submitted by | "
            "Owner | Worker | PIC | 提案者名 | 提案者氏名 | 担当者 | 改善者 | 実施者"
        ),
        "employee_code": names(
            "Mã NLĐ | Mã thẻ NV | Mã số thẻ | Số thẻ NV | MNV | Mã nhân sự | Mã CBNV | Mã CNV | Số hiệu | Danh số | MSCN | Mã đoàn viên | "
            "Employee ID | Emp ID | Emp code | Employee No | Badge | Badge No | Card No | Staff code | Staff No | 工番 | 社番 | 従業員コード"
        ),
        "group": names(
            "Phân xưởng, tổ | Tổ, phân xưởng | Tổ / bộ phận | Đơn vị công tác | Tên tổ | Tên đơn vị | Bộ phận / tổ | Bộ phận công tác | "
            "Tổ, bộ phận | Tổ công tác | Nhóm | Team | Unit | Bộ phận đề xuất | Đơn vị đề xuất | Phòng | Ban | Dây chuyền | Cell | Shop | "
            "Phòng/ban | Phòng, ban | Tổ CĐ/Bộ phận | Công đoàn bộ phận | CĐBP | 組 | 班 | 課 | 部門 | チーム | ライン | 係"
        ),
        "first_applied_on": names(
            "Thời điểm AD | Thời gian AD | TGAD | Ngày bắt đầu | Ngày hoàn thành | Ngày áp dụng SK | Ngày áp dụng thử | Ngày làm | "
            "Bắt đầu áp dụng | Thời gian bắt đầu áp dụng | Ngày đưa vào áp dụng | Thời gian thực hiện | Thời gian triển khai | Áp dụng từ ngày | Từ ngày | Tháng | "
            "Tháng thực hiện | Tháng/năm áp dụng | Ngày cải tiến | Thời gian | Thời điểm | Ngày áp dụng lần đầu/áp dụng thử | "
            "Applied date | Date applied | Apply date | Implemented on | Implemented | Completed date | Completion date | Effective date | "
            "実施年月日 | 完了日 | 実施時期 | 適用開始日 | 改善日"
        ),
        "annual_benefit": names(
            "Số tiền làm lợi trong 1 năm | Làm lợi 1 năm | GT làm lợi/năm | GT làm lợi | Tiền làm lợi trong năm | Giá trị làm lợi (đ) | "
            "Làm lợi (đồng) | Làm lợi (tr.đ) | Số tiền tiết kiệm | Số tiền tiết kiệm được | Tiền tiết kiệm | Giá trị tiết kiệm | "
            "Giá trị kinh tế | Lợi ích kinh tế | Hiệu quả kinh tế (đồng) | Kinh tế | Ước tính làm lợi | Giá trị làm lợi ước tính | "
            "Giá trị ước tính | Làm lợi ước tính | Hiệu quả tính bằng tiền | Quy ra tiền | Tiết kiệm/năm | HQKT | Giá trị làm lợi 01 năm | "
            "Annual benefit | Annual saving | Savings | Cost saving | Cost down | Benefit (VND) | Saving (VND/year) | Profit | "
            "年間効果額 | 年間効果金額 | 効果金額(VND) | 節減額 | 削減金額 | 効果(VND) | 절감액 | 절감 금액 | 절감액 (VND)"
        ),
        "benefit_calculation": names(
            "Cách tính làm lợi | Cách tính hiệu quả | Diễn giải cách tính | Công thức tính | Bảng tính | Thuyết minh cách tính | Cơ sở tính toán | "
            "Calculation method | Formula | 計算式 | 計算方法 | 効果計算"
        ),
        "situation_before": names(
            "Tình trạng cũ | Cách làm cũ | Hiện trạng cũ | Thực trạng cũ | Tình trạng trước khi cải tiến | Tình trạng hiện tại | "
            "Hiện trạng, vấn đề | Vấn đề tồn tại | Vấn đề hiện tại | Vấn đề gặp phải | Lý do cải tiến | Lý do | Nguyên nhân | Hạn chế | "
            "Trước khi có sáng kiến | Trước khi áp dụng | Hiện tại | Bối cảnh | Khó khăn | Phương pháp cũ | Biện pháp cũ | Before improvement | "
            "Before kaizen | Current state | Issue | Background | Reason | Old method | 問題 | 課題 | 改善前の状況 | 改善前内容 | 背景"
        ),
        "solution": names(
            "Biện pháp thực hiện | Cách làm mới | Giải pháp thực hiện | Giải pháp cải tiến | Mô tả giải pháp | Mô tả sáng kiến | "
            "Tóm tắt nội dung | Tóm tắt giải pháp | Nội dung sáng kiến | Nội dung cải tiến | Nội dung chính | Nội dung áp dụng | "
            "Sau khi áp dụng | Sau khi có sáng kiến | Đối sách | Biện pháp khắc phục | Phương án | Phương pháp mới | Biện pháp mới | "
            "Tóm tắt nội dung sáng kiến | Mô tả tóm tắt | Tình trạng sau cải tiến | Nội dung giải pháp sáng kiến | "
            "After improvement | After kaizen | New method | Action | Description | Content | Details | Improvement content | "
            "改善後の状況 | 改善後内容 | 対策内容 | 実施内容 | 改善案 | 提案内容 | 解決策"
        ),
        "effect_summary": names(
            "Hiệu quả mang lại (tóm tắt) | Hiệu quả sáng kiến | Hiệu quả, lợi ích | Lợi ích, hiệu quả | Kết quả mang lại | Kết quả thực hiện | "
            "Tác dụng | Hiệu quả khác | Lợi ích thu được | Hiệu quả thu được | Hiệu quả áp dụng | Ích lợi | Hiệu quả xã hội | Kết quả cải tiến | "
            "Benefit summary | Results | Outcome | Effects | Impact | 効果内容 | 改善効果 | 結果 | 効果まとめ"
        ),
        "scope": names("Phạm vi | Phạm vi ảnh hưởng | Scope | Mở rộng | Nhân rộng | 展開範囲 | 横展開"),
        "novelty": names("Tính mới, tính sáng tạo | Tính sáng tạo | Novelty"),
        "category": names(
            "Lĩnh vực sáng kiến | Thuộc lĩnh vực | Mảng | Nhóm sáng kiến | LV | Area | 分類 | カテゴリ"
        ),
        "solution_type": names(
            "Loại giải pháp sáng kiến | Loại hình | Loại hình giải pháp | Loại GP | Solution type | タイプ"
        ),
        "recognition_level": names(
            "Cấp công nhận SK | Cấp xét duyệt | Cấp duyệt | Công nhận cấp | Hội đồng công nhận | Recognition level | Level | 認定レベル"
        ),
        "recognition_decision": names(
            "Quyết định số | Số quyết định công nhận SK | QĐ | Số, ngày QĐ | Số QĐ/ngày | Decision No | Decision | 決定番号"
        ),
        "recognised_on": names(
            "Ngày quyết định công nhận | Ngày công nhận SK | Ngày ra QĐ | Ngày ký quyết định | Ngày ký QĐ | Ngày được công nhận | "
            "Recognised on | Recognition date | Decision date | Approved on | 認定日 | 承認日"
        ),
        "awards": names(
            "Mức thưởng | Số tiền thưởng | Đề nghị khen thưởng | Đã khen thưởng | Danh hiệu | Hình thức khen | Bonus | 賞金 | 報奨金"
        ),
        "note": names("Chú thích | Ý kiến khác | Khác | Comment | Comments | Notes | メモ | コメント"),
        "is_secret": names("Bí mật CN | Thuộc bí mật | BMCN | Confidential"),
        "phone": names(
            "Điện thoại di động | SĐT liên hệ | Số phone | Phone number | Mobile phone | ĐTDĐ | 電話番号"
        ),
        "birth_date": names(
            "Ngày, tháng, năm sinh | Ngày/tháng/năm sinh | N.Sinh | Birthday | Year of birth"
        ),
        "education": names("Trình độ học vấn | Bằng cấp | Trình độ chuyên môn, nghiệp vụ | TĐCM"),
        "position": names(
            "Chức vụ / vị trí | Chức danh, nghề nghiệp | Vị trí công việc | Công đoạn | Title (position)"
        ),
    }
)

# Headings whose columns no field stores; without them near misses would take some of them.
NOTHING: tuple[str, ...] = names(
    "Ký tên | Chữ ký | Ký nhận | Ký | Xác nhận | Xác nhận của tổ trưởng | Người duyệt | Duyệt | Người phê duyệt | Người lập | "
    "Hình ảnh | Ảnh | Ảnh trước | Ảnh sau | Hình trước | Hình sau | Hình ảnh trước | Hình ảnh sau | Ảnh trước cải tiến | "
    "Ảnh sau cải tiến | Hình ảnh minh họa | Minh họa | Tệp đính kèm | File đính kèm | Link | Trạng thái | Tình trạng xử lý | "
    "Tiến độ | Tình trạng duyệt | Số lượng | Số lượng/năm | SL | Đơn giá | Đơn giá tiết kiệm | Đơn vị tính | ĐVT | Tuổi | "
    "Thâm niên | Điểm | Điểm số | Tổng điểm | Xếp loại | Xếp hạng | Đánh giá | Nhận xét | Kết quả đánh giá | Kết quả xét duyệt | "
    "Mã ý tưởng | Mã sáng kiến | Mã SK | Mã số sáng kiến | Số đăng ký | Mã kaizen | Mã hồ sơ | Số phiếu | Mã đề tài | Số sáng kiến | "
    "Số lượng sáng kiến | Số lượng SK | Số SK | Tổng số sáng kiến | Tổng số | Phòng ban triển khai | Ngày nhận | Ngày nộp | "
    "Ngày nhận phiếu | Ngày nộp phiếu | Ngày đăng ký | Ngày duyệt khen thưởng | Người nhận | Năm | Đợt | Quý | Ca | Máy | Mã hàng | "
    "Mã sản phẩm | Sản phẩm | Model | Khách hàng | Chi phí | Chi phí đầu tư | Vốn đầu tư | Ngày vào công ty | Ngày vào | Email | "
    "Số tài khoản | Ngân hàng | Địa chỉ | Chỉ tiêu | Số người | Signature | Photo | Picture | Before photo | After photo | Status | "
    "Approved by | Score | Rank | Quantity | Qty | Unit price | Cost | Idea code | Idea No | Kaizen No | Registration No | Checked by | "
    "署名 | 印 | 承認 | 承認者 | 写真 | 改善前写真 | 改善後写真 | 状態 | 点数 | 評価 | 管理番号 | 数量 | 単価 | 受付日 | 受付番号"
)

# One word for what group leaders abbreviate; applied to headings and aliases alike.
ABBREVIATIONS: Mapping[str, str] = MappingProxyType(
    {
        "sk": "sang kien",
        "skct": "sang kien cai tien",
        "skkn": "sang kien kinh nghiem",
        "gp": "giai phap",
        "hq": "hieu qua",
        "qd": "quyet dinh",
        "cn": "cong nhan",
        "nv": "nhan vien",
        "ad": "ap dung",
        "gt": "gia tri",
        "gtll": "gia tri lam loi",
        "tg": "tac gia",
        "dtg": "dong tac gia",
        "ct": "cai tien",
        "sdt": "so dien thoai",
        "dt": "dien thoai",
        "bp": "bo phan",
        "px": "phan xuong",
        "cd": "cong doan",
        "hvt": "ho va ten",
        "nd": "noi dung",
        "gc": "ghi chu",
        "ti": "ty",
        "kt": "ky thuat",
        "ko": "khong",
        "tgian": "thoi gian",
        "ttrang": "tinh trang",
        "lv": "linh vuc",
        "ll": "lam loi",
        "ngay/thang/nam": "ngay",
        "ki": "ky",
        "li": "ly",
    }
)

GENERIC = frozenset(
    {
        "ngay", "cap", "loai", "gia tri", "truoc", "sau", "ten", "code", "ma so", "so", "noi dung", "to", "date", "id", "thang",
        "thoi gian", "so tien", "quyet dinh", "nhom", "mo ta", "ly do", "thuong", "khen", "khac", "phong", "ban", "muc", "level",
        "thoi diem", "result", "type", "area", "field", "content", "ket qua", "truoc cai tien", "loi ich", "unit", "team", "line",
        "section", "title", "name", "hien tai", "kinh te", "tien do", "phan loai", "de xuat", "action", "issue", "%",
    }
)  # fmt: skip
"""Headings that a wider heading above them may turn into something else: sure only when alone."""
