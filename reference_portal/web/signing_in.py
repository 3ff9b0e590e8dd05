"""Pages for signing in: by password here, for a station in the browser (PKCE), for a station by its code."""

from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from reference_portal.access import SCOPES, Portal, PortalDep
from reference_portal.tables import AccountRow
from reference_portal.tokens import TokenDesk, check_password, normal_user_code
from reference_portal.web.pages import (
    COOKIE,
    POLICY,
    SESSION_S,
    MaybeVisitor,
    PageRefused,
    ProvenVisitor,
    Visitor,
    VisitorDep,
    cookie_for,
    go,
    local_address,
    page,
)

router = APIRouter()
stations = APIRouter()
LOOPBACK = ("127.0.0.1", "localhost", "::1")
GUESSES_PER_MINUTE = 30
Short = Annotated[str, Form(max_length=300)]


@router.get("/sign-in")
def sign_in_page(request: Request, who: MaybeVisitor, next: str = "/") -> Response:
    """The form; whoever is signed in goes on."""
    if who is not None:
        return go(local_address(next))
    return page(request, "sign_in.html", next=local_address(next))


@router.post("/sign-in")
def sign_in(
    request: Request,
    portal: PortalDep,
    account: Short,
    password: Short,
    next: Short = "/",
) -> Response:
    """Check name and password; the cookie lasts a working day."""
    name = f"page:{request.client.host if request.client else ''}"
    wait_s = portal.pace.wait_s(name, GUESSES_PER_MINUTE)
    if wait_s:
        raise PageRefused(429, "Thử quá nhiều lần", f"Đợi {wait_s} giây rồi thử lại.")
    with portal.database.read() as session:
        row = session.get(AccountRow, account) if "\x00" not in account else None
        is_right = check_password(row, password)
    if not is_right:
        text = "Tên hoặc mật khẩu không đúng. Kiểm tra bộ gõ rồi thử lại."
        return page(request, "sign_in.html", 403, next=local_address(next), account=account, error=text)
    answer = go(local_address(next))
    is_secure = request.url.scheme == "https"
    answer.set_cookie(
        COOKIE,
        cookie_for(portal, account),
        max_age=SESSION_S,
        httponly=True,
        samesite="lax",
        secure=is_secure,
    )
    return answer


@router.post("/sign-out")
def sign_out(who: ProvenVisitor) -> Response:
    """Forget the cookie."""
    answer = go("/")
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/device")
def device_page(request: Request, who: VisitorDep, user_code: str = "") -> Response:
    """Where an officer lets a station in by the code it shows."""
    code = normal_user_code(user_code) if user_code else ""
    return page(request, "device.html", who=who, user_code=code)


@router.post("/device")
def decide_device(
    request: Request, portal: PortalDep, who: ProvenVisitor, user_code: Short, decision: Short
) -> Response:
    """Approve or deny the code."""
    is_yes = decision == "approve"
    with portal.database.write() as session:
        desk = TokenDesk(session, portal.settings)
        done = desk.decide_device(user_code[:20], who.caller.account_id, approved=is_yes)
    if not done:
        error = "Không có mã này đang chờ. Mã chỉ dùng được 15 phút; hãy xem lại trên máy trạm."
        return page(request, "device.html", 404, who=who, user_code=user_code[:20], error=error)
    title = "Đã cho máy trạm đăng nhập" if is_yes else "Đã từ chối"
    text = (
        "Quay lại máy trạm; máy tự đăng nhập trong vài giây." if is_yes else "Máy trạm không được đăng nhập."
    )
    return page(request, "message.html", who=who, title=title, text=text)


class Asked(BaseModel):
    """An authorization request (RFC 6749 §4.1.1 with PKCE); the challenge is a must."""

    response_type: Annotated[str, Field(max_length=20)] = ""
    client_id: Annotated[str, Field(max_length=60)] = ""
    redirect_uri: Annotated[str, Field(max_length=300)] = ""
    state: Annotated[str, Field(max_length=300)] = ""
    scope: Annotated[str, Field(max_length=300)] = ""
    code_challenge: Annotated[str, Field(max_length=128)] = ""
    code_challenge_method: Annotated[str, Field(max_length=10)] = ""


def check_asked(asked: Asked) -> None:
    """Refuse on a page what must never be answered by a redirect: a place that is not this computer."""
    address = urlsplit(asked.redirect_uri)
    is_loopback = address.scheme == "http" and address.hostname in LOOPBACK and address.username is None
    if not is_loopback:
        raise PageRefused(400, "Địa chỉ trả về không hợp lệ", "Chỉ trả về chương trình trên chính máy này.")
    has_proof = asked.code_challenge_method == "S256" and len(asked.code_challenge) == 43
    if asked.response_type != "code" or not has_proof:
        raise PageRefused(400, "Yêu cầu đăng nhập không hợp lệ", "Hãy bắt đầu lại từ chương trình.")


@stations.get("/oauth/authorize")
def authorize_page(
    request: Request, portal: PortalDep, who: VisitorDep, asked: Annotated[Asked, Query()]
) -> Response:
    """Ask whether the station may sign in as the visitor."""
    check_asked(asked)
    sealed = portal.signer.seal(["asked", asked.model_dump()])
    answer = page(request, "authorize.html", who=who, asked=sealed)
    # The browser applies this to the redirect that follows the form, too.
    allowed = " ".join(f"http://{host}:*" for host in ("127.0.0.1", "localhost"))
    answer.headers["Content-Security-Policy"] = f"{POLICY} {allowed}"
    return answer


@stations.post("/oauth/authorize")
def authorize(
    portal: PortalDep, who: ProvenVisitor, asked: Annotated[str, Form(max_length=3000)], decision: Short
) -> Response:
    """Send the station its code, or the refusal. `asked` is the request as our own page sealed it."""
    opened = portal.signer.open(asked)
    if not isinstance(opened, list) or opened[0] != "asked":
        raise PageRefused(400, "Yêu cầu đăng nhập không hợp lệ", "Hãy bắt đầu lại từ chương trình.")
    request = Asked.model_validate(opened[1])
    told = {"error": "access_denied"}
    if decision == "approve":
        told = {"code": _new_code(portal, who, request)}
    if request.state:
        told["state"] = request.state
    joint = "&" if urlsplit(request.redirect_uri).query else "?"
    return go(f"{request.redirect_uri}{joint}{urlencode(told)}")


def _new_code(portal: Portal, who: Visitor, asked: Asked) -> str:
    scopes = " ".join(name for name in asked.scope.split() if name in SCOPES) or " ".join(SCOPES)
    with portal.database.write() as session:
        desk = TokenDesk(session, portal.settings)
        account_id = who.caller.account_id
        return desk.begin_code(account_id, asked.client_id, asked.redirect_uri, asked.code_challenge, scopes)
