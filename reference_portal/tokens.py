"""Signing in: device codes, authorization codes, passwords; tokens that rotate, with a grace for lost answers."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass

import nacl.exceptions
import nacl.pwhash.argon2id as argon2
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reference_portal.settings import PortalSettings
from reference_portal.signing import b64
from reference_portal.tables import AccountRow, DeviceCodeRow, SignInCodeRow, TokenRow

USER_CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so no words; nothing that looks like a digit."""


class Refused(Exception):
    """An OAuth refusal (RFC 6749 §5.2, RFC 8628 §3.5)."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error = error
        self.description = description


@dataclass(frozen=True, kw_only=True)
class Issued:
    """Two fresh tokens; only their hashes are kept."""

    access_token: str
    refresh_token: str
    expires_in: int
    scope: str
    account_id: str


@dataclass(frozen=True, kw_only=True)
class Pending:
    """A device sign-in that has begun."""

    device_code: str
    user_code: str
    expires_in: int
    interval: int


def hash_of(token: str) -> str:
    """How a token lies in the database."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def hash_password(password: str, *, cheap: bool = False) -> str:
    """Argon2id; `cheap` only for invented accounts."""
    memory, operations = (
        (argon2.MEMLIMIT_MIN, argon2.OPSLIMIT_MIN)
        if cheap
        else (argon2.MEMLIMIT_INTERACTIVE, argon2.OPSLIMIT_INTERACTIVE)
    )
    return argon2.str(password.encode(), opslimit=operations, memlimit=memory).decode()


def check_password(account: AccountRow | None, password: str) -> bool:
    """Whether the password opens the account; an unknown account takes the same time as a wrong password."""
    stored = account.password_hash if account and account.password_hash else _NOBODY
    try:
        argon2.verify(stored.encode(), password.encode("utf-8", "surrogatepass"))
    except nacl.exceptions.InvalidkeyError:
        return False
    return account is not None and account.is_active and stored is not _NOBODY


_NOBODY = hash_password("", cheap=True)


class TokenDesk:
    """Issues and renews tokens within a session that writes."""

    def __init__(self, session: Session, settings: PortalSettings) -> None:
        self._session = session
        self._settings = settings
        self._now = int(settings.now())

    def begin_device(self, station_id: str, scopes: str) -> Pending:
        """A code for the station to poll with and one for the officer to approve."""
        self._session.execute(delete(DeviceCodeRow).where(DeviceCodeRow.expires_at < self._now - 86400))
        letters = "".join(secrets.choice(USER_CODE_LETTERS) for _ in range(8))
        device_code, limits = secrets.token_urlsafe(32), self._settings.limits
        row = DeviceCodeRow(
            device_hash=hash_of(device_code),
            user_code=f"{letters[:4]}-{letters[4:]}",
            station_id=station_id,
            scopes=scopes,
            state="pending",
            expires_at=self._now + limits.device_code_s,
            interval_s=limits.device_interval_s,
        )
        self._session.add(row)
        return Pending(
            device_code=device_code,
            user_code=row.user_code,
            expires_in=limits.device_code_s,
            interval=limits.device_interval_s,
        )

    def decide_device(self, user_code: str, account_id: str, *, approved: bool = True) -> bool:
        """Approve or deny a waiting code; False when there is none such."""
        query = select(DeviceCodeRow).where(DeviceCodeRow.user_code == normal_user_code(user_code))
        row = self._session.scalars(query.with_for_update()).one_or_none()
        if row is None or row.state != "pending" or row.expires_at <= self._now:
            return False
        row.state = "approved" if approved else "denied"
        row.account_id = account_id
        return True

    def take_device(self, device_code: str, station_id: str) -> Issued | Refused:
        """The tokens of an approved code. A refusal is a value here, for polling too fast must be remembered."""
        row = self._session.get(DeviceCodeRow, hash_of(device_code), with_for_update=True)
        if row is None or row.state == "used" or row.station_id != station_id:
            return Refused("invalid_grant", "Mã đăng nhập không dùng được.")
        if row.expires_at <= self._now:
            return Refused("expired_token", "Mã đăng nhập đã hết hạn.")
        if row.state == "denied":
            return Refused("access_denied", "Người dùng đã từ chối.")
        if row.state == "pending":
            early = self._now - row.polled_at < row.interval_s
            row.polled_at = self._now
            if early:
                row.interval_s += 5
                return Refused("slow_down", "Hỏi thưa hơn 5 giây.")
            return Refused("authorization_pending", "Chưa có ai duyệt mã này.")
        row.state = "used"
        return self._issue(self._active(row.account_id), station_id, row.scopes)

    def take_password(self, account_id: str, password: str, station_id: str, scopes: str) -> Issued:
        """Only where the portal was started so."""
        account = self._session.get(AccountRow, account_id)
        if not check_password(account, password):
            raise Refused("invalid_grant", "Tên hoặc mật khẩu không đúng.")
        return self._issue(self._active(account_id), station_id, scopes)

    def begin_code(
        self, account_id: str, client_id: str, redirect_uri: str, challenge: str, scopes: str
    ) -> str:
        """An authorization code for one minute."""
        code = secrets.token_urlsafe(32)
        self._session.add(
            SignInCodeRow(
                code_hash=hash_of(code),
                account_id=account_id,
                client_id=client_id,
                redirect_uri=redirect_uri,
                challenge=challenge,
                scopes=scopes,
                expires_at=self._now + 60,
            )
        )
        return code

    def take_code(self, code: str, redirect_uri: str, verifier: str, station_id: str) -> Issued:
        """The tokens for an authorization code and its PKCE verifier (RFC 7636, S256)."""
        row = self._session.get(SignInCodeRow, hash_of(code), with_for_update=True)
        if row is None:
            raise Refused("invalid_grant", "Mã đăng nhập không dùng được.")
        challenge = b64(hashlib.sha256(verifier.encode("utf-8", "surrogatepass")).digest())
        if row.expires_at <= self._now or row.redirect_uri != redirect_uri or row.challenge != challenge:
            raise Refused("invalid_grant", "Mã đăng nhập không dùng được.")
        self._session.delete(row)
        return self._issue(self._active(row.account_id), station_id, row.scopes)

    def renew(self, refresh_token: str, station_id: str) -> Issued | Refused:
        """Fresh tokens for a refresh token. One that was renewed already works again for ten minutes at the same
        station, since the first answer may have been lost; anywhere else it ends the whole sign-in."""
        row = self._session.get(TokenRow, hash_of(refresh_token), with_for_update=True)
        bad = Refused("invalid_grant", "Cần đăng nhập lại.")
        if row is None or row.kind != "refresh" or row.expires_at <= self._now:
            return bad
        is_reused = row.rotated_at is not None
        is_late = is_reused and self._now - (row.rotated_at or 0) > self._settings.limits.refresh_grace_s
        if row.station_id != station_id or is_late:
            self.end_family(row.family_id)
            return bad
        account = self._session.get(AccountRow, row.account_id)
        if account is None or not account.is_active:
            return bad
        row.rotated_at = row.rotated_at or self._now
        return self._issue(account, station_id, row.scopes, row.family_id)

    def revoke(self, token: str) -> None:
        """End the sign-in that a token belongs to; unknown tokens are no error (RFC 7009)."""
        row = self._session.get(TokenRow, hash_of(token))
        if row is not None:
            self.end_family(row.family_id)

    def end_refresh(self, account_id: str) -> None:
        """No sign-in of this account can be renewed any more; what it still holds runs out within the hour."""
        mine = (TokenRow.account_id == account_id) & (TokenRow.kind == "refresh")
        self._session.execute(delete(TokenRow).where(mine))

    def end_family(self, family_id: str) -> None:
        """Forget every token that grew out of one sign-in."""
        self._session.execute(delete(TokenRow).where(TokenRow.family_id == family_id))

    def _active(self, account_id: str | None) -> AccountRow:
        account = self._session.get(AccountRow, account_id) if account_id else None
        if account is None or not account.is_active:
            raise Refused("invalid_grant", "Tài khoản không dùng được.")
        return account

    def _issue(
        self, account: AccountRow, station_id: str, wanted: str, family_id: str | None = None
    ) -> Issued:
        limits = self._settings.limits
        self._session.execute(delete(TokenRow).where(TokenRow.expires_at < self._now - 86400))
        granted = account.scopes.split()
        scopes = " ".join(scope for scope in wanted.split() if scope in granted) or account.scopes
        family_id = family_id or str(uuid.uuid4())
        texts = {}
        for kind, lifetime in (("access", limits.access_token_s), ("refresh", limits.refresh_token_s)):
            texts[kind] = secrets.token_urlsafe(32)
            self._session.add(
                TokenRow(
                    token_hash=hash_of(texts[kind]),
                    kind=kind,
                    family_id=family_id,
                    account_id=account.account_id,
                    station_id=station_id,
                    scopes=scopes,
                    expires_at=self._now + lifetime,
                )
            )
        return Issued(
            access_token=texts["access"],
            refresh_token=texts["refresh"],
            expires_in=limits.access_token_s,
            scope=scopes,
            account_id=account.account_id,
        )


def normal_user_code(text: str) -> str:
    """A user code as people type it: without regard to case, spaces and the dash."""
    letters = "".join(letter for letter in text.upper() if letter.isalnum())
    return f"{letters[:4]}-{letters[4:]}"
