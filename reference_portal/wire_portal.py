"""What the portal tells of itself, its lists and its accounts."""

from typing import Literal

from reference_portal.wire import Json, Wire


class UnitOut(Wire):
    """A unit by code and name."""

    id: str
    name: str
    kind: str
    parent_id: str | None = None


class MeOut(Wire):
    """Who is signed in."""

    account_id: str
    name: str
    role: str
    unit: UnitOut
    scopes: list[str]
    acting_for: list[str]


class QuotaOut(Wire):
    """A quota with what has been reached of it."""

    id: str
    rev: int
    unit_id: str
    programme: str
    period: str
    kind: str
    target: int
    stretch: int
    sent: int
    approved: int
    version: int
    as_of: str


class QuotasOut(Wire):
    """The quotas of this account's units."""

    quotas: list[QuotaOut]


class RankRow(Wire):
    """One unit's place; equal scores share a rank."""

    unit_id: str
    name: str
    rank: int
    score: float
    approved: int
    target: int
    delta: int


class RankingOut(Wire):
    """The places within one scope and period."""

    id: str
    rev: int
    period: str
    scope: str
    programme: str
    as_of: str
    rows: list[RankRow]


class RankingsOut(Wire):
    """Rankings, newest first."""

    rankings: list[RankingOut]


class StageOut(Wire):
    """A span in which initiatives are entered; exact to the minute."""

    code: str
    name: str
    opens_at: str
    closes_at: str


class ProgrammeOut(Wire):
    """A programme; everything about it is data."""

    code: str
    name: str
    applied_from: str | None
    applied_to: str | None
    is_open: bool
    stages: list[StageOut]
    catalogs: dict[str, list[str]]


class CampaignsOut(Wire):
    """The programmes that the portal knows."""

    campaigns: list[ProgrammeOut]


class CatalogOut(Wire):
    """A list that the portal owns."""

    name: str
    rev: int
    items: list[Json]


class RuleOut(Wire):
    """One rule of the portal, for the station to warn beforehand."""

    code: str
    pointer: str
    severity: Literal["error", "warning"]
    params: Json
    message: dict[str, str]


class RulesOut(Wire):
    """The rule pack of a schema version."""

    version: int
    kind: str
    rules: list[RuleOut]


class KeyOut(Wire):
    """The portal's public signing key (RFC 8037)."""

    kid: str
    kty: str
    crv: str
    x: str


class MetaOut(Wire):
    """What a client must know before anything else."""

    portal_id: str
    epoch: str
    server_time: str
    api: Json
    client: Json
    auth: Json
    limits: dict[str, int]
    encodings: dict[str, list[str]]
    features: list[str]
    tus: Json
    maintenance: Json | None
    notice: Json | None
    schemas: dict[str, Json]
    campaigns_etag: str
    keys: list[KeyOut]
    demo: bool


class DeviceOut(Wire):
    """RFC 8628."""

    device_code: str
    user_code: str
    verification_uri: str
    verification_uri_complete: str
    expires_in: int
    interval: int


class TokenOut(Wire):
    """RFC 6749 with the account the tokens are bound to."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int
    refresh_token: str
    scope: str
    account_id: str


class OAuthError(Wire):
    """RFC 6749, 5.2."""

    error: str
    error_description: str
