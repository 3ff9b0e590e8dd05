"""The calculation sheet of one initiative: kept in its field “Cách tính”, beside the value that is declared."""

from dataclasses import dataclass, replace
from pathlib import Path

from sangkien_desktop.domain.calculation import Calculation, read_calculation, write_calculation
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.errors import AppError
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.initiatives import InitiativeService, Saved
from sangkien_desktop.vietnamese.dates import PartialDate
from sangkien_desktop.vietnamese.money import in_words
from sangkien_desktop.workbooks.writer import CellKind, Column, TablePlan, write_table

_COLUMNS = (
    Column("Khoản mục", CellKind.LONG_TEXT),
    Column("Số lượng", CellKind.NUMBER),
    Column("Đơn vị", width=12),
    Column("Đơn giá (đồng)", CellKind.MONEY),
    Column("Số lần trong năm", CellKind.NUMBER, 12),
    Column("Thành tiền 01 năm (đồng)", CellKind.MONEY),
)


@dataclass(frozen=True)
class Sheet:
    """The sheet of a record; `free_text` is what a person wrote that is no sheet."""

    record: Initiative
    calculation: Calculation
    free_text: str


class CalculationService:
    """Reads, keeps and prints calculation sheets."""

    def __init__(self, desk: Desk, service: InitiativeService) -> None:
        self._desk = desk
        self._service = service

    def sheet(self, initiative_id: InitiativeId) -> Sheet:
        """The sheet of a record; without items when there is none yet."""
        record = self._service.get(initiative_id)
        found = read_calculation(record.benefit_calculation)
        return Sheet(record, found or Calculation(()), "" if found else record.benefit_calculation)

    def keep(self, sheet: Sheet, *, takes_value: bool, confirmed_by: str = "") -> Saved:
        """Keep the sheet, with who confirmed it today; `takes_value` declares what it comes to.

        Raises AppError when it is too long or comes to less than nothing, StaleEdit when the record was
        changed meanwhile.
        """
        text, value = write_calculation(sheet.calculation), sheet.calculation.one_year
        if len(text) > FIELD["benefit_calculation"].max_length:
            raise AppError("Bản tính quá dài.", hint="Gộp bớt khoản mục hoặc rút gọn tên khoản mục.")
        if takes_value and value < 0:
            raise AppError("Chi phí lớn hơn giá trị làm lợi.", hint="Xem lại đơn giá và số lần trong năm.")
        record = replace(sheet.record, benefit_calculation=text)
        if takes_value:
            unread = {name: raw for name, raw in record.unread.items() if name != "annual_benefit"}
            record = replace(record, annual_benefit=value, is_monetary=True, unread=unread)
        if confirmed_by:
            today = PartialDate(self._desk.clock.today())
            record = replace(record, benefit_confirmed_by=confirmed_by, benefit_confirmed_on=today)
        name = f"lưu bản tính của {record.local_code}"
        return self._service.save(record, opened_on=sheet.record.version, name=name)

    def write(self, sheet: Sheet, path: Path) -> None:
        """The sheet as a page of evidence to print and sign. Raises WorkbookProblem.

        Of an initiative under a technology secret nothing is written.
        """
        if sheet.record.is_secret:
            raise AppError("Sáng kiến thuộc bí mật công nghệ: bản tính không được đưa ra ngoài.", hint="")
        rows = [
            (
                f"Trừ: {item.name}" if item.is_cost else item.name,
                item.quantity,
                item.unit,
                item.unit_price,
                item.times,
                -item.amount if item.is_cost else item.amount,
            )
            for item in sheet.calculation.items
        ]
        value, record = sheet.calculation.one_year, sheet.record
        rows.append(("Cộng, trong 01 năm", None, "", None, None, value))  # type: ignore[arg-type]
        by = record.benefit_confirmed_by or "……………………"
        day = record.benefit_confirmed_on.display() if record.benefit_confirmed_on else "…/…/……"
        write_table(
            path,
            TablePlan(
                name="Bản tính",
                columns=_COLUMNS,
                rows=rows,
                title=("BẢN TÍNH GIÁ TRỊ LÀM LỢI", f"{record.local_code} – {record.title}"),
                footer=(f"Bằng chữ: {in_words(value)}.", f"Xác nhận: {by}, ngày {day}"),
            ),
        )
