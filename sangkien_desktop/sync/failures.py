"""What can go wrong between the station and the portal, as a table: each outcome with its sentence and next step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, StrEnum, auto
from types import MappingProxyType

from sangkien_desktop.errors import AppError

RETRY_AFTER_CAP_S = 3600
"""A portal that asks for more is asked again after an hour."""


class Reach(Enum):
    """How far a failure reaches, and so what the cycle does next."""

    CYCLE = auto()  # nothing will get through now: stop, try again by the schedule
    BATCH = auto()  # this request only: split it or send it again
    PERSON = auto()  # stop until a person acts; nothing is lost


class Failure(StrEnum):
    """Every way an exchange can fail; the value is the stable code for `--json`, log and tests."""

    OFFLINE = "offline"
    NAME_UNKNOWN = "name_unknown"
    CUT = "cut"
    STALLED = "stalled"
    CAPTIVE = "captive_portal"
    TLS_UNTRUSTED = "tls_untrusted"
    TLS_CLOCK = "tls_clock"
    TLS_NAME = "tls_name"
    TLS = "tls_failed"
    PROXY_AUTH = "proxy_auth"
    PROXY = "proxy_failed"
    PROXY_PASSWORD = "proxy_password_letters"
    NOT_A_PORTAL = "not_a_portal"
    WRONG_PORTAL = "wrong_portal"
    BAD_ADDRESS = "bad_address"
    BAD_ANSWER = "bad_answer"
    AUTH_REQUIRED = "auth_required"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    IN_PROGRESS = "in_progress"
    EXPIRED = "expired"
    TOO_LARGE = "too_large"
    KEY_REUSED = "key_reused"
    UNSUPPORTED_MEDIA = "unsupported_media"
    CLIENT_TOO_OLD = "client_too_old"
    RATE_LIMITED = "rate_limited"
    MAINTENANCE = "maintenance"
    SERVER = "server_error"
    MALFORMED = "malformed"
    CLOSED = "closed"
    OFFSET = "offset_mismatch"
    CHECKSUM = "digest_mismatch"
    LOCKED = "locked"


@dataclass(frozen=True)
class Said:
    """What the officer is told, and how far the failure reaches."""

    sentence: str
    hint: str
    reach: Reach = Reach.CYCLE


_KEPT = "Dữ liệu vẫn nằm trên máy này; máy tự gửi lại khi có mạng."

SAID: Mapping[Failure, Said] = MappingProxyType(
    {
        Failure.OFFLINE: Said("Chưa tới được Cổng.", _KEPT),
        Failure.NAME_UNKNOWN: Said("Máy không tìm thấy địa chỉ của Cổng trên mạng.", _KEPT),
        Failure.CUT: Said("Đường truyền bị ngắt giữa chừng.", _KEPT),
        Failure.STALLED: Said("Cổng không trả lời trong 30 giây.", _KEPT),
        Failure.CAPTIVE: Said(
            "Mạng này đòi đăng nhập trước khi vào Internet.",
            "Mở trình duyệt, đăng nhập mạng, rồi bấm “Đồng bộ”. Dữ liệu vẫn nằm trên máy này.",
        ),
        Failure.TLS_UNTRUSTED: Said(
            "Máy không tin chứng chỉ mà mạng này đưa ra thay cho Cổng.",
            "Nhờ bộ phận IT cài chứng chỉ gốc của nhà máy vào Windows. Máy không gửi gì qua đường truyền này.",
        ),
        Failure.TLS_CLOCK: Said(
            "Chứng chỉ của Cổng không hợp với ngày giờ của máy này.",
            "Xem lại ngày giờ của máy; nếu đúng rồi thì báo người quản lý Cổng.",
        ),
        Failure.TLS_NAME: Said(
            "Máy chủ trả lời không phải là Cổng (chứng chỉ mang tên khác).",
            "Xem lại địa chỉ Cổng trong Cài đặt → Mạng và Cổng.",
        ),
        Failure.TLS: Said(
            "Không lập được đường truyền an toàn tới Cổng.",
            "Nhờ bộ phận IT xem máy có bị chặn HTTPS tới địa chỉ của Cổng không.",
        ),
        Failure.PROXY_AUTH: Said(
            "Máy chủ trung gian (proxy) của nhà máy đòi tên và mật khẩu.",
            "Điền ở Cài đặt → Mạng và Cổng. Gõ sai nhiều lần có thể bị khóa tài khoản, nên máy không tự thử lại.",
            Reach.PERSON,
        ),
        Failure.PROXY: Said(
            "Máy chủ trung gian (proxy) không nối được tới Cổng.",
            "Xem lại địa chỉ proxy trong Cài đặt → Mạng và Cổng, hoặc hỏi bộ phận IT.",
        ),
        Failure.PROXY_PASSWORD: Said(
            "Mật khẩu proxy có chữ mà cách đăng nhập này không chuyển được (chữ có dấu).",
            "Nhờ bộ phận IT đặt mật khẩu chỉ gồm chữ không dấu, chữ số và ký hiệu thường.",
            Reach.PERSON,
        ),
        Failure.NOT_A_PORTAL: Said(
            "Địa chỉ này có trả lời nhưng không phải Cổng sáng kiến.",
            "Xem lại địa chỉ Cổng trong Cài đặt → Mạng và Cổng.",
        ),
        Failure.WRONG_PORTAL: Said(
            "Địa chỉ này nay dẫn tới một Cổng khác với Cổng mà trạm đã đăng ký.",
            "Máy dừng gửi để tránh nhầm. Hỏi bàn hỗ trợ; nếu Cổng thật sự đã thay, đăng nhập lại để đăng ký Cổng mới.",
            Reach.PERSON,
        ),
        Failure.BAD_ADDRESS: Said(
            "Địa chỉ Cổng không dùng được.",
            "Địa chỉ phải bắt đầu bằng https://, ví dụ https://cong.example.vn.",
            Reach.PERSON,
        ),
        Failure.BAD_ANSWER: Said("Câu trả lời nhận được bị hỏng, máy không dùng.", _KEPT),
        Failure.AUTH_REQUIRED: Said(
            "Phiên đăng nhập Cổng đã hết.",
            "Đăng nhập lại; những gì chờ gửi vẫn giữ nguyên.",
            Reach.PERSON,
        ),
        Failure.FORBIDDEN: Said(
            "Tài khoản này không có quyền gửi cho đơn vị.",
            "Báo công đoàn cấp trên cấp quyền. Dữ liệu vẫn nằm trên máy này và vẫn xuất ra tệp được.",
            Reach.PERSON,
        ),
        Failure.NOT_FOUND: Said(
            "Cổng không có mục được hỏi.",
            "Nếu lỗi lặp lại: địa chỉ Cổng sai hoặc Cổng là bản quá cũ; xem Cài đặt → Mạng và Cổng.",
            Reach.BATCH,
        ),
        Failure.IN_PROGRESS: Said("Cổng còn đang xử lý lần gửi trước.", "Máy sẽ tự hỏi lại.", Reach.BATCH),
        Failure.EXPIRED: Said("Mốc đồng bộ đã quá cũ.", "Máy sẽ tải lại toàn bộ từ Cổng.", Reach.BATCH),
        Failure.TOO_LARGE: Said("Lần gửi này lớn quá mức Cổng nhận.", "Máy sẽ tự chia nhỏ.", Reach.BATCH),
        Failure.KEY_REUSED: Said(
            "Cổng đã dùng mã lô này cho nội dung khác.", "Máy sẽ tự gửi lại bằng lô mới.", Reach.BATCH
        ),
        Failure.UNSUPPORTED_MEDIA: Said(
            "Cổng không nhận kiểu nén này.", "Máy sẽ tự gửi lại không nén.", Reach.BATCH
        ),
        Failure.CLIENT_TOO_OLD: Said(
            "Chương trình trên máy này quá cũ để gửi lên Cổng.",
            "Cập nhật chương trình. Trong lúc chờ, vẫn nhập liệu và xuất ra tệp được.",
            Reach.PERSON,
        ),
        Failure.RATE_LIMITED: Said("Cổng đang đông, hẹn gửi lại sau.", _KEPT),
        Failure.MAINTENANCE: Said("Cổng đang bảo trì.", _KEPT),
        Failure.SERVER: Said("Cổng gặp lỗi khi nhận.", _KEPT, Reach.BATCH),
        Failure.MALFORMED: Said(
            "Cổng không hiểu yêu cầu của chương trình.",
            "Cập nhật chương trình; nếu vẫn vậy, gửi gói hỗ trợ cho bàn hỗ trợ.",
            Reach.BATCH,
        ),
        Failure.CLOSED: Said(
            "Chương trình đã đóng nhập trên Cổng.",
            "Hỏi công đoàn cấp trên; dữ liệu vẫn nằm trên máy này.",
            Reach.PERSON,
        ),
        Failure.OFFSET: Said("Cổng giữ tệp tới chỗ khác.", "Máy sẽ tự gửi tiếp từ chỗ đó.", Reach.BATCH),
        Failure.CHECKSUM: Said("Phần tệp vừa gửi bị hỏng dọc đường.", "Máy sẽ tự gửi lại.", Reach.BATCH),
        Failure.LOCKED: Said("Máy khác đang gửi tệp này.", "Máy sẽ tự thử lại.", Reach.BATCH),
    }
)

_BY_STATUS: Mapping[int, Failure] = MappingProxyType(
    {
        400: Failure.MALFORMED,
        401: Failure.AUTH_REQUIRED,
        403: Failure.FORBIDDEN,
        404: Failure.NOT_FOUND,
        405: Failure.NOT_FOUND,
        407: Failure.PROXY_AUTH,
        408: Failure.STALLED,
        409: Failure.IN_PROGRESS,
        410: Failure.EXPIRED,
        412: Failure.MALFORMED,
        413: Failure.TOO_LARGE,
        415: Failure.UNSUPPORTED_MEDIA,
        422: Failure.KEY_REUSED,
        423: Failure.LOCKED,
        425: Failure.RATE_LIMITED,
        426: Failure.CLIENT_TOO_OLD,
        429: Failure.RATE_LIMITED,
        460: Failure.CHECKSUM,
        503: Failure.MAINTENANCE,
        511: Failure.CAPTIVE,
    }
)


def of_status(status: int, code: str = "") -> Failure:
    """The failure that an HTTP status (and the problem's own code, where it says more) means."""
    if code == "offset-mismatch":
        return Failure.OFFSET
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if 300 <= status < 400:
        return Failure.CAPTIVE
    return Failure.SERVER if status >= 500 else Failure.MALFORMED


class PortalFailure(AppError):
    """An exchange that did not bring what was asked; nothing on the station was lost by it."""

    def __init__(
        self,
        failure: Failure,
        *,
        status: int | None = None,
        retry_after_s: float | None = None,
        problem: str = "",
        trace_id: str = "",
    ) -> None:
        """`problem` is the portal's own code of the problem, `status` the HTTP status where there was one."""
        said = SAID[failure]
        super().__init__(said.sentence, hint=said.hint, code=str(failure))
        self.failure = failure
        self.reach = said.reach
        self.status = status
        self.retry_after_s = retry_after_s
        self.problem = problem
        self.trace_id = trace_id


def retry_after_s(raw: str | None, *, now: datetime) -> float | None:
    """Seconds to wait by a `Retry-After` header (seconds or a date), within 0 and an hour; None when it says
    nothing usable."""
    if raw is None:
        return None
    text = raw.strip()
    try:
        wait = float(text) if text.isdigit() else (_instant(text) - now).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, 0.0), RETRY_AFTER_CAP_S)


def _instant(text: str) -> datetime:
    found = parsedate_to_datetime(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
