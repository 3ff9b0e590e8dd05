"""R14: the register of agreements to the use of personal data (Law 91/2025/QH15, Decree 356/2025/NĐ-CP)."""

from sqlalchemy.orm import Session

from sangkien_desktop.domain.report_table import Column, ColumnKind, ReportTable
from sangkien_desktop.reports import lists
from sangkien_desktop.reports.report import Chosen, Occasion, Report
from sangkien_desktop.storage import report_lines

FORMS = {"paper": "Giấy", "electronic": "Điện tử"}
COLUMNS = (
    lists.NUMBER,
    Column(key="code", title="Mã NV", width=10),
    Column(key="name", title="Họ và tên", width=26),
    Column(key="unit", title="Tổ công đoàn", width=24, wraps=True),
    Column(key="state", title="Tình trạng", width=16),
    Column(key="given", title="Ngày đồng ý", kind=ColumnKind.DATE, width=12),
    Column(key="withdrawn", title="Ngày rút", kind=ColumnKind.DATE, width=12),
    Column(key="purposes", title="Mục đích", width=28, wraps=True),
    Column(key="version", title="Bản văn", width=10),
    Column(key="form", title="Hình thức", width=10),
)


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """Everyone, those without an agreement too: silence is not consent."""
    names = lists.unit_names(session)
    made = tuple(
        (
            number,
            one.code,
            one.name,
            names.get(one.unit, "") if one.unit else "",
            "Đã rút" if one.withdrawn_on else "Đã đồng ý" if one.given_on else "Chưa có",
            one.given_on,
            one.withdrawn_on,
            "; ".join(one.purposes),
            one.text_version,
            FORMS.get(one.form, one.form),
        )
        for number, one in enumerate(report_lines.consents(session), start=1)
    )
    return ReportTable(
        name="consents",
        title="SỔ ĐỒNG Ý XỬ LÝ DỮ LIỆU CÁ NHÂN",
        columns=COLUMNS,
        rows=made,
        as_of=chosen.as_of,
        letterhead=chosen.letterhead,
        holds_personal_data=True,
        signers=("NGƯỜI PHỤ TRÁCH BẢO VỆ DỮ LIỆU",),
    )


REPORT = Report(name="consents", title="Sổ đồng ý", occasion=Occasion.CHECK, parameters=(), make=rows)
