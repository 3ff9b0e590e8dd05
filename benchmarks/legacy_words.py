"""Words that the measurement of legacy text is made from: invented initiatives, invented people, foreign words."""

VIETNAMESE = (
    "cải tiến đồ gá hàn khung xe", "thay bạc dẫn hướng máy ép nhựa", "giảm thời gian thay khuôn",
    "chế tạo xe đẩy chở thùng linh kiện", "lắp cảm biến báo mức dầu thủy lực", "tận dụng phế liệu tôn mạ kẽm",
    "sắp xếp lại kệ vật tư theo thứ tự sử dụng", "chống rơi ốc vít trong chuyền lắp ráp", "ổn định nhiệt độ lò sấy",
    "làm khay đựng kính chắn gió", "nâng cao năng suất tổ đóng gói", "tự động cấp phôi cho máy tiện",
    "giảm tiếng ồn khu vực máy dập", "tiết kiệm điện chiếu sáng nhà xưởng", "lọc bụi khu vực mài",
    "rút ngắn đường đi của công nhân", "kiểm tra độ kín của bình xăng bằng khí nén", "đổi hướng thổi của quạt gió",
    "hướng dẫn công việc bằng hình ảnh", "ngăn ngừa nhầm lẫn hai loại gioăng", "thiết kế tay gạt đóng mở nhanh",
    "dùng nam châm hút mạt sắt", "sửa chữa băng tải ở cuối chuyền", "phân loại rác thải ngay tại nguồn",
    "tái sử dụng nước làm mát", "vệ sinh khuôn bằng đá khô", "lập bảng theo dõi tồn kho", "quy trình bảo dưỡng máy nén khí",
    "mở rộng lối đi cho xe nâng", "giảm lỗi xước bề mặt sơn", "tăng tuổi thọ mũi khoan", "thùng đựng hóa chất có nắp khóa",
    "chuyển thao tác khom lưng thành thao tác đứng", "bố trí ghế ngồi cho thợ may", "đo độ dày lớp mạ nhanh hơn",
    "trước đây phải chờ hai người khiêng", "hiện nay một người làm được", "không còn hàng lỗi phải sửa lại",
    "mỗi ca tiết kiệm được ba mươi phút", "công nhân đỡ mỏi vai và cổ tay", "chi phí vật tư khoảng vài trăm nghìn đồng",
    "anh em trong tổ đã góp ý nhiều lần", "đã chạy thử ba tuần", "được giám đốc phân xưởng xác nhận",
    "tổ trưởng kiểm tra đầu giờ", "dễ quan sát", "cữ gá", "kẹp nhanh", "ống hút", "bàn xoay", "giá treo", "tủ dụng cụ",
    "khuấy đều dung dịch", "quấn dây đai", "nguyên liệu đầu vào", "xuất xưởng", "thước đo", "mỡ bôi trơn", "phễu rót",
    "tuyến xe đưa đón", "quạt hút mùi", "giẻ lau", "kệ để giày", "hoà tan bột màu", "khoẻ khoắn", "thuỷ tinh vỡ", "ghi chép",
)  # fmt: skip

# Right Vietnamese whose every letter also exists in Latin-1: the hardest to tell from legacy text.
LATIN_1_VIETNAMESE = (
    "Ô tô", "ô tô con", "Cà phê", "Trà", "Lò xo", "lò hoà", "Tô Hà", "Bé Hà", "Ngô Hà", "Cân sàn",
    "thùng xô", "Bàn là", "Bình", "máy ô tô", "xe tô", "Lê Hùng", "La Thành", "sân kho", "màn hình", "cái bánh", "Hà Nam",
    "Tân Bình", "Thái Bình", "Lào Cai", "Cà Mau", "Phù Cát", "An Phú", "máy bàn", "khâu tay", "mô tô", "bê tông", "công ty",
    "không", "không có", "còn", "hàng", "hàng khô", "máy in", "cô Hoà", "bông", "vô lê", "cáp", "Sông Công", "Công Hùng",
    "ca làm", "nhà kho", "phân xô", "Tô", "tên", "tháng", "cân", "Lý", "Quý", "Thúy",
    "chì", "bìa", "lô hàng", "cao", "vòng bi", "dây", "ê-tô", "mâm cân", "thùng hàng", "nâng hàng", "cân hàng khô",
)  # fmt: skip

ENGLISH = (
    "reduce", "changeover", "time", "of", "press", "line", "jig", "fixture", "Kaizen", "report", "poka-yoke", "welding",
    "assembly", "cost", "down", "quality", "check", "sensor", "oil", "level", "conveyor", "stock", "safety", "first",
    "Head lamp", "Rear lamp", "Fuel tank", "Body", "door", "OK", "N/A", "Excel", "5S", "FIFO", "QR code",
)  # fmt: skip

FOREIGN = (
    "Café", "Müller", "Citroën", "Nestlé", "Zürich", "Köln", "Göteborg", "São Paulo", "L'Oréal", "Škoda", "Peña",
    "François", "naïve", "Noël", "décor", "Señor", "Ångström", "København", "façade", "Crème brûlée", "Jürgen",
    "Hän", "für", "über", "Bär", "Länge", "Größe", "Straße", "Höhe", "Stück", "Prüfung", "Werkzeug für Öl", "déjà vu",
    "fiancée", "à la carte", "vis-à-vis", "Ampère", "entrée", "Hôtel", "Thaï", "maïs", "Moët", "coöperatie", "één",
    "año", "niño", "corazón", "señal", "camión", "nº 5", "Curaçao", "Malmö", "Tromsø", "Ærø", "Þór", "Ísland", "æble",
    "日本語", "部品", "トヨタ", "改善提案", "한국", "Москва", "Čeština", "Łódź", "Ünal", "İzmir", "smörgåsbord", "piñata",
    "résumé", "Renée Zoë", "Beyoncé", "Pokémon", "Björk", "Erdős", "Háček", "Dvořák", "Pérez Núñez", "Muñoz", "Ibáñez",
)  # fmt: skip

SIGNS = (
    "µm", "10µm", "µF", "±0,5", "°C", "Ø12", "Ø 12×3", "m²", "m³", "½", "¼", "®", "©", "™", "№", "€", "£", "×", "÷", "≥", "≤",
    "“tốt”", "‘ok’", "«Kaizen»", "–", "—", "…", "•", "·", "→", "★", "✓", "±", "µ", "Ω", "Δ", "5‰", "1º", "§3", "¥", "¹", "²",
)  # fmt: skip

NAMES = (
    ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Tô"),
    ("Văn", "Thị", "Đức", "Minh", "Thị Hồng", "Quốc", "Hữu", "Thị Kim", "Bá", "Đình", "Xuân", "Ngọc", "Thị Thu", "Mạnh", "Như"),
    ("Hùng", "Hường", "Ánh", "Ân", "Thảo", "Tuấn", "Hòa", "Thủy", "Duy", "Yến", "Nguyệt", "Khỏe", "Quyên", "Phượng", "Đạt", "Vĩ",
     "Huệ", "Tiến", "Ngà", "Quỳnh", "Hằng", "Thắng", "Cường", "Liễu", "Oanh", "Út", "Mỹ", "Ước", "Trang", "Ba", "Hà", "Tô"),
)  # fmt: skip
