"""What the portal tells of its rules: the schema of a document and the list of its rules."""

from typing import Any

from reference_portal.documents import MONEY_MAX, SECRET_FIELDS

VERSIONS = (5, 6, 7)
_DATE = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
_MONEY = {"type": "integer", "minimum": 0, "maximum": MONEY_MAX}
_FLAG = {"type": "boolean"}


def _text(maximum: int, minimum: int = 0) -> dict[str, Any]:
    return {"type": "string", "minLength": minimum, "maxLength": maximum}


_AUTHOR: dict[str, Any] = {
    "employee_code": _text(20),
    "name": _text(100, 1),
    "share": {"type": "number", "exclusiveMinimum": 0, "maximum": 100},
    "is_main": _FLAG,
    "gender": _text(20),
    "birth_year": {"type": "integer", "minimum": 1900, "maximum": 2200},
    "education": _text(100),
    "position": _text(100),
    "is_leader": _FLAG,
    "author_kind": _text(100),
}
_AWARD: dict[str, Any] = {
    "level": _text(100),
    "form": _text(100, 1),
    "decision": _text(50),
    "date": _DATE,
    "amount": _MONEY,
}
PROPERTIES: dict[str, Any] = {
    "local_code": _text(30),
    "programme": _text(60, 1),
    "stage": _text(60),
    "title": _text(250, 10),
    "is_secret": _FLAG,
    "solution_type": _text(250),
    "category": _text(250),
    "situation_before": _text(2000),
    "solution": _text(5000),
    "novelty": _text(1000),
    "scope": _text(1500),
    "conditions": _text(1000),
    "first_applied_on": _DATE,
    "effect_summary": _text(1000, 1),
    "effect_groups": {"type": "array", "maxItems": 50, "items": _text(250)},
    "is_monetary": _FLAG,
    "annual_benefit": _MONEY,
    "benefit_calculation": _text(2000),
    "benefit_confirmed_by": _text(250),
    "benefit_confirmed_on": _DATE,
    "recognition_level": _text(100),
    "recognition_decision": _text(50),
    "recognised_on": _DATE,
    "is_ip_protected": _FLAG,
    "authors": {
        "type": "array",
        "maxItems": 50,
        "items": {
            "type": "object",
            "required": ["name"],
            "properties": _AUTHOR,
            "additionalProperties": False,
        },
    },
    "group": _text(60),
    "awards": {
        "type": "array",
        "maxItems": 20,
        "items": {
            "type": "object",
            "required": ["form"],
            "properties": _AWARD,
            "additionalProperties": False,
        },
    },
}


def schema(kind: str, version: int) -> dict[str, Any] | None:
    """JSON Schema of a document; members may be null, which is the same as missing."""
    if kind != "initiative" or version not in VERSIONS:
        return None
    hidden = sorted(set(PROPERTIES) - SECRET_FIELDS)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"initiative/{version}",
        "type": "object",
        "required": ["title", "effect_summary", "programme"],
        "additionalProperties": False,
        "properties": PROPERTIES,
        "if": {"required": ["is_secret"], "properties": {"is_secret": {"const": True}}},
        "then": {"properties": {name: {"enum": [None, "", []]} for name in hidden}},
    }


_RULES: tuple[tuple[str, str, str, str], ...] = (
    ("E001", "/data", "error", "Cổng không nhận mục này."),
    ("E002", "/data", "error", "Sáng kiến bí mật không được gửi mục này."),
    ("E003", "/data_hash", "error", "Mã băm không khớp với nội dung."),
    ("E004", "/data", "error", "Sai kiểu dữ liệu."),
    ("E005", "/data", "error", "Nội dung dài quá giới hạn."),
    ("E007", "/data/annual_benefit", "error", "Số tiền ngoài giới hạn."),
    ("E008", "/data/first_applied_on", "error", "Không phải ngày có thật."),
    ("E009", "/schema_version", "error", "Cổng không nhận phiên bản dữ liệu này."),
    ("E010", "/op", "error", "Cổng không biết thao tác này."),
    ("E011", "/data", "error", "Có ký tự không lưu được."),
    ("E012", "/data", "error", "Nội dung quá lớn."),
    ("E013", "/attachments", "error", "Quá nhiều tệp đính kèm."),
    ("E014", "/attachments", "error", "Tệp quá lớn."),
    ("E101", "/data/first_applied_on", "error", "Ngày áp dụng ngoài thời gian chương trình."),
    ("E102", "/data/first_applied_on", "error", "Ngày áp dụng còn ở phía trước."),
    ("E104", "/data/recognition_level", "error", "Chưa được cấp nào công nhận."),
    ("E105", "/data/is_ip_protected", "error", "Giải pháp đang được bảo hộ sở hữu trí tuệ."),
    ("E106", "/data/authors", "error", "Tổng tỷ lệ đóng góp cần đúng 100%."),
    ("E107", "/data/authors", "error", "Chỉ được một tác giả chính."),
    ("E108", "/data/group", "error", "Tổ này không thuộc đơn vị gửi."),
    ("E109", "/data/programme", "error", "Cổng không có chương trình này."),
    ("E110", "/data/title", "error", "Tên sáng kiến cần ít nhất 10 ký tự."),
    ("E111", "/data", "error", "Chưa ghi mục bắt buộc."),
    ("E113", "/data/programme", "error", "Chương trình đã đóng nhập."),
    ("W012", "/data/annual_benefit", "warning", "Giá trị làm lợi rất lớn, Cổng sẽ hỏi lại."),
    ("W020", "/data/title", "warning", "Giống hệt một sáng kiến đã có của đơn vị."),
)


def pack(version: int) -> dict[str, Any] | None:
    """The rule pack of a schema version."""
    if version not in VERSIONS:
        return None
    return {
        "version": version,
        "kind": "initiative",
        "rules": [
            {"code": code, "pointer": pointer, "severity": severity, "params": {}, "message": {"vi": text}}
            for code, pointer, severity, text in _RULES
        ],
    }
