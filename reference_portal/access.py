"""Who is asking and what they may see; every route begins here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Session

from reference_portal import tokens
from reference_portal.database import Database
from reference_portal.pace import Pace
from reference_portal.problems import Problem
from reference_portal.settings import PortalSettings
from reference_portal.signing import Signer
from reference_portal.tables import AccountRow, TokenRow, UnitRow

SCOPES = ("initiative.write", "initiative.read.unit", "quota.read", "ranking.read", "desk.relay")
bearer = HTTPBearer(auto_error=False, description="Access token of /oauth/token")


@dataclass(frozen=True)
class Portal:
    """The parts that routes need."""

    settings: PortalSettings
    database: Database
    signer: Signer
    pace: Pace


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who is signed in; `path` is the subtree this account may see."""

    account_id: str
    name: str
    role: str
    unit_id: str
    path: str
    scopes: frozenset[str]
    acting_for: tuple[str, ...]


def portal_of(request: Request) -> Portal:
    """The parts of this application."""
    return cast(Portal, request.app.state.portal)


PortalDep = Annotated[Portal, Depends(portal_of)]


def caller_of(session: Session, account: AccountRow, scopes: str) -> Caller:
    """The caller that an account is, with these scopes."""
    unit = session.get_one(UnitRow, account.unit_id)
    return Caller(
        account_id=account.account_id,
        name=account.name,
        role=account.role,
        unit_id=account.unit_id,
        path=unit.path,
        scopes=frozenset(scopes.split()),
        acting_for=tuple(account.acting_for.split()),
    )


def authenticated(
    portal: PortalDep, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]
) -> Caller:
    """The account of the access token; 401 says whether renewing can help."""
    if credentials is None:
        raise Problem("token-invalid")
    with portal.database.read() as session:
        row = session.get(TokenRow, tokens.hash_of(credentials.credentials))
        if row is None or row.kind != "access":
            raise Problem("token-invalid")
        if row.expires_at <= portal.settings.now():
            raise Problem("token-expired")
        account = session.get_one(AccountRow, row.account_id)
        if not account.is_active:
            raise Problem("account-disabled")
        caller = caller_of(session, account, row.scopes)
    wait_s = portal.pace.wait_s(caller.account_id, portal.settings.limits.requests_per_minute)
    if wait_s:
        raise Problem("rate-limited", after_s=wait_s)
    return caller


CallerDep = Annotated[Caller, Depends(authenticated)]


def needs(scope: str) -> Any:
    """A dependency that gives the caller when the token carries the scope."""

    def allowed(caller: CallerDep) -> Caller:
        if scope not in caller.scopes:
            raise Problem("forbidden-scope")
        return caller

    dependency: Callable[[Caller], Caller] = allowed
    return Depends(dependency)


Writer = Annotated[Caller, needs("initiative.write")]
Reader = Annotated[Caller, needs("initiative.read.unit")]
QuotaReader = Annotated[Caller, needs("quota.read")]
RankingReader = Annotated[Caller, needs("ranking.read")]
