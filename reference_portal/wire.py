"""What travels in requests and answers. Unknown members are ignored, as the contract demands."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, StringConstraints


def whole_number(value: Any) -> Any:
    """JSON Schema takes 3.0 for an integer, and neither true nor "3" for one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not an integer")
    return value


UUID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
HASH_PATTERN = r"^[0-9a-f]{64}$"
Uuid = Annotated[str, StringConstraints(pattern=UUID_PATTERN)]
Sha256 = Annotated[str, StringConstraints(pattern=HASH_PATTERN)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9._:-]+$")]
Rev = Annotated[int, Field(ge=0, le=2**31 - 1), BeforeValidator(whole_number)]
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
    size: Annotated[int, Field(ge=1, le=2**40), BeforeValidator(whole_number)]
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
