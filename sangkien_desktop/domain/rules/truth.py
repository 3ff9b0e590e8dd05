"""Rules on dates, money, recognition and authorship: what the programme and the law demand."""

from decimal import Decimal

from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.people import WorkStatus
from sangkien_desktop.domain.rules.engine import Fix, Found, RuleBook, RuleContext, Severity
from sangkien_desktop.vietnamese.money import format_vnd

BOOK = RuleBook()
rule = BOOK.rule

PROGRAMME = "Hướng dẫn cập nhật sáng kiến của chương trình (29/04/2022)"
LAW = "Điều lệ Sáng kiến, NĐ 13/2012/NĐ-CP"
UNION_S1 = "Công văn chỉ đạo thống nhất kê khai giá trị làm lợi ước tính trong 01 năm (11/2022)"


@rule("first_applied_on", source=PROGRAMME)
def applied_inside_the_window(record: Initiative, context: RuleContext) -> str | None:
    """Ngày áp dụng nằm trong thời gian của chương trình."""
    applied, programme = record.first_applied_on, context.programme
    if applied is None:
        return None
    too_early = programme.applied_from is not None and applied.last_day < programme.applied_from
    too_late = programme.applied_to is not None and applied.first_day > programme.applied_to
    if not (too_early or too_late):
        return None
    first = f"{programme.applied_from:%d/%m/%Y}" if programme.applied_from else "trước nay"
    last = f"{programme.applied_to:%d/%m/%Y}" if programme.applied_to else "nay"
    return f"Ngày áp dụng {applied.display()} nằm ngoài thời gian của chương trình ({first} – {last})."


@rule("first_applied_on", source=LAW + " Đ.5")
def not_applied_in_the_future(record: Initiative, context: RuleContext) -> str | None:
    """Giải pháp đã được áp dụng hoặc áp dụng thử."""
    applied = record.first_applied_on
    if applied is not None and applied.first_day > context.today:
        return f"Ngày áp dụng {applied.display()} chưa đến. Chỉ nhập sáng kiến đã áp dụng."
    return None


@rule("recognition_decision", source=PROGRAMME)
def recognition_names_its_decision(record: Initiative, context: RuleContext) -> str | None:
    """Sáng kiến đã được công nhận có số quyết định."""
    if context.programme.needs_recognition and record.recognition_level and not record.recognition_decision:
        return "Đã ghi cấp công nhận nhưng chưa có số quyết định."
    return None


@rule("recognised_on", source=PROGRAMME)
def recognition_names_its_day(record: Initiative, context: RuleContext) -> str | None:
    """Sáng kiến đã được công nhận có ngày công nhận."""
    is_unread = "recognised_on" in record.unread
    if (
        context.programme.needs_recognition
        and record.recognition_level
        and not record.recognised_on
        and not is_unread
    ):
        return "Đã ghi cấp công nhận nhưng chưa có ngày công nhận."
    return None


@rule("recognised_on", source=PROGRAMME)
def recognised_after_application(record: Initiative, context: RuleContext) -> str | None:
    """Ngày công nhận không trước ngày áp dụng."""
    applied, recognised = record.first_applied_on, record.recognised_on
    if applied is None or recognised is None or recognised.last_day >= applied.first_day:
        return None
    return f"Ngày công nhận {recognised.display()} trước ngày áp dụng {applied.display()}. Kiểm tra lại hai ngày."


@rule("recognised_on", source=PROGRAMME)
def not_recognised_in_the_future(record: Initiative, context: RuleContext) -> str | None:
    """Quyết định công nhận đã ký."""
    if record.recognised_on is not None and record.recognised_on.first_day > context.today:
        return f"Ngày công nhận {record.recognised_on.display()} chưa đến."
    return None


@rule("recognised_on", source=LAW + " Đ.5 k.2", severity=Severity.WARNING)
def asked_within_a_year(record: Initiative, context: RuleContext) -> str | None:
    """Quyền yêu cầu công nhận hết sau 01 năm kể từ ngày áp dụng lần đầu."""
    applied, recognised = record.first_applied_on, record.recognised_on
    if applied is None or recognised is None or (recognised.first_day - applied.last_day).days <= 365 + 92:
        return None
    if applied_inside_the_window(record, context) is not None:
        return None  # the day of application is wrong itself, so nothing can be counted from it
    return "Công nhận sau khi áp dụng hơn 01 năm 3 tháng. Xem đơn yêu cầu có nộp trong hạn 01 năm không."


@rule("is_ip_protected", source=PROGRAMME)
def not_protected_as_intellectual_property(record: Initiative, context: RuleContext) -> str | None:
    """Giải pháp không đang được bảo hộ quyền sở hữu trí tuệ."""
    if record.is_ip_protected:
        return "Giải pháp đang được bảo hộ sở hữu trí tuệ nên không thuộc diện sáng kiến của chương trình."
    return None


@rule("annual_benefit", source=UNION_S1)
def benefit_is_declared(record: Initiative, context: RuleContext) -> Found | None:
    """Sáng kiến tính được bằng tiền có giá trị làm lợi của 01 năm."""
    if record.is_monetary and record.annual_benefit is None and "annual_benefit" not in record.unread:
        fix = Fix(field="is_monetary", value=False, label="Không tính được bằng tiền")
        return Found("Chưa có giá trị làm lợi ước tính trong 01 năm.", fix)
    return None


@rule("annual_benefit", source=UNION_S1)
def benefit_is_not_negative(record: Initiative, context: RuleContext) -> str | None:
    """Giá trị làm lợi không âm."""
    if record.annual_benefit is not None and record.annual_benefit < 0:
        return "Giá trị làm lợi không thể âm."
    return None


@rule("annual_benefit", source=UNION_S1, severity=Severity.WARNING)
def huge_benefit_is_confirmed(record: Initiative, context: RuleContext) -> str | None:
    """Giá trị rất lớn cần xem lại đơn vị tính."""
    if record.annual_benefit is not None and record.annual_benefit > context.programme.ask_above:
        amount = format_vnd(record.annual_benefit)
        return f"Giá trị {amount} đồng rất lớn. Xem lại đơn vị tính và giữ bản tính kèm theo."
    return None


@rule("annual_benefit", source=UNION_S1)
def not_computable_has_no_value(record: Initiative, context: RuleContext) -> Found | None:
    """Đã ghi “không tính được bằng tiền” thì không ghi giá trị."""
    if not record.is_monetary and record.annual_benefit:
        fix = Fix(field="is_monetary", value=True, label="Tính được bằng tiền")
        return Found("Đang ghi “không tính được bằng tiền” nhưng lại có giá trị làm lợi.", fix)
    return None


@rule("benefit_confirmed_by", source="Luật Thi đua, khen thưởng 06/2022/QH15", severity=Severity.WARNING)
def large_benefit_names_who_confirmed(record: Initiative, context: RuleContext) -> str | None:
    """Giá trị lớn có bộ phận xác nhận."""
    value = record.annual_benefit
    if (
        value is not None
        and value >= context.programme.confirm_benefit_from
        and not record.benefit_confirmed_by
    ):
        return "Giá trị lớn: nên ghi bộ phận nào của công ty đã xác nhận."
    return None


@rule("authors", source=LAW + " Đ.5 k.3", secret_too=True)
def every_author_has_a_name(record: Initiative, context: RuleContext) -> str | None:
    """Mỗi tác giả có họ tên."""
    if any(not author.name.strip() for author in record.authors):
        return "Có tác giả chưa ghi họ tên."
    return None


@rule("authors", source=LAW + " Đ.5 k.3")
def shares_add_up(record: Initiative, context: RuleContext) -> Found | None:
    """Tổng tỷ lệ đóng góp là 100 %."""
    shares = [author.share for author in record.authors]
    if len(shares) <= 1 and shares in ([], [None]):
        return None
    if any(share is None for share in shares):
        return Found("Có nhiều tác giả nhưng chưa ghi tỷ lệ đóng góp của từng người.", _even(record))
    total = sum((share for share in shares if share is not None), Decimal(0))
    if total != 100:
        return Found(
            f"Tổng tỷ lệ đang là {total.normalize():f} %, cần 100 %.".replace(".", ",", 1)
            if total % 1
            else f"Tổng tỷ lệ đang là {int(total)} %, cần 100 %.",
            _even(record),
        )
    return None


def _even(record: Initiative) -> Fix:
    return Fix(field="authors", value="even", label="Chia đều")


@rule("authors", source=LAW + " Đ.5 k.3")
def shares_are_positive(record: Initiative, context: RuleContext) -> str | None:
    """Mỗi tác giả có phần đóng góp."""
    if any(author.share is not None and author.share <= 0 for author in record.authors):
        return "Tỷ lệ đóng góp của mỗi tác giả phải lớn hơn 0."
    return None


@rule("authors", source=LAW + " Đ.5 k.3")
def one_main_author(record: Initiative, context: RuleContext) -> str | None:
    """Có đúng một tác giả chính."""
    main = sum(author.is_main for author in record.authors)
    if len(record.authors) > 1 and main != 1:
        return "Cần đúng một tác giả chính."
    return None


@rule("authors", source=LAW)
def nobody_twice(record: Initiative, context: RuleContext) -> str | None:
    """Không ai có tên hai lần."""
    codes = [a.employee_code for a in record.authors if a.employee_code]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    return f"Mã nhân viên {twice} có hai lần trong danh sách tác giả." if twice else None


@rule("authors", source="Danh sách đoàn viên của đơn vị", severity=Severity.WARNING)
def authors_still_work_here(record: Initiative, context: RuleContext) -> str | None:
    """Tác giả còn làm việc tại đơn vị."""
    for author in record.authors:
        person = context.people.get(author.person) if author.person else None
        if person is not None and person.status is not WorkStatus.WORKING:
            return f"{author.name} đã nghỉ việc. Xem lại căn cứ gửi dữ liệu của người này."
    return None


def even_shares(count: int) -> tuple[Decimal, ...]:
    """100 % split evenly in hundredths; what is left over goes to the first (the main author)."""
    if count == 0:
        return ()
    part = (Decimal(100) / count).quantize(Decimal("0.01"), rounding="ROUND_DOWN")
    return (Decimal(100) - part * (count - 1), *([part] * (count - 1)))
