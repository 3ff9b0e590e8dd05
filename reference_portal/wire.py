"""What travels in requests and answers. Unknown members are ignored, as the contract demands."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, StringConstraints


def _whole_number(value: Any) -> Any:
    """JSON Schema takes 3.0 for an integer, and neither true nor "3" for one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not an integer")
    return value


def _text_only(value: Any) -> Any:
    if value is not None and not isinstance(value, str):
        raise ValueError("not a text")
    return value


UUID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
HASH_PATTERN = r"^[0-9a-f]{64}$"
Uuid = Annotated[str, StringConstraints(pattern=UUID_PATTERN)]
Sha256 = Annotated[str, StringConstraints(pattern=HASH_PATTERN)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9._:-]+$")]
Rev = Annotated[int, BeforeValidator(_whole_number), Field(ge=0, le=2**31 - 1)]
Json = dict[str, JsonValue]
Streams = ("record", "status", "message", "quota", "ranking", "catalog")


class Wire(BaseModel):
    """Base of all that travels."""

    model_config = ConfigDict(extra="ignore")


class RetryOut(Wire):
    """What the client may do about a problem, and when."""

    class_: str = Field(alias="class")
    after_s: int | None = None


class FaultOut(Wire):
    """One thing wrong at one place."""

    pointer: str
    code: str
    params: Json = {}
    message: dict[str, str] = {}


class ProblemOut(Wire):
    """RFC 9457."""

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None
    retry: RetryOut
    errors: list[FaultOut] | None = None
    trace_id: str | None = None


class StationIn(Wire):
    """The station that sealed the batch."""

    id: Code
    epoch: Rev = 1
    name: Annotated[str, StringConstraints(max_length=100)] = ""


class AttachmentIn(Wire):
    """A file declared with its record."""

    attachment_id: Uuid
    sha256: Sha256
    size: Annotated[int, BeforeValidator(_whole_number), Field(ge=1, le=2**40)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=250)]
    media_type: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    role: Annotated[str, StringConstraints(min_length=1, max_length=40)]


class ScreeningIn(Wire):
    """What the station's search for duplicates found and what the officer said to it."""

    dup_checked: bool = False
    override_of: list[str] = []
    reason: str | None = None


class ItemIn(Wire):
    """One operation. `data` is the full document (see `/schemas/initiative/7`); it is judged item by item."""

    op_id: Uuid
    op: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    record_id: Uuid
    kind: str = "initiative"
    schema_version: Rev = 7
    base_rev: Rev | None = None
    data: Json | None = None
    changed: list[str] | None = None
    data_hash: str | None = None
    attachments: list[AttachmentIn] = []
    provenance: Json | None = None
    screening: ScreeningIn | None = None
    reason: Annotated[str, StringConstraints(max_length=1000)] | None = None


class BatchIn(Wire):
    """A batch: only transport; the operations are what counts."""

    batch_id: Uuid
    station: StationIn
    account_id: Code
    unit_id: Code
    mode: Literal["commit", "validate"] = "commit"
    schema_: Annotated[str, Field(alias="schema")] = "batch/1"
    created_at: str | None = None
    items: Annotated[list[ItemIn], Field(min_length=1)]


class CurrentOut(Wire):
    """The portal's version of a record in conflict."""

    rev: int
    data: Json
    status: str
    updated_by: str
    updated_at: str


class ItemOut(Wire):
    """The one outcome of an operation."""

    op_id: str
    outcome: str
    replay: bool = False
    record_id: str
    rev: int | None = None
    portal_code: str | None = None
    status: str | None = None
    data: Json | None = None
    merged_fields: list[str] | None = None
    problem: ProblemOut | None = None
    current: CurrentOut | None = None
    conflict_fields: list[str] | None = None
    retry: Json | None = None
    other_record_id: str | None = None
    other_portal_code: str | None = None
    score: float | None = None
    attachments_missing: list[str] | None = None
    warnings: list[FaultOut] | None = None


class BatchOut(Wire):
    """The answer to a batch; kept and given again word for word."""

    batch_id: str
    batch_sha256: str
    state: str
    mode: str
    received_at: str
    server_time: str
    counts: dict[str, int]
    items: list[ItemOut]
    receipt: str | None = None


class LookupIn(Wire):
    """Operations whose fate the station does not know."""

    op_ids: Annotated[list[Uuid], Field(max_length=1000)]


class LookupOut(Wire):
    """Stored outcomes, and what never arrived."""

    known: list[ItemOut]
    unknown: list[str]


class ChangeOut(Wire):
    """One change of one thing. `data` is missing when `op` is delete."""

    stream: str
    op: Literal["upsert", "delete"]
    id: str
    rev: int
    data: Json | None = None
    unit_id: str | None = None
    portal_code: str | None = None
    status: str | None = None
    updated_by: str | None = None
    updated_at: str | None = None
    deleted_at: str | None = None
    reason: str | None = None


class DigestOut(Wire):
    """Count and xor of the first 64 bits of SHA-256 over `id:rev`, as 16 hex digits."""

    count: int
    xor64: str


class ChangesOut(Wire):
    """A page of changes in order of commit; `digest` comes on the last page only."""

    changes: list[ChangeOut]
    cursor: str
    has_more: bool
    server_time: str
    digest: dict[str, DigestOut] | None = None


class SnapshotOut(Wire):
    """A page of a full copy, by id; `cursor` comes on the last page and says where `/changes` goes on."""

    stream: str
    items: list[ChangeOut]
    as_of: str
    has_more: bool
    after: str | None = None
    cursor: str | None = None


class RecordOut(Wire):
    """One record as this account may see it."""

    id: str
    rev: int
    doc_rev: int
    unit_id: str
    portal_code: str
    status: str
    reason_code: str | None = None
    note: str | None = None
    votes: int
    completeness: str
    updated_by: str
    updated_at: str
    received_at: str
    data: Json


class RecordsOut(Wire):
    """A page of records by time of change."""

    records: list[RecordOut]
    has_more: bool
    next: str | None = None


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
