"""Words that mean the same on a Vietnamese shop floor, and words that look alike but keep two texts apart.

Everything is written as people write it and is read through `fold`, so a text retyped without accents meets
the same entries. One line is one group; `|` separates its members; the first member names the group.
"""

SYNONYMS = """
không | ko | khong | hok | chẳng | hông
công nhân | người lao động | nld | nlđ | cnlđ | công nhân viên | cnv | cbcnv | công nhân lao động | người thợ
nhân viên | nv | cán bộ nhân viên | cán bộ công nhân viên
đoàn viên | đv | đoàn viên công đoàn | công đoàn viên
công đoàn | cđ | công đoàn cơ sở | cđcs
sản phẩm | hàng hóa | sp | product | hàng
thành phẩm | tp | hàng hoàn chỉnh | hàng thành phẩm
bán thành phẩm | btp | hàng dở dang | wip
nguyên vật liệu | nvl | nguyên liệu | vật liệu | vật tư | material
phế phẩm | phế liệu | scrap | hàng hỏng | hàng phế | hàng lỗi | sản phẩm lỗi | sản phẩm hỏng | hàng ng | ng
thiết bị | tb | máy móc thiết bị | mmtb | máy móc | trang thiết bị | ttb | equipment
đồ gá | jig | bộ gá | gá | dưỡng | dưỡng gá | đồ gá lắp | gá kẹp | gá lắp | fixture
cảm biến | sensor | đầu dò | bộ cảm biến | mắt cảm biến | senso | xen sơ
băng tải | conveyor | băng chuyền | băng truyền | dây băng tải
chuyền | line | dây chuyền | chuyền sản xuất | dây chuyền sản xuất | production line
khuôn | mold | mould | bộ khuôn | khuôn mẫu | die
cải tiến | kaizen | cải thiện | nâng cấp | improve | improvement | cải tạo
mặt bằng | layout | sơ đồ bố trí | bố trí mặt bằng | sơ đồ mặt bằng
kiểm tra | kiểm soát | check | kiểm | kiểm nghiệm | soát xét | rà soát | inspection
danh mục kiểm tra | checklist | check list | phiếu kiểm tra | bảng kiểm | phiếu đánh dấu | bảng kiểm tra
kỹ thuật | technical
kỹ thuật viên | ktv
chất lượng | cl | quality | phẩm chất
kiểm tra chất lượng | qc | kcs | quality control | kiểm soát chất lượng
sản xuất | sx | production | chế biến
thời gian | tg | t/gian | thì giờ | lượng thời gian | lượng tg | time | khoảng thời gian
năng suất | ns | productivity | hiệu suất | hs
tiêu chuẩn | tc | quy chuẩn | standard | chuẩn
thao tác | operation | động tác
hướng dẫn | hd | chỉ dẫn | guide | instruction
quy trình | qt | process | trình tự | quá trình
an toàn vệ sinh lao động | atvslđ | atvsld | an toàn lao động | atlđ | atld | vệ sinh an toàn lao động
phòng cháy chữa cháy | pccc | chữa cháy | phòng chống cháy nổ | pccn
bảo hộ lao động | bhlđ | bhld | ppe | đồ bảo hộ | trang bị bảo hộ | phương tiện bảo vệ cá nhân
bảo dưỡng | bảo trì | maintenance | bảo dưỡng bảo trì | bd
bảo dưỡng định kỳ | tpm | pm
môi trường | mt | environment
công đoạn | khâu | nguyên công | bước công việc | stage
nhiệt độ | temperature
tự động | auto | automatic | tđ | tự động hóa
bán tự động | semi auto | nửa tự động
màn hình | monitor | display | man hinh hiển thị
máy tính | computer | pc máy tính | laptop
bảng tính | excel | file excel | file tính | tệp excel | bảng excel
phần mềm | software | pm máy tính | ứng dụng phần mềm | chương trình máy tính
tệp | file | tập tin
dữ liệu | data | số liệu
báo cáo | report | bc
kế hoạch | plan | kh
đào tạo | training | huấn luyện | tập huấn | bồi dưỡng
bố trí | sắp xếp | sắp đặt | xếp đặt | sắp xếp bố trí | kê | arrange | xếp | bày trí
đóng gói | packing | bao gói | đóng bao
thùng carton | hộp carton | thùng giấy | hộp giấy | carton box
nhãn | tem | label | tem nhãn | nhãn mác
mã vạch | barcode | bar code
mã qr | qr | qr code | qrcode | mã quét
tồn kho | inventory | hàng tồn | lượng tồn
kho | nhà kho | warehouse
giao hàng | delivery | giao nhận
xe nâng | forklift | xe nâng hàng
xe đẩy | trolley | xe đẩy tay | xe goong
giá kệ | kệ | rack | giá để | giá để hàng | kệ để hàng | shelf
thùng | box | hộp
khay | tray | mâm đựng
tua vít | tuốc nơ vít | tô vít | screwdriver | tua-vít
vít | ốc vít | ốc | screw | đinh vít
bu lông | bulong | bù loong | bolt
xi lanh | xy lanh | cylinder | xylanh | ben khí
động cơ | motor | mô tơ | mô-tơ | môtơ
bơm | pump | máy bơm
van | valve
băng dính | băng keo | tape | băng dán
keo | glue | keo dán
điện năng | điện | năng lượng điện | electricity
tiết kiệm | saving | tiết giảm | tk
chi phí | tiền | phí tổn | cost | cp | kinh phí
lãng phí | muda | waste | hao phí
rác thải | rác | chất thải | garbage
ánh sáng | chiếu sáng | lighting
khí nén | hơi nén | compressed air | khí ép
làm mát | làm nguội | cooling | giải nhiệt
gia nhiệt | làm nóng | heating | sấy nóng | nung nóng
rô bốt | robot | rô-bốt | tay máy
biểu mẫu | form | mẫu biểu | mẫu phiếu
trực tuyến | online | qua mạng
điện thoại | smartphone | phone | di động
camera | máy quay | máy ảnh | cam
dung sai | tolerance | sai số cho phép
chu kỳ | cycle | vòng lặp | cycle time
nhịp | takt | takt time | nhịp chuyền
điểm nghẽn | bottleneck | nút thắt | nút thắt cổ chai
sự cố | trục trặc | hư hỏng | hỏng hóc | trouble | hỏng | hư
lỗi | sai lỗi | khuyết tật | defect | error | sai sót | sai hỏng
dừng máy | downtime | ngừng máy | dừng chuyền | ngừng chuyền
dừng | ngừng | stop | tạm dừng
khẩn cấp | khẩn | emergency
làm | chế tạo | gia công | thiết kế chế tạo | thực hiện | tiến hành | tạo | tạo ra | làm ra
thiết kế | design | tk thiết kế | vẽ thiết kế
lắp | gắn | lắp đặt | lắp ráp | gắn ráp | lắp thêm | gắn thêm | trang bị | ráp | install | bắt | cài đặt | setup | lắp vào
thêm | bổ sung | bổ xung | tăng cường | add
thay | đổi | thay thế | chuyển | chuyển đổi | thay đổi | replace | đổi sang | thay bằng | hoán đổi
dùng | sử dụng | ứng dụng | áp dụng | xài | tận dụng | đưa vào dùng | đưa vào áp dụng | triển khai | vận dụng | use | đưa vào sử dụng
giảm | hạ | giảm bớt | giảm thiểu | cắt giảm | rút bớt | bớt | hạn chế | reduce | giảm xuống | rút ngắn | thu ngắn | làm ngắn
tăng | nâng cao | nâng | gia tăng | cải thiện tăng | increase | đẩy mạnh
chống | ngăn | tránh | ngăn ngừa | phòng ngừa | phòng tránh | ngăn chặn | phòng chống | đề phòng | prevent
loại bỏ | xóa bỏ | triệt tiêu | bỏ đi | eliminate | loại trừ
nhầm | lẫn | nhầm lẫn | sai lẫn | bị lẫn
chống nhầm | pokayoke | poka yoke | chống sai | ngăn lẫn | chống lẫn
chia | phân | phân chia | tách | chia ra | chia tách
theo dõi | giám sát | quan sát | monitoring | theo sát
quản lý | ql | quản trị | management
phát hiện | nhận ra | tìm ra | nhận biết | detect | tìm thấy
thường | hay | thường xuyên | hay bị | luôn
lặp lại | tái diễn | xảy ra lại | lặp đi lặp lại
thiếu | không đủ | chưa đủ | ko đủ | hụt
không còn | hết hẳn | hết | chấm dứt | không còn tình trạng | không xảy ra
nhanh | mau | chóng
nhiều | rất nhiều | khá nhiều | lớn | to lớn
khó | khó khăn | vất vả
dễ | dễ dàng | thuận tiện | tiện | thuận lợi
đơn giản | gọn | gọn nhẹ
mất | tốn | hao | tiêu tốn | mất đi | lãng phí mất
ngày | hằng ngày | hàng ngày | daily
tháng | hằng tháng | hàng tháng | monthly
tuần | hằng tuần | hàng tuần | weekly
năm | hằng năm | hàng năm
ca | giờ làm | ca làm việc | ca làm | ca sản xuất | shift
trước đây | trước kia | hiện trạng | thực trạng | tồn tại | trước cải tiến | tồn ở | tình trạng hiện nay | hiện tại | before
sau cải tiến | sau khi cải tiến | after
giải pháp | biện pháp | cách làm | phương án | solution | cách khắc phục | phương pháp | cách thức | gp
hiệu quả | kết quả | effect | hq
vấn đề | vướng mắc | bất cập | tồn đọng | problem | khó khăn vướng mắc
nguyên nhân | lý do | cause
ý tưởng | sáng kiến | đề xuất | idea | sk | góp ý
chính thức | rộng rãi | đại trà
thử | thử nghiệm | chạy thử | test | vận hành thử | trial
đo | đo lường | đo đạc | measure
ghi | ghi chép | viết | ghi nhận | note | ghi lại
nhập | nhập liệu | input | điền
tính | tính toán | calculate
làm sạch | vệ sinh | lau chùi | lau | cleaning | quét dọn | tẩy rửa | rửa
bụi | bụi bẩn | bụi bặm | dust
bẩn | dơ | vấy bẩn | dây bẩn
cong | vênh | cong vênh | biến dạng
xước | trầy | trầy xước | xây xát | scratch | xây xước
rách | thủng | bục
rơi | rớt | rơi vãi
vận chuyển | chuyên chở | di chuyển | chở | transport | vc
cắt | xén | cut | cutting
khoan | drill | khoan lỗ
hàn | welding | hàn nối
may | sewing | khâu may
chỉ | sợi chỉ
vải | fabric | tấm vải
cắt chỉ | tỉa chỉ
máy khâu | máy may | sewing machine
tấm chắn | vách ngăn | lá chắn | tấm che | nắp che | mái che
giấy tờ | hồ sơ | chứng từ | document
tiêu hao | tiêu thụ | hao tốn
giữ | kẹp giữ | cố định | định vị | kẹp
tín hiệu | signal
cảnh báo | báo động | alarm | báo hiệu | warning | báo lỗi
đèn báo | đèn cảnh báo | lamp báo | đèn tín hiệu
còi | chuông báo | buzzer
bảng điện tử | bảng led | bảng andon | andon
lưu trữ | lưu | save | cất giữ | bảo quản
tìm kiếm | tìm | tra cứu | tra | search
vị trí | chỗ | địa điểm | location | điểm
không gian | diện tích | space
dụng cụ | công cụ | tool | đồ nghề | tools
linh kiện | phụ tùng | part | parts | chi tiết | component
khách hàng | kh hàng | khách | customer
nhà cung cấp | ncc | supplier | nhà cung ứng
lãnh đạo | quản lý cấp trên | ban giám đốc | bgđ | bgd
tổ trưởng | leader | trưởng nhóm | nhóm trưởng | chuyền trưởng
công nghệ thông tin | cntt | it
trung bình | bình quân | average | tb cộng
số lượng | sl | lượng | quantity
sản lượng | output | slsx
kích thước | kt thước | size | dimension
trọng lượng | khối lượng | weight | cân nặng
tiếng ồn | độ ồn | noise | ồn
mệt mỏi | mệt | mỏi | nhọc
nặng nhọc | nặng
nguy hiểm | nguy cơ | rủi ro | risk | mất an toàn | không an toàn
tai nạn | tai nạn lao động | tnlđ | tnld | accident
nước thải | wastewater
hóa chất | chemical | hc | hoá phẩm
thực phẩm | đồ ăn | thức ăn | food
bữa ăn | suất ăn | bữa ăn ca | meal
nhà ăn | căng tin | canteen | bếp ăn | nhà bếp
bệnh nhân | người bệnh | bn | patient
học sinh | hs sinh | học viên | sinh viên | student
giáo viên | gv | giảng viên | thầy cô
bác sĩ | bs | y bác sĩ
điều dưỡng | y tá | đd
phòng ban | bộ phận | bp | department
công ty | doanh nghiệp | cty | dn | company | xí nghiệp
trong | ở trong | bên trong
cuối cùng | cuối | sau cùng
đầu tiên | ban đầu
máy tính bảng | tablet | ipad
thủ công | bằng tay | manual | làm tay
xe tự hành | agv | xe tự động
khách tham quan | visitor
vận hành | operate | điều khiển máy
lắp sai | misassembly
đường ống | ống dẫn | pipe | piping
bộ lọc | lọc | filter
quạt | fan
công tắc | switch
nút bấm | nút nhấn | button
bảng điều khiển | control panel | tủ điều khiển
rơ le | relay | rờ le
bộ hẹn giờ | timer | đồng hồ hẹn giờ
biến tần | inverter
máy nén khí | máy nén | compressor
cân | scale | cân điện tử
đồng hồ đo | đồng hồ | gauge | meter
thước | ruler
dao cắt | dao | lưỡi dao | blade | knife
đầu phun | vòi phun | nozzle | béc phun | béc
súng bắn vít | súng vặn vít | máy bắn vít
dây điện | dây dẫn | cable | cáp
giắc cắm | giắc | connector | jack cắm | jack
bản mạch | bo mạch | bo | pcb | board mạch
lô hàng | lot | batch
mẫu | sample | hàng mẫu
bản vẽ | drawing
thùng chứa | container | bồn chứa
pallet | ba lét | pa lét | tấm kê
màng bọc | màng pe | màng co | màng quấn
túi ni lông | túi nilon | túi nylon | bao nilon
họp đầu ca | họp giao ca | morning meeting | họp đầu giờ
giao ca | bàn giao ca | đổi ca
quản lý trực quan | visual management | bảng trực quan
nhân công | manpower | lao động | nhân lực
giờ công | man hour | công lao động
thay khuôn nhanh | smed
bụi gỗ | mùn cưa | mạt cưa
đưa | chuyển đến | mang
hư hại | tổn hại | thiệt hại
tốc độ | vận tốc | speed
áp suất | áp lực | pressure
độ ẩm | humidity
rò rỉ | rò | rỉ | leak | xì
kẹt | tắc | nghẽn | nghẹt
gãy | vỡ | nứt | bể
mòn | hao mòn
lệch | xô lệch | sai vị trí
chờ | chờ đợi | đợi | waiting
đi lại | di lại
cúi | khom
hình ảnh | ảnh | hình | photo
sổ tay | cẩm nang | handbook | sổ
"""

STOP_WORDS = """
và là của các những cho với tại ở bằng nhờ để vì nên thì đến tới về theo khi được đc dc bị đã đang sẽ
có cách việc này đó kia rồi mới vào ra lên trên dưới lại cũng như hoặc nhưng còn rất hơn quá nữa cùng
bởi trước sau giữa đây một mỗi từng cái chiếc thấy em chúng cần phải đều nay giúp nhằm khoảng vnd
"""

KEEP_APART = """
pha | hậu | xi nhan | sương mù | cốt | chiếu gần | chiếu xa | soi biển số | trần | hậu trong | hậu ngoài
trái | phải | giữa
trên | dưới
trước | sau
trong | ngoài
nóng | lạnh | nguội | mát | ấm
ngày | đêm | sáng | chiều | tối | trưa
to | nhỏ | lớn | bé | vừa
cao | thấp | dài | ngắn | rộng | hẹp | dày | mỏng
đỏ | xanh | vàng | trắng | đen | tím | cam | nâu | xám | hồng
sắt | thép | inox | nhôm | đồng | kẽm | thiếc | gỗ | nhựa | cao su | silicon | giấy | vải | kính | gốm | bê tông | mút | da | len | tre
may | mạ | sơn | hàn | dập | ép | đúc | cắt | in | là | ủi | mài | tiện | phay | khoan | nhuộm | dệt | sợi | thêu | giặt | sấy | đóng gói | rèn | đùn | cán | nghiền | trộn | chiết | bào | chà nhám | dán | phun | xi
áo | quần | váy | mũ | giày | dép | túi | ba lô | tất | găng | khăn | chăn | ga | gối | đệm | màn
áo sơ mi | áo khoác | áo thun | áo vest | áo phông | áo len | áo jacket
bàn | ghế | tủ | giường | kệ | cửa | sàn
nước | dầu | khí | hơi | mỡ | keo | điện | gas | xăng | cồn | sơn | mực
bánh | kẹo | sữa | bia | rượu | mì | bún | gạo | thịt | cá | tôm | rau | quả | trà | cà phê | đường | muối
phòng họp | kho | nhà ăn | văn phòng | nhà xe | nhà vệ sinh | hành lang | cổng | sân | bếp | phòng khám | phòng nghỉ
bãi xe | xưởng | nhà kho | nhà ăn | ký túc xá | cổng
nhân sự | kế toán | kế hoạch | chất lượng | kỹ thuật | mua hàng | thiết kế | hành chính | bảo dưỡng | cơ điện | vật tư | bảo vệ | xuất hàng | y tế | kinh doanh | đào tạo
hai | ba | bốn | bảy | tám | chín | mười
nam | bắc | đông | tây
nhập | xuất
chóa | viền | thấu kính | thân | chụp | vỏ | nắp | đế | bóng | đui | gioăng | vít | giắc | tem | nhãn | bản mạch | ốp | tay nắm | trục | bánh răng | vòng đệm | vòng bi | lò xo | ống | dây | khớp | bạc | then | chốt | phanh | lốp | vành | gương | còi | bình | két | ắc quy | tản nhiệt
cổ | tay | nách | sườn | lưng | cạp | gấu | lai | khuy | cúc | khóa kéo | túi | đáp | nẹp | moi
tủ lạnh | máy giặt | điều hòa | quạt | nồi cơm | ti vi | lò vi sóng | máy lạnh
tiện | phay | cnc | mài | khoan | cắt dây | xung điện
lợn | gà | bò | vịt | cá | tôm
lúa | ngô | sắn | mía | chè | cao su | cà phê | tiêu | điều
xe máy | ô tô | xe đạp | xe tải | xe điện
"""

PLACE_NOUNS = """
chuyền | tổ | xưởng | khu | phân xưởng | nhà máy | kho | phòng | trạm | cụm | buồng | bộ phận | chi nhánh
model | mã hàng | đơn hàng | mã sản phẩm | khu vực | công ty
"""


def groups(block: str) -> tuple[tuple[str, ...], ...]:
    """The groups of one of the blocks above, members trimmed."""
    lines = (line for line in block.splitlines() if line.strip())
    return tuple(tuple(member.strip() for member in line.split("|") if member.strip()) for line in lines)
