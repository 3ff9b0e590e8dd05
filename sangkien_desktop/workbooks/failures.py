"""What can be wrong with a file, each said in one sentence with the next step."""

from sangkien_desktop.errors import AppError


class WorkbookProblem(AppError):
    """A file that cannot be read or written; nothing of it was stored."""


# code → sentence, next step. The codes travel from the child process and stand in `--json`.
SENTENCES: dict[str, tuple[str, str]] = {
    "not-found": ("Không thấy tệp này.", "Kiểm tra lại đường dẫn hoặc chọn lại tệp."),
    "is-folder": ("Đây là thư mục, không phải tệp.", "Chọn các tệp trong thư mục."),
    "not-allowed": (
        "Máy không cho đọc tệp này.",
        "Tệp có thể đang được mở trong Excel hoặc không có quyền đọc. Đóng tệp rồi thử lại.",
    ),
    "empty": ("Tệp rỗng, không có gì để đọc.", "Chọn lại tệp, hoặc xin lại tệp từ tổ."),
    "password": ("Tệp có mật khẩu.", "Mở bằng Excel, bỏ mật khẩu rồi chọn lại."),
    "damaged": ("Tệp bị hỏng, không đọc được.", "Mở bằng Excel, lưu thành tệp mới rồi chọn lại."),
    "too-large": (
        "Tệp quá lớn để đọc an toàn.",
        "Chia tệp thành nhiều tệp nhỏ hơn (không quá 200.000 dòng, 200 cột).",
    ),
    "too-slow": (
        "Đọc tệp quá lâu nên máy đã dừng.",
        "Lưu riêng trang có bảng sáng kiến thành tệp mới rồi chọn lại.",
    ),
    "suspicious": (
        "Tệp có cấu trúc không an toàn nên không mở.",
        "Mở bằng Excel, lưu thành tệp .xlsx mới rồi chọn lại.",
    ),
    "unknown-format": (
        "Không phải bảng tính mà máy đọc được.",
        "Dùng tệp .xlsx, .xlsm, .xlsb, .xls, .ods, .csv, .tsv hoặc .txt.",
    ),
    "old-xml": (
        "Tệp là dạng XML cũ của Excel.",
        "Mở bằng Excel, chọn Lưu thành… Excel Workbook (.xlsx) rồi chọn lại.",
    ),
    "no-table": (
        "Không thấy bảng nào có cột tên sáng kiến.",
        "Chọn trang và dòng tiêu đề của bảng, hoặc dùng mẫu trống của chương trình.",
    ),
    "no-sheet": ("Tệp không có trang này.", "Chọn một trang khác của tệp."),
    "cannot-write": (
        "Không ghi được tệp.",
        "Tệp có thể đang được mở trong Excel. Đóng tệp, hoặc chọn tên khác rồi thử lại.",
    ),
    "cannot-annotate": (
        "Không đánh dấu được vào chính tệp này.",
        "Máy ghi danh sách chỗ sai ra một tệp .xlsx mới thay cho tệp gốc.",
    ),
}


def problem(code: str) -> WorkbookProblem:
    """The error for a code of the table; an unknown code counts as a damaged file."""
    sentence, hint = SENTENCES.get(code, SENTENCES["damaged"])
    return WorkbookProblem(sentence, hint=hint, code=code if code in SENTENCES else "damaged")
