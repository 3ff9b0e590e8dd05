"""Portal accounts used on this PC, with their tokens; signing out or switching deletes no work."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import AccountId
from sangkien_desktop.storage import moment
from sangkien_desktop.storage.tables import AccountRow


class AuthState(StrEnum):
    """How an account stands with the portal."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    EXPIRED = "auth_required"
    DISABLED = "disabled"


@dataclass(frozen=True, kw_only=True)
class Account:
    """One account. `unit_code` is the portal's code of the unit it works for."""

    id: AccountId
    name: str
    unit_code: str
    unit_name: str = ""
    role: str = ""
    state: AuthState = AuthState.SIGNED_OUT
    portal_id: str = ""
    issuer: str = ""
    acting_for: tuple[str, ...] = ()
    last_ok_at: datetime | None = None


@dataclass(frozen=True)
class StoredTokens:
    """What signs requests; lies in the encrypted database only."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime


def current(session: Session) -> Account | None:
    """The account that works now, signed in or expired; None when nobody is."""
    row = session.scalars(select(AccountRow).where(AccountRow.is_current)).one_or_none()
    return None if row is None else _as_account(row)


def listed(session: Session) -> tuple[Account, ...]:
    """Every account ever used here, by name."""
    return tuple(_as_account(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.name)))


def tokens(session: Session, account: AccountId) -> StoredTokens | None:
    """The account's tokens; None when it is not signed in."""
    row = session.get(AccountRow, account)
    if row is None or row.token_blob is None or row.token_expires_at is None:
        return None
    blob = json.loads(row.token_blob)
    return StoredTokens(blob["access"], blob["refresh"], row.token_expires_at)


def sign_in(session: Session, account: Account, fresh: StoredTokens) -> None:
    """Keep the account with its tokens and make it the one that works now."""
    session.execute(update(AccountRow).values(is_current=False))
    values: dict[str, Any] = {
        "name": account.name,
        "unit_id": account.unit_code,
        "role": account.role,
        "auth_state": AuthState.SIGNED_IN,
        "portal_id": account.portal_id,
        "is_current": True,
        "data": {
            "unit_name": account.unit_name,
            "issuer": account.issuer,
            "acting_for": list(account.acting_for),
        },
        "last_ok_at": moment.now(session),
        **_token_values(fresh),
    }
    statement = insert(AccountRow).values(account_id=account.id, created_at=moment.now(session), **values)
    session.execute(statement.on_conflict_do_update(index_elements=["account_id"], set_=values))


def put_tokens(session: Session, account: AccountId, fresh: StoredTokens) -> None:
    """Keep renewed tokens."""
    _update(session, account, {**_token_values(fresh), "auth_state": AuthState.SIGNED_IN})


def put_state(session: Session, account: AccountId, state: AuthState) -> None:
    """Remember how the account stands; anything but signed in forgets its tokens, never its work."""
    values: dict[str, Any] = {"auth_state": state}
    if state is not AuthState.SIGNED_IN:
        values |= {"token_blob": None, "token_expires_at": None}
    if state is AuthState.SIGNED_OUT:
        values["is_current"] = False
    _update(session, account, values)


def _update(session: Session, account: AccountId, values: Mapping[str, Any]) -> None:
    session.execute(update(AccountRow).where(AccountRow.account_id == account).values(**values))


def _token_values(fresh: StoredTokens) -> dict[str, Any]:
    blob = json.dumps({"access": fresh.access, "refresh": fresh.refresh}).encode()
    return {"token_blob": blob, "token_expires_at": fresh.expires_at}


def _as_account(row: AccountRow) -> Account:
    data = cast(dict[str, Any], row.data or {})
    return Account(
        id=AccountId(row.account_id),
        name=row.name,
        unit_code=row.unit_id or "",
        unit_name=str(data.get("unit_name") or ""),
        role=row.role,
        state=AuthState(row.auth_state),
        portal_id=row.portal_id or "",
        issuer=str(data.get("issuer") or ""),
        acting_for=tuple(data.get("acting_for") or ()),
        last_ok_at=row.last_ok_at,
    )
