"""Refusals as RFC 9457 problem documents, each with what the client may do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

TYPE_BASE = "https://sangkien.example/problems/"
RetryClass = Literal["never", "after_fix", "after_auth", "after_update", "later", "now"]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One type of problem: status, Vietnamese title, retry class."""

    status: int
    title: str
    retry: RetryClass


KINDS: Mapping[str, Kind] = {
    "malformed": Kind(status=400, title="Yêu cầu không đúng khuôn dạng.", retry="never"),
    "token-invalid": Kind(status=401, title="Cần đăng nhập lại.", retry="after_auth"),
    "token-expired": Kind(status=401, title="Phiên đăng nhập đã hết hạn.", retry="after_auth"),
    "forbidden-unit": Kind(status=403, title="Tài khoản không có quyền với đơn vị này.", retry="never"),
    "forbidden-scope": Kind(status=403, title="Tài khoản không có quyền làm việc này.", retry="never"),
    "account-disabled": Kind(status=403, title="Tài khoản đã bị khóa.", retry="never"),
    "not-found": Kind(status=404, title="Không có.", retry="never"),
    "method-not-allowed": Kind(status=405, title="Địa chỉ này không nhận cách gọi đó.", retry="never"),
    "in-progress": Kind(status=409, title="Đang xử lý yêu cầu này.", retry="later"),
    "offset-mismatch": Kind(status=409, title="Vị trí tải lên không khớp.", retry="now"),
    "batch-expired": Kind(status=410, title="Chi tiết của lô đã hết hạn lưu.", retry="never"),
    "cursor-expired": Kind(status=410, title="Mốc đồng bộ đã quá cũ.", retry="now"),
    "upload-expired": Kind(status=410, title="Lượt tải lên đã hết hạn.", retry="now"),
    "precondition": Kind(status=412, title="Phiên bản không khớp.", retry="after_fix"),
    "too-large": Kind(status=413, title="Dữ liệu quá lớn.", retry="after_fix"),
    "unsupported-media": Kind(status=415, title="Không nhận kiểu dữ liệu này.", retry="never"),
    "key-reused": Kind(status=422, title="Mã lô này đã dùng cho nội dung khác.", retry="never"),
    "key-mismatch": Kind(status=422, title="Idempotency-Key phải là batch_id.", retry="never"),
    "attachment-refused": Kind(status=422, title="Không nhận tệp này.", retry="after_fix"),
    "locked": Kind(status=423, title="Máy khác đang tải tệp này lên.", retry="later"),
    "client-too-old": Kind(status=426, title="Phần mềm quá cũ để gửi.", retry="after_update"),
    "rate-limited": Kind(status=429, title="Gửi quá nhanh.", retry="later"),
    "digest-mismatch": Kind(status=460, title="Nội dung tải lên bị sai lệch.", retry="now"),
    "server-error": Kind(status=500, title="Cổng gặp lỗi.", retry="later"),
    "maintenance": Kind(status=503, title="Cổng đang bảo trì.", retry="later"),
    "unavailable": Kind(status=503, title="Cổng đang bận.", retry="later"),
    # Of single items only:
    "validation": Kind(status=422, title="Nội dung chưa hợp lệ.", retry="after_fix"),
    "op-id-reuse": Kind(status=422, title="Mã thao tác đã dùng cho nội dung khác.", retry="after_fix"),
    "duplicate": Kind(status=422, title="Trùng với sáng kiến đã có.", retry="after_fix"),
    "record-unknown": Kind(status=404, title="Cổng không có sáng kiến này.", retry="after_fix"),
}


@dataclass(frozen=True)
class Fault:
    """One thing wrong at one place: JSON pointer, catalogued code, parameters, sentence."""

    pointer: str
    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The member of `errors` or `warnings`."""
        return {
            "pointer": self.pointer,
            "code": self.code,
            "params": dict(self.params),
            "message": {"vi": self.message},
        }


class Problem(Exception):
    """A refused request. `kind` is a key of KINDS."""

    def __init__(
        self,
        kind: str,
        detail: str = "",
        *,
        after_s: int | None = None,
        errors: tuple[Fault, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail
        self.after_s = after_s
        self.errors = errors
        self.headers = dict(headers or {})
        if after_s is not None:
            self.headers["Retry-After"] = str(after_s)
        if self.status == 401:
            self.headers["WWW-Authenticate"] = 'Bearer realm="sangkien"'

    @property
    def status(self) -> int:
        """HTTP status."""
        return KINDS[self.kind].status

    def document(self, trace_id: str) -> dict[str, Any]:
        """The problem document of a whole request."""
        return problem_document(self.kind, self.detail, self.after_s, self.errors) | {"trace_id": trace_id}


def problem_document(
    kind: str, detail: str = "", after_s: int | None = None, errors: tuple[Fault, ...] = ()
) -> dict[str, Any]:
    """The problem document of an item, or of a request without its trace."""
    known = KINDS[kind]
    retry: dict[str, Any] = {"class": known.retry}
    if after_s is not None:
        retry["after_s"] = after_s
    document: dict[str, Any] = {
        "type": TYPE_BASE + kind,
        "title": known.title,
        "status": known.status,
        "code": kind,
        "retry": retry,
    }
    if detail:
        document["detail"] = detail
    if errors:
        document["errors"] = [fault.as_json() for fault in errors]
    return document
