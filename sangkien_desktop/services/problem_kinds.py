"""The kinds under which problems are gathered, so that one sort of mistake is mended in one go."""

from dataclasses import dataclass

from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.rules import RULES, Problem, Severity

_DEMANDS = {rule.code: rule.demand for rule in RULES}


@dataclass(frozen=True)
class ProblemKind:
    """One kind: what stands in the list, and one sentence of why it matters."""

    key: str
    title: str
    why: str
    field: str
    """The field that is mended."""
    severity: Severity


@dataclass(frozen=True)
class _Gathered:
    """Errors of one field, or some of them, under one heading."""

    key: str
    field: str
    title: str
    why: str
    codes: frozenset[str] = frozenset()
    """Empty: every error of the field that no earlier entry has."""


_ERRORS = (
    _Gathered(
        "benefit",
        "annual_benefit",
        "Giá trị làm lợi chưa rõ",
        "Cổng chỉ nhận một số tiền (đồng) cho 01 năm. Chọn cách hiểu đúng hoặc gõ số mới ngay trong bảng.",
    ),
    _Gathered(
        "applied",
        "first_applied_on",
        "Ngày áp dụng sai hoặc ngoài thời gian",
        "Sáng kiến phải áp dụng trong thời gian của chương trình. Gõ ngày đúng, chỉ biết tháng thì ghi tháng.",
    ),
    _Gathered(
        "effect",
        "effect_summary",
        "Thiếu tóm tắt hiệu quả",
        "Cổng yêu cầu tóm tắt hiệu quả của mọi sáng kiến, kể cả sáng kiến thuộc bí mật công nghệ.",
    ),
    _Gathered(
        "title",
        "title",
        "Tên sáng kiến quá ngắn hoặc quá dài",
        "Tên cần 10 đến 250 chữ và nói được làm gì, ở công đoạn nào.",
    ),
    _Gathered(
        "code",
        "authors",
        "Mã nhân viên không thể có",
        "Mã sai làm lẫn người khi khen thưởng. Gõ lại tác giả với mã đúng trong danh sách đoàn viên.",
        frozenset({"employee-codes-can-exist"}),
    ),
    _Gathered(
        "shares",
        "authors",
        "Tổng tỷ lệ tác giả khác 100 %",
        "Tỷ lệ đóng góp của các tác giả phải cộng lại đúng 100 %.",
        frozenset({"shares-add-up", "shares-are-positive"}),
    ),
    _Gathered("authors", "authors", "Tác giả chưa đủ", "Cần họ tên tác giả và đúng một tác giả chính."),
    _Gathered(
        "category",
        "category",
        "Lĩnh vực không có trong danh mục",
        "Mỗi chương trình có danh mục lĩnh vực riêng; chọn đúng một mục.",
    ),
    _Gathered(
        "recognised",
        "recognised_on",
        "Ngày công nhận không hợp lệ",
        "Sáng kiến được công nhận sau khi đã áp dụng. Kiểm tra lại hai ngày.",
    ),
    _Gathered(
        "level",
        "recognition_level",
        "Cấp công nhận chưa đúng",
        "Chỉ gửi sáng kiến đã được công nhận; chọn cấp công nhận trong danh mục.",
    ),
)

_WARNINGS = {
    "huge-benefit-is-confirmed": "Làm lợi rất lớn",
    "large-benefit-names-who-confirmed": "Giá trị lớn chưa ghi bộ phận xác nhận",
    "asked-within-a-year": "Công nhận hơn 01 năm sau áp dụng",
    "authors-still-work-here": "Tác giả đã nghỉ việc",
    "title-says-what-was-done": "Tên quá chung chung",
    "title-is-not-a-list-entry": "Tên chép lại danh mục",
    "title-is-a-title": "Tên có thể lệch cột",
    "effect-says-what-was-gained": "Hiệu quả quá chung chung",
    "effect-is-not-a-copy": "Hiệu quả chép ô khác",
    "effect-is-not-an-amount": "Hiệu quả chỉ có số",
    "solution-is-not-the-situation": "Giải pháp chép thực trạng",
    "benefit-is-in-dong": "Có thể nhầm đơn vị tiền",
    "benefit-is-like-others": "Làm lợi gấp nhiều lần mức thường gặp",
    "calculation-adds-up": "Bản tính không khớp giá trị",
    "main-author-is-of-the-group": "Tác giả thuộc tổ khác",
    "authors-worked-here-then": "Tác giả nghỉ trước khi áp dụng",
    "names-fit-their-codes": "Họ tên không khớp mã nhân viên",
    "one-person-not-too-many": "Một người đứng tên rất nhiều",
    "too-short": "Nội dung quá ngắn",
}


def kind_of(problem: Problem) -> ProblemKind:
    """The kind a problem is listed under."""
    if problem.severity is Severity.ERROR:
        for one in _ERRORS:
            if one.field == problem.field and (not one.codes or problem.code in one.codes):
                return ProblemKind(one.key, one.title, one.why, one.field, Severity.ERROR)
        return _of_field(problem)
    title = _WARNINGS.get(problem.code)
    if title is None:
        return _of_field(problem)
    why = _DEMANDS.get(problem.code, problem.message)
    return ProblemKind(problem.code, title, why, problem.field, Severity.WARNING)


def _of_field(problem: Problem) -> ProblemKind:
    declared = FIELD.get(problem.field)
    label = declared.label if declared else problem.field
    is_missing = problem.code == "missing"
    title = f"Thiếu {label[0].lower()}{label[1:]}" if is_missing else f"{label}: cần xem lại"
    key = f"{problem.severity.value}-{problem.field}{'-missing' if is_missing else ''}"
    why = _DEMANDS.get(problem.code, problem.message)
    return ProblemKind(key, title, why, problem.field, problem.severity)


def order_of(kind: ProblemKind) -> int:
    """Where a kind stands among others of its severity when they have equally many records."""
    keys = [one.key for one in _ERRORS]
    return keys.index(kind.key) if kind.key in keys else len(keys)
