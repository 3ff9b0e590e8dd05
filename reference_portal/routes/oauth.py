"""Signing in without a page: device codes, tokens, renewal, signing out."""

from typing import Annotated

from fastapi import APIRouter, Form, Header, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, StringConstraints

from reference_portal.access import SCOPES, CallerDep, Portal, PortalDep
from reference_portal.contract import PROBLEM
from reference_portal.problems import Problem
from reference_portal.routes.answers import SIGNED_IN, problems
from reference_portal.routes.meta import issuer_of
from reference_portal.tables import UnitRow
from reference_portal.tokens import Issued, Refused, TokenDesk
from reference_portal.wire_portal import DeviceOut, MeOut, OAuthError, TokenOut, UnitOut

router = APIRouter(tags=["sign-in"])
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
GUESSES_PER_MINUTE = 60
StationId = Annotated[str, Header(alias="Sk-Station-Id", max_length=60)]
Field = Annotated[str, StringConstraints(max_length=512)]
Needed = Annotated[str, StringConstraints(min_length=1, max_length=512)]
OAUTH_ERROR = {
    "model": OAuthError,
    "description": "RFC 6749 error",
    "content": {"application/problem+json": {"schema": {"$ref": PROBLEM}}},
}


def _refusal(refused: Refused) -> Response:
    error = {"error": refused.error, "error_description": refused.description}
    return JSONResponse(error, status_code=400)


def _slow_down_guessing(portal: Portal, request: Request, limit: int) -> None:
    name = f"guess:{request.client.host if request.client else ''}"
    wait_s = portal.pace.wait_s(name, limit)
    if wait_s:
        raise Problem("rate-limited", after_s=wait_s)


@router.post(
    "/oauth/device_authorization",
    responses=problems(429) | {400: OAUTH_ERROR},
    operation_id="beginDevice",
    response_model=DeviceOut,
)
def begin_device(
    request: Request,
    portal: PortalDep,
    client_id: Annotated[Field, Form()] = "sangkien-desktop",
    scope: Annotated[Field, Form()] = "",
    station: StationId = "",
) -> DeviceOut:
    """RFC 8628, 3.1. The officer approves the code on any device."""
    _slow_down_guessing(portal, request, GUESSES_PER_MINUTE * 10)
    scopes = " ".join(name for name in scope.split() if name in SCOPES) or " ".join(SCOPES)
    pending = portal.database.attempt(
        lambda session: TokenDesk(session, portal.settings).begin_device(station, scopes)
    )
    page = issuer_of(request, portal).removesuffix("/api/v1") + "/device"
    return DeviceOut(
        device_code=pending.device_code,
        user_code=pending.user_code,
        verification_uri=page,
        verification_uri_complete=f"{page}?user_code={pending.user_code}",
        expires_in=pending.expires_in,
        interval=pending.interval,
    )


class TokenForm(BaseModel):
    """The fields of every grant; which are needed depends on `grant_type`."""

    grant_type: Needed
    device_code: Field = ""
    refresh_token: Field = ""
    code: Field = ""
    redirect_uri: Field = ""
    code_verifier: Field = ""
    username: Field = ""
    password: Field = ""
    scope: Field = ""
    client_id: Field = ""


def _grant(desk: TokenDesk, form: TokenForm, station: str, *, by_password: bool) -> Issued | Refused:
    if form.grant_type == DEVICE_GRANT:
        return desk.take_device(form.device_code, station)
    if form.grant_type == "refresh_token":
        return desk.renew(form.refresh_token, station)
    if form.grant_type == "authorization_code":
        return desk.take_code(form.code, form.redirect_uri, form.code_verifier, station)
    if form.grant_type == "password" and by_password:
        return desk.take_password(form.username, form.password, station, form.scope or " ".join(SCOPES))
    return Refused("unsupported_grant_type", "Cổng không nhận cách đăng nhập này.")


@router.post(
    "/oauth/token",
    responses=problems(429) | {400: OAUTH_ERROR},
    operation_id="takeToken",
    response_model=TokenOut,
)
def take_token(
    request: Request, portal: PortalDep, form: Annotated[TokenForm, Form()], station: StationId = ""
) -> Response:
    """RFC 6749, 8628 and 7636; refresh tokens rotate and are bound to the station of Sk-Station-Id."""
    limit = 0 if portal.settings.demo else GUESSES_PER_MINUTE * 20
    _slow_down_guessing(portal, request, limit)
    by_password = portal.settings.password_grant
    try:
        granted = portal.database.attempt(
            lambda session: _grant(
                TokenDesk(session, portal.settings), form, station, by_password=by_password
            )
        )
    except Refused as refused:
        return _refusal(refused)
    if isinstance(granted, Refused):
        return _refusal(granted)
    answer = TokenOut(
        access_token=granted.access_token,
        expires_in=granted.expires_in,
        refresh_token=granted.refresh_token,
        scope=granted.scope,
        account_id=granted.account_id,
    )
    return JSONResponse(answer.model_dump())


class Done(BaseModel):
    """Nothing to tell."""

    ok: bool = True


@router.post("/oauth/revoke", responses=problems(), operation_id="revokeToken")
def revoke_token(portal: PortalDep, token: Annotated[Needed, Form()]) -> Done:
    """RFC 7009: ends the whole sign-in that the token belongs to; unknown tokens are no error."""
    portal.database.attempt(lambda session: TokenDesk(session, portal.settings).revoke(token))
    return Done()


@router.get("/me", responses=problems(*SIGNED_IN), operation_id="getMe")
def get_me(portal: PortalDep, caller: CallerDep) -> MeOut:
    """The account, its unit, its scopes and for whom it may act."""
    with portal.database.read() as session:
        unit = session.get_one(UnitRow, caller.unit_id)
    return MeOut(
        account_id=caller.account_id,
        name=caller.name,
        role=caller.role,
        unit=UnitOut(id=unit.unit_id, name=unit.name, kind=unit.kind, parent_id=unit.parent_id),
        scopes=sorted(caller.scopes),
        acting_for=list(caller.acting_for),
    )
