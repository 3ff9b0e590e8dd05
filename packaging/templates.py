"""Makes the Word templates in `resources/templates`: run again after a change here, and look at the result.

Layout by Nghị định 30/2020/NĐ-CP, phụ lục I: A4, Times New Roman 13–14, margins 20/20/30/15 mm, national title,
number and place, addressees at the foot. Field names are what `domain/paper_fields.py` offers.
"""

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "templates"
CENTRE, BOTH, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.RIGHT


def blank(*, is_landscape: bool = False) -> Any:
    """An empty document with the face, the margins and page numbers at the top of all pages but the first."""
    made = Document()
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(0)
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if is_landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = number.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
    return made


def say(
    place: Any, text: str, *, bold: bool = False, italic: bool = False, size: int = 13, align: Any = None
) -> Any:
    """A paragraph."""
    paragraph = place.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if align is not None:
        paragraph.alignment = align
    return paragraph


def body(place: Any, text: str) -> None:
    """A paragraph of running text: justified, first line indented."""
    paragraph = say(place, text, size=14, align=BOTH)
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_before = Pt(4)


def heading(made: Any, *, with_number: str) -> None:
    """Issuing body at the left; national title, place and day at the right."""
    table = made.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    widen(table, (41, 59))
    lines = (
        (left, "{{ cap_tren }}", False, False),
        (left, "{{ don_vi }}", True, False),
        (left, with_number, False, False),
        (right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, False),
        (right, "Độc lập – Tự do – Hạnh phúc", True, False),
        (right, "{{ noi_va_ngay }}", False, True),
    )
    for cell, text, bold, italic in lines:
        if not text:
            continue
        say(cell, text, bold=bold, italic=italic, size=12, align=CENTRE)
    for cell in (left, right):
        cell._tc.remove(cell.paragraphs[0]._p)
    say(made, "")


def widen(table: Any, shares: tuple[int, ...]) -> None:
    """Columns by their shares of the 165 mm between the margins."""
    table.autofit = False
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = Mm(165 * share / sum(shares))


def bordered(made: Any, columns: tuple[tuple[str, str, int], ...], loop: str) -> None:
    """A table with one repeated row for each of `loop`; columns as title, field and share of the width."""
    titles, cells, shares = zip(*columns, strict=True)
    table = made.add_table(rows=4, cols=len(titles))
    table.style = "Table Grid"
    for cell, title in zip(table.rows[0].cells, titles, strict=True):
        cell.paragraphs[0].alignment = CENTRE
        run = cell.paragraphs[0].add_run(title)
        run.bold, run.font.size = True, Pt(11)
    table.rows[1].cells[0].text = "{%tr for one in " + loop + " %}"
    for cell, field in zip(table.rows[2].cells, cells, strict=True):
        run = cell.paragraphs[0].add_run("{{ one." + field + " }}")
        run.font.size = Pt(11)
    table.rows[3].cells[0].text = "{%tr endfor %}"
    widen(table, shares)
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def signers(made: Any, left: tuple[str, ...], right: tuple[str, ...]) -> None:
    """Two columns at the foot: addressees or the first signer, and who signs."""
    say(made, "")
    table = made.add_table(rows=1, cols=2)
    for at, (cell, lines) in enumerate(zip(table.rows[0].cells, (left, right), strict=True)):
        for number, text in enumerate(lines):
            is_addressee = at == 0 and len(left) > 1
            say(
                cell,
                text,
                bold=(not is_addressee and number < 2) or (is_addressee and number == 0),
                italic=is_addressee and number == 0,
                size=11 if is_addressee else 13,
                align=None if is_addressee else CENTRE,
            )
        cell._tc.remove(cell.paragraphs[0]._p)


AUTHORS = (
    ("Số TT", "stt", 7),
    ("Họ và tên", "ho_ten", 22),
    ("Ngày tháng năm sinh", "ngay_sinh", 14),
    ("Nơi công tác", "noi_cong_tac", 18),
    ("Chức danh", "chuc_danh", 14),
    ("Trình độ chuyên môn", "trinh_do", 13),
    ("Tỷ lệ (%) đóng góp", "ty_le", 12),
)
PROPOSED = (
    ("STT", "stt", 6),
    ("Họ và tên", "ho_ten", 18),
    ("Tổ công đoàn", "to", 17),
    ("Tên sáng kiến", "ten_sang_kien", 30),
    ("Làm lợi 01 năm (đồng)", "lam_loi", 14),
    ("Đề nghị", "hinh_thuc", 15),
)


def letter() -> Any:
    """R3: Tờ trình."""
    made = blank()
    heading(made, with_number="Số: {{ so_van_ban }}")
    say(made, "TỜ TRÌNH", bold=True, size=14, align=CENTRE)
    say(made, "Về việc đề nghị biểu dương, khen thưởng sáng kiến", bold=True, size=14, align=CENTRE)
    say(made, "{{ ten_chuong_trinh }}", italic=True, align=CENTRE)
    say(made, "")
    say(made, "Kính gửi: {{ kinh_gui }}", size=14, align=CENTRE)
    body(made, "Căn cứ Quy chế khen thưởng của Tổng Liên đoàn Lao động Việt Nam;")
    body(made, "Căn cứ kết quả thực hiện {{ ten_chuong_trinh }}, {{ ky }}, tính đến {{ tinh_den }};")
    body(
        made,
        "{{ don_vi }} báo cáo: có {{ so_nguoi }} đoàn viên, người lao động tham gia với {{ so_sang_kien }} sáng kiến "
        "đã gửi Cổng, trong đó {{ so_hop_le }} sáng kiến hợp lệ; {{ ket_qua_chi_tieu }}. Tổng giá trị làm lợi ước tính "
        "trong 01 năm là {{ tong_gia_tri }} đồng ({{ tong_gia_tri_chu }}).",
    )
    body(
        made,
        "{{ don_vi }} kính trình {{ kinh_gui }} xem xét, biểu dương, khen thưởng {{ so_de_nghi }} trường hợp sau:",
    )
    say(made, "")
    bordered(made, PROPOSED, "de_nghi")
    body(made, "Hồ sơ gồm: bảng tóm tắt sáng kiến, bản mô tả sáng kiến và các tài liệu kèm theo.")
    body(made, "Kính đề nghị {{ kinh_gui }} xem xét, quyết định./.")
    signers(
        made,
        ("Nơi nhận:", "– Như trên;", "– Lưu: VT."),
        ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "", "", "", "{{ nguoi_ky }}"),
    )
    return made


def application() -> Any:
    """R4: Đơn yêu cầu công nhận sáng kiến (Thông tư 18/2013/TT-BKHCN)."""
    made = blank()
    say(made, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, align=CENTRE)
    say(made, "Độc lập – Tự do – Hạnh phúc", bold=True, align=CENTRE)
    say(made, "")
    say(made, "ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN", bold=True, size=14, align=CENTRE)
    say(made, "Kính gửi: {{ kinh_gui }}", size=14, align=CENTRE)
    body(made, "Tôi (chúng tôi) ghi tên dưới đây:")
    bordered(made, AUTHORS, "tac_gia")
    for text in (
        "Là tác giả (nhóm tác giả) đề nghị xét công nhận sáng kiến: {{ ten_sang_kien }}",
        "– Chủ đầu tư tạo ra sáng kiến: {{ chu_dau_tu }}",
        "– Lĩnh vực áp dụng sáng kiến: {{ linh_vuc }}",
        "– Ngày sáng kiến được áp dụng lần đầu hoặc áp dụng thử: {{ ngay_ap_dung }}",
        "– Mô tả bản chất của sáng kiến: {{ noi_dung }}",
        "– Những thông tin cần được bảo mật (nếu có): {{ bao_mat }}",
        "– Các điều kiện cần thiết để áp dụng sáng kiến: {{ dieu_kien }}",
        (
            "– Đánh giá lợi ích thu được theo ý kiến của tác giả: {{ hieu_qua }} Giá trị làm lợi ước tính trong 01 năm: "
            "{{ lam_loi }} ({{ lam_loi_chu }})."
        ),
        (
            "Tôi (chúng tôi) xin cam đoan mọi thông tin nêu trong đơn là trung thực, đúng sự thật và hoàn toàn chịu trách "
            "nhiệm trước pháp luật."
        ),
    ):
        body(made, text)
    say(made, "{{ noi_va_ngay }}", italic=True, align=RIGHT)
    signers(made, ("",), ("NGƯỜI NỘP ĐƠN", "", "", "", "{{ tac_gia_chinh }}"))
    return made


def description() -> Any:
    """R5: Bản mô tả sáng kiến."""
    made = blank()
    heading(made, with_number="")
    say(made, "BẢN MÔ TẢ SÁNG KIẾN", bold=True, size=14, align=CENTRE)
    say(made, "Mã: {{ ma }}", italic=True, align=CENTRE)
    for title, text in (
        ("1. Tên sáng kiến:", "{{ ten_sang_kien }}"),
        ("2. Lĩnh vực áp dụng:", "{{ linh_vuc }}"),
        ("3. Mô tả sáng kiến", ""),
        ("3.1. Tình trạng giải pháp đã biết:", "{{ tinh_trang }}"),
        ("3.2. Nội dung giải pháp đề nghị công nhận:", "{{ noi_dung }}"),
        ("Tính mới:", "{{ tinh_moi }}"),
        ("3.3. Khả năng áp dụng của giải pháp:", "{{ kha_nang_ap_dung }}"),
        ("3.4. Hiệu quả, lợi ích thu được:", "{{ hieu_qua }}"),
        ("Giá trị làm lợi ước tính trong 01 năm:", "{{ lam_loi }} ({{ lam_loi_chu }})"),
        ("Cách tính:", "{{ cach_tinh }}"),
        ("3.5. Tài liệu kèm theo:", "{{ tai_lieu }}"),
    ):
        paragraph = say(made, title + " ", bold=True, size=14, align=BOTH)
        paragraph.paragraph_format.space_before = Pt(4)
        if text:
            run = paragraph.add_run(text)
            run.font.size = Pt(14)
    say(made, "")
    say(made, "Tác giả và tỷ lệ đóng góp:", bold=True, size=14)
    bordered(made, AUTHORS, "tac_gia")
    say(made, "{{ noi_va_ngay }}", italic=True, align=RIGHT)
    signers(made, ("XÁC NHẬN CỦA ĐƠN VỊ",), ("TÁC GIẢ", "", "", "", "{{ tac_gia_chinh }}"))
    return made


def certificate() -> Any:
    """R13: Giấy chứng nhận sáng kiến, one page for each author."""
    made = blank()
    heading(made, with_number="")
    say(made, "")
    say(made, "GIẤY CHỨNG NHẬN", bold=True, size=24, align=CENTRE)
    say(made, "SÁNG KIẾN", bold=True, size=20, align=CENTRE)
    say(made, "")
    say(made, "{{ don_vi }} chứng nhận", size=14, align=CENTRE)
    say(made, "{{ ho_ten }}", bold=True, size=18, align=CENTRE)
    say(made, "{{ chuc_danh }} – {{ noi_cong_tac }}", italic=True, size=14, align=CENTRE)
    say(made, "là tác giả ({{ ty_le }} % đóng góp) của sáng kiến", size=14, align=CENTRE)
    say(made, "“{{ ten_sang_kien }}”", bold=True, size=16, align=CENTRE)
    say(made, "{{ dong_tac_gia }}", italic=True, align=CENTRE)
    say(made, "")
    body(made, "Tóm tắt nội dung: {{ tom_tat }}")
    body(made, "Lợi ích thu được: {{ hieu_qua }}")
    body(made, "Quyết định công nhận số {{ so_quyet_dinh }} {{ ngay_quyet_dinh }}.")
    signers(made, ("",), ("{{ noi_va_ngay }}", "ĐẠI DIỆN ĐƠN VỊ", "", "", "", "{{ nguoi_ky }}"))
    return made


def main() -> None:
    """Write every template."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in (
        ("to-trinh", letter),
        ("don-yeu-cau", application),
        ("ban-mo-ta", description),
        ("giay-chung-nhan", certificate),
    ):
        made = make()
        made.core_properties.author = ""
        made.core_properties.comments = ""
        made.save(str(FOLDER / f"{name}.docx"))


if __name__ == "__main__":
    main()
