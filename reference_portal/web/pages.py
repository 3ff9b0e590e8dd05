"""What every page shares: templates, headers, the signed-in visitor and the proof against forged forms."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from fastapi import Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from reference_portal.access import Caller, Portal, PortalDep, caller_of
from reference_portal.documents import PARTIAL_DATE
from reference_portal.tables import AccountRow

FOLDER = Path(__file__).resolve().parent
COOKIE = "sk_session"
SESSION_S = 8 * 3600
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
STATUS_WORDS = {
    "received": "Cổng đã nhận",
    "valid": "Hợp lệ",
    "returned": "Cổng trả lại",
    "withdrawn": "Đã rút",
    "erased": "Đã xóa dữ liệu",
}
VIETNAM = timezone(timedelta(hours=7))
PERIOD_WORDS = {"whole": "Cả chương trình", "gd-1": "Giai đoạn 1", "gd-2": "Giai đoạn 2"}
templates = Jinja2Templates(FOLDER / "templates")


def grouped(value: Any) -> str:
    """A whole number as Vietnamese people write it: 1.234.567."""
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else ""


def percent(value: Any) -> str:
    """A percentage with one decimal and a comma."""
    return f"{value:.1f} %".replace(".", ",")


def moment(stamp: str) -> str:
    """A time of the portal as a clock in Vietnam shows it: 21:42, 28/05/2026."""
    at = datetime.fromisoformat(stamp).astimezone(VIETNAM)
    return f"{at:%H:%M, %d/%m/%Y}"


def fact(value: Any) -> str:
    """A field of a document as people read it: days in Vietnamese order, money in groups of three."""
    if isinstance(value, str) and PARTIAL_DATE.match(value):
        return "/".join(reversed(value.split("-")))
    return grouped(value) if isinstance(value, int) else str(value)


def period_words(period: str) -> str:
    """A quota's period: a stage, a quarter, or all."""
    year, _, quarter = period.partition("-Q")
    if quarter:
        return f"Quý {quarter}/{year}"
    return PERIOD_WORDS.get(period, period)


templates.env.filters |= {
    "grouped": grouped,
    "percent": percent,
    "moment": moment,
    "fact": fact,
    "period_words": period_words,
}
templates.env.globals |= {"status_words": STATUS_WORDS}


class SignInNeeded(Exception):
    """Nobody is signed in, or not for long enough; go to the sign-in page and come back."""


class PageRefused(Exception):
    """A sentence for a person, with the status of the page it stands on."""

    def __init__(self, status: int, title: str, text: str) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.text = text


@dataclass(frozen=True)
class Visitor:
    """Who looks at a page, and the proof their forms must carry."""

    caller: Caller
    proof: str


def cookie_for(portal: Portal, account_id: str) -> str:
    """The sealed text of a session."""
    return portal.signer.seal(["session", account_id, int(portal.settings.now()) + SESSION_S])


def visitor_or_none(request: Request, portal: PortalDep) -> Visitor | None:
    """The visitor of the cookie; None when there is none."""
    cookie = request.cookies.get(COOKIE, "")
    opened = portal.signer.open(cookie)
    if not isinstance(opened, list) or opened[0] != "session" or opened[2] <= portal.settings.now():
        return None
    with portal.database.read() as session:
        account = session.get(AccountRow, opened[1])
        if account is None or not account.is_active:
            return None
        caller = caller_of(session, account, account.scopes)
    return Visitor(caller, portal.signer.seal(["form", *opened[1:]]))


def visitor(found: Annotated[Visitor | None, Depends(visitor_or_none)]) -> Visitor:
    """The visitor; SignInNeeded without one."""
    if found is None:
        raise SignInNeeded
    return found


VisitorDep = Annotated[Visitor, Depends(visitor)]
MaybeVisitor = Annotated[Visitor | None, Depends(visitor_or_none)]


def proven(who: VisitorDep, proof: Annotated[str, Form(max_length=400)] = "") -> Visitor:
    """The visitor whose own page sent this form."""
    if proof != who.proof:
        raise PageRefused(403, "Biểu mẫu đã cũ", "Hãy mở lại trang rồi làm lại.")
    return who


ProvenVisitor = Annotated[Visitor, Depends(proven)]


def reviewer(who: VisitorDep) -> Visitor:
    """A visitor who may judge."""
    if who.caller.role != "reviewer":
        raise PageRefused(403, "Không có quyền", "Trang này dành cho bộ phận xét duyệt.")
    return who


def proven_reviewer(who: Annotated[Visitor, Depends(proven)]) -> Visitor:
    """A visitor who may judge, by a form of their own page."""
    return reviewer(who)


ReviewerDep = Annotated[Visitor, Depends(reviewer)]
ProvenReviewer = Annotated[Visitor, Depends(proven_reviewer)]


def page(request: Request, name: str, http_status: int = 200, **values: Any) -> Response:
    """A page that no other site may frame and that runs no script."""
    answer = templates.TemplateResponse(request, name, values, http_status)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def go(address: str) -> RedirectResponse:
    """On to another address, by GET."""
    return RedirectResponse(address, 303)


def sign_in_address(request: Request) -> str:
    """The sign-in page that leads back here."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"/sign-in?next={quote(here, safe='')}"


def local_address(text: str) -> str:
    """The address if it stays on this portal, else the front page."""
    parts = urlsplit(text)
    is_local = not parts.scheme and not parts.netloc and text.startswith("/") and "\\" not in text
    return text if is_local and not text.startswith("//") else "/"
