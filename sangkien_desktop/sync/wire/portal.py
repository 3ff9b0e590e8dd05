"""What the portal says of itself, of accounts, and the lists that it owns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sangkien_desktop.domain.ids import AccountId, UnitId
from sangkien_desktop.domain.programmes import Programme, Quota, QuotaKind, Stage
from sangkien_desktop.domain.units import GROUP_KIND, Unit
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.sync.wire.batches import json_object
from sangkien_desktop.sync.wire.documents import UnitCodes
from sangkien_desktop.sync.wire.feed import Change, moment, unit_id


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The portal's limits: counts and bytes."""

    batch_ops: int = 200
    batch_bytes: int = 2 * 1024 * 1024
    op_bytes: int = 128 * 1024
    attachment_bytes: int = 25 * 1024 * 1024
    chunk_bytes: int = 8 * 1024 * 1024
    page: int = 500
    lookup_ops: int = 1000


@dataclass(frozen=True, kw_only=True)
class Meta:
    """What must be known before anything else."""

    portal_id: str
    epoch: str
    server_time: datetime | None
    api_versions: tuple[str, ...]
    min_push: str
    min_full: str
    latest: str
    issuer: str
    grants: frozenset[str]
    limits: Limits
    features: frozenset[str]
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Key name → public Ed25519 key as base64url."""
    closed_until: datetime | None = None
    """The end of a maintenance that is going on."""
    notice: str = ""
    is_demo: bool = False


def read_meta(body: bytes) -> Meta:
    """The answer of `/meta`. Raises PortalFailure when it lacks what a portal must say."""
    answer = json_object(body)
    if not answer.get("portal_id") or not answer.get("epoch"):
        raise PortalFailure(Failure.NOT_A_PORTAL)
    auth, client = _object(answer.get("auth")), _object(answer.get("client"))
    notice = _object(_object(answer.get("notice")).get("text"))
    return Meta(
        portal_id=str(answer["portal_id"]),
        epoch=str(answer["epoch"]),
        server_time=moment(answer.get("server_time")),
        api_versions=tuple(str(one) for one in _object(answer.get("api")).get("supported") or ()),
        min_push=str(client.get("min_push") or "0"),
        min_full=str(client.get("min_full") or "0"),
        latest=str(client.get("latest") or ""),
        issuer=str(auth.get("issuer") or ""),
        grants=frozenset(str(grant) for grant in auth.get("grants") or ()),
        limits=_limits(_object(answer.get("limits"))),
        features=frozenset(str(one) for one in answer.get("features") or ()),
        keys=MappingProxyType(_keys(answer.get("keys"))),
        closed_until=moment(_object(answer.get("maintenance")).get("until")),
        notice=str(notice.get("vi") or ""),
        is_demo=bool(answer.get("demo")),
    )


def _limits(said: Mapping[str, Any]) -> Limits:
    plain = Limits()

    def limit(name: str, default: int) -> int:
        value = said.get(name)
        return value if isinstance(value, int) and value > 0 else default

    return Limits(
        batch_ops=limit("batch_max_ops", plain.batch_ops),
        batch_bytes=limit("batch_max_bytes", plain.batch_bytes),
        op_bytes=limit("op_max_bytes", plain.op_bytes),
        attachment_bytes=limit("attachment_max_bytes", plain.attachment_bytes),
        chunk_bytes=limit("chunk_max_bytes", plain.chunk_bytes),
        page=limit("changes_max_limit", plain.page),
        lookup_ops=limit("lookup_max_ops", plain.lookup_ops),
    )


def _keys(listed: Any) -> dict[str, str]:
    return {
        str(key["kid"]): str(key["x"])
        for key in listed or ()
        if isinstance(key, dict) and key.get("crv") == "Ed25519" and "kid" in key and "x" in key
    }


@dataclass(frozen=True, kw_only=True)
class Me:
    """The account that is signed in."""

    account_id: AccountId
    name: str
    role: str
    unit_code: str
    unit_name: str
    acting_for: tuple[str, ...] = ()


def read_me(body: bytes) -> Me:
    """The answer of `/me`."""
    answer = json_object(body)
    unit = _object(answer.get("unit"))
    if not answer.get("account_id") or not unit.get("id"):
        raise PortalFailure(Failure.BAD_ANSWER)
    return Me(
        account_id=AccountId(str(answer["account_id"])),
        name=str(answer.get("name") or ""),
        role=str(answer.get("role") or ""),
        unit_code=str(unit["id"]),
        unit_name=str(unit.get("name") or ""),
        acting_for=tuple(str(one) for one in answer.get("acting_for") or ()),
    )


@dataclass(frozen=True)
class Tokens:
    """What signs requests; never shown, logged or put into a URL."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_in_s: int
    account_id: str


def read_tokens(body: bytes) -> Tokens:
    """Fresh tokens."""
    answer = json_object(body)
    access, refresh = answer.get("access_token"), answer.get("refresh_token")
    if not isinstance(access, str) or not isinstance(refresh, str):
        raise PortalFailure(Failure.BAD_ANSWER)
    lifetime = answer.get("expires_in")
    return Tokens(
        access, refresh, lifetime if isinstance(lifetime, int) else 3600, str(answer.get("account_id") or "")
    )


@dataclass(frozen=True)
class DeviceCode:
    """A sign-in that somebody must approve on another device (RFC 8628)."""

    device_code: str = field(repr=False)
    user_code: str
    verification_uri: str
    verification_uri_complete: str
    expires_in: int
    interval: int


def read_device_code(body: bytes) -> DeviceCode:
    """The answer to the start of a device sign-in."""
    answer = json_object(body)
    try:
        return DeviceCode(
            str(answer["device_code"]),
            str(answer["user_code"]),
            str(answer["verification_uri"]),
            str(answer.get("verification_uri_complete") or answer["verification_uri"]),
            int(answer["expires_in"]),
            int(answer.get("interval") or 5),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PortalFailure(Failure.BAD_ANSWER) from error


def oauth_error(body: bytes) -> str:
    """The error word of RFC 6749 §5.2; empty when there is none."""
    try:
        return str(json_object(body).get("error") or "")
    except PortalFailure:
        return ""


def as_programme(data: Mapping[str, Any]) -> Programme | None:
    """An entry of the list of programmes; None when it lacks code or name."""
    code, name = data.get("code"), data.get("name")
    if not code or not name:
        return None
    lists = _object(data.get("catalogs"))
    return Programme(
        code=str(code),
        name=str(name),
        applied_from=_day(data.get("applied_from")),
        applied_to=_day(data.get("applied_to")),
        stages=tuple(_stages(data.get("stages"))),
        catalogues=MappingProxyType(
            {str(key): tuple(str(label) for label in labels) for key, labels in lists.items()}
        ),
    )


def _stages(listed: Any) -> Iterable[Stage]:
    for stage in listed or ():
        opens, closes = moment(stage.get("opens_at")), moment(stage.get("closes_at"))
        if stage.get("code") and opens and closes:
            yield Stage(
                code=str(stage["code"]),
                name=str(stage.get("name") or stage["code"]),
                opens_at=opens,
                closes_at=closes,
            )


def programmes_of(change: Change) -> tuple[Programme, ...]:
    """The programmes in a change of the list `programmes`."""
    found = (as_programme(item) for item in _items(change))
    return tuple(programme for programme in found if programme is not None)


@dataclass(frozen=True, kw_only=True)
class PulledUnit:
    """A unit of the portal's tree, in the portal's codes."""

    code: str
    name: str
    kind: str
    parent: str | None
    cluster: str
    members: int | None
    valid_from: date | None
    valid_to: date | None

    def as_unit(self, unit: UnitId, parent: UnitId | None) -> Unit:
        """The station's record of it."""
        return Unit(
            id=unit,
            name=self.name,
            kind=self.kind,
            parent=parent,
            portal_code=self.code,
            cluster=self.cluster,
            members=self.members,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )


def units_of(change: Change) -> tuple[PulledUnit, ...]:
    """The tree in a change of the list `units`."""
    return tuple(
        PulledUnit(
            code=str(item["code"]),
            name=str(item.get("name") or item.get("label") or item["code"]),
            kind=str(item.get("kind") or GROUP_KIND),
            parent=str(item["parent"]) if item.get("parent") else None,
            cluster=str(item.get("cluster") or ""),
            members=item.get("members") if isinstance(item.get("members"), int) else None,
            valid_from=_day(item.get("valid_from")),
            valid_to=_day(item.get("valid_to")),
        )
        for item in _items(change)
        if item.get("code")
    )


def labels_of(change: Change) -> tuple[Mapping[str, Any], ...]:
    """The entries of a list: `code`, `label`, for lists of a programme also `programme`."""
    return tuple(_items(change))


def as_quota(change: Change, units: UnitCodes) -> Quota | None:
    """A change of the stream `quota`; None when it is not understood."""
    data = change.data
    try:
        return Quota(
            unit=unit_id(str(data["unit_id"]), units),
            programme=str(data["programme"]),
            period=str(data["period"]),
            kind=QuotaKind(str(data.get("kind") or "assigned")),
            number=int(data["target"]),
            version=int(data.get("version") or 1),
            as_of=moment(data.get("as_of")),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _items(change: Change) -> list[Mapping[str, Any]]:
    return [item for item in change.data.get("items") or () if isinstance(item, dict)]


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
