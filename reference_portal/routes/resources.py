"""Plain resources: quotas, rankings, programmes, lists, schemas, rules."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from reference_portal import catalogues, feed, rules
from reference_portal.access import CallerDep, PortalDep, QuotaReader, RankingReader
from reference_portal.problems import Problem
from reference_portal.routes.answers import SIGNED_IN, problems, with_etag
from reference_portal.tables import FeedRow
from reference_portal.wire_portal import CampaignsOut, CatalogOut, QuotasOut, RankingsOut, RulesOut

router = APIRouter(tags=["resources"])
Filter = Annotated[str, Query(max_length=60)]


def _published(session: Session, path: str, stream: str) -> list[FeedRow]:
    query = feed.visible(path, [stream]).where(FeedRow.is_deleted.is_(False))
    return list(session.scalars(query.order_by(FeedRow.entity_id)))


def _entry(row: FeedRow) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(row.body)["data"]
    return data | {"id": row.entity_id, "rev": row.rev}


@router.get(
    "/quotas",
    responses=problems(*SIGNED_IN, 304) | {200: {"model": QuotasOut}},
    operation_id="listQuotas",
)
def list_quotas(
    request: Request, portal: PortalDep, caller: QuotaReader, programme: Filter = "", period: Filter = ""
) -> Response:
    """Quotas of the caller's units with what is sent and found valid, as of when."""
    with portal.database.read() as session:
        entries = [_entry(row) for row in _published(session, caller.path, "quota")]
    wanted = [e for e in entries if programme in ("", e["programme"]) and period in ("", e["period"])]
    return with_etag(request, {"quotas": wanted})


@router.get(
    "/rankings",
    responses=problems(*SIGNED_IN, 304) | {200: {"model": RankingsOut}},
    operation_id="listRankings",
)
def list_rankings(
    request: Request, portal: PortalDep, caller: RankingReader, period: Filter = "", scope: Filter = ""
) -> Response:
    """Places within clusters and plants; they are public within the union."""
    with portal.database.read() as session:
        entries = [_entry(row) for row in _published(session, caller.path, "ranking")]
    wanted = [e for e in entries if period in ("", e["period"]) and scope in ("", e["scope"])]
    return with_etag(request, {"rankings": wanted})


@router.get(
    "/campaigns",
    responses=problems(*SIGNED_IN, 304) | {200: {"model": CampaignsOut}},
    operation_id="listCampaigns",
)
def list_campaigns(request: Request, portal: PortalDep, caller: CallerDep) -> Response:
    """The programmes with their windows, stages and lists."""
    with portal.database.read() as session:
        return with_etag(request, {"campaigns": catalogues.programmes(session)})


@router.get(
    "/catalogs/{name}",
    responses=problems(*SIGNED_IN, 304, 404) | {200: {"model": CatalogOut}},
    operation_id="getCatalog",
)
def get_catalog(
    request: Request, portal: PortalDep, caller: CallerDep, name: Annotated[str, Path(max_length=60)]
) -> Response:
    """One list: solution_type, effect_group, recognition_level, author_kind, award_level, award_form,
    return_reason, category, programmes, units."""
    with portal.database.read() as session:
        items = catalogues.catalogue_items(session, name)
        row = session.get(FeedRow, ("catalog", name)) if items is not None else None
    if items is None:
        raise Problem("not-found")
    return with_etag(request, {"name": name, "rev": row.rev if row else 1, "items": items})


@router.get(
    "/schemas/{kind}/{version}",
    responses=problems(*SIGNED_IN, 304, 404) | {200: {"model": dict[str, Any]}},
    operation_id="getSchema",
)
def get_schema(
    request: Request,
    portal: PortalDep,
    caller: CallerDep,
    kind: Annotated[str, Path(max_length=60)],
    version: Annotated[str, Path(pattern=r"^[0-9]{1,4}$")],
) -> Response:
    """JSON Schema of a record's `data`."""
    schema = rules.schema(kind, int(version))
    if schema is None:
        raise Problem("not-found")
    return with_etag(request, schema)


@router.get(
    "/rules/{version}",
    responses=problems(*SIGNED_IN, 304, 404) | {200: {"model": RulesOut}},
    operation_id="getRules",
)
def get_rules(
    request: Request,
    portal: PortalDep,
    caller: CallerDep,
    version: Annotated[str, Path(pattern=r"^[0-9]{1,4}$")],
) -> Response:
    """The rules that the portal judges by, so that stations can warn beforehand. Signed in Sk-Signature."""
    pack = rules.pack(int(version))
    if pack is None:
        raise Problem("not-found")
    answer = with_etag(request, pack)
    answer.headers["Sk-Signature"] = portal.signer.jws(pack)
    return answer
