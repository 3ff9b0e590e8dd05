"""Builds the application: parts, routes, and what every answer has in common."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import DataError, OperationalError
from starlette.exceptions import HTTPException

from reference_portal import demo
from reference_portal.access import Portal
from reference_portal.contract import polished
from reference_portal.database import Busy, Database, open_engine, portal_row
from reference_portal.faults import FaultLayer, Faults, router
from reference_portal.maintenance import Maintenance
from reference_portal.pace import Pace
from reference_portal.problems import Fault, Problem
from reference_portal.routes import attachments, batches, changes, meta, oauth, receipts, records, resources
from reference_portal.routes import demo as demo_routes
from reference_portal.settings import PortalSettings
from reference_portal.signing import Signer
from reference_portal.transport import Bodies, Marks
from reference_portal.web import pages, reviewing_desk, signing_in

log = logging.getLogger(__name__)
API = "/api/v1"
ROUTERS = (meta, oauth, batches, changes, attachments, records, receipts, resources)


def create_app(settings: PortalSettings | None = None) -> FastAPI:
    """The portal of these settings; makes its tables where they are missing."""
    settings = settings or PortalSettings()
    database = Database(open_engine(settings.database_url))
    database.prepare()
    if settings.demo:
        demo.load(database.engine)
    with database.read() as session:
        row = portal_row(session)
        signer = Signer(row.secret, row.sign_key)
    app = FastAPI(title="Cổng sáng kiến – cổng tham chiếu", version="1.0", docs_url=None, redoc_url=None)
    app.state.portal = Portal(settings, database, signer, Pace())
    for module in ROUTERS:
        app.include_router(module.router, prefix=API)
    # Some clients take the host itself for the issuer.
    app.include_router(oauth.router, include_in_schema=False)
    app.include_router(signing_in.stations, prefix=API, include_in_schema=False)
    for pages_of in (signing_in.stations, signing_in.router, reviewing_desk.router):
        app.include_router(pages_of, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=pages.FOLDER / "static"))
    if settings.demo:
        app.include_router(demo_routes.router, include_in_schema=False)
    _answer_problems(app)
    _answer_pages(app)
    app.add_middleware(Maintenance, portal=app.state.portal)
    app.add_middleware(Bodies, limits=settings.limits)
    app.add_middleware(Marks)
    if settings.faults:
        faults = Faults()
        app.include_router(router(faults))
        app.add_middleware(FaultLayer, faults=faults)
    app.openapi = lambda: _contract(app)  # type: ignore[method-assign]
    return app


def _contract(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        app.openapi_schema = polished(get_openapi(title=app.title, version=app.version, routes=app.routes))
    return app.openapi_schema


def _answer_problems(app: FastAPI) -> None:
    @app.exception_handler(Problem)
    def on_problem(request: Request, problem: Problem) -> JSONResponse:
        return JSONResponse(
            problem.document(request.state.trace_id),
            problem.status,
            problem.headers,
            "application/problem+json",
        )

    @app.exception_handler(RequestValidationError)
    def on_bad_request(request: Request, error: RequestValidationError) -> JSONResponse:
        return on_problem(request, Problem("malformed", errors=_faults(error)))

    @app.exception_handler(DataError)
    def on_unstorable(request: Request, _error: DataError) -> JSONResponse:
        return on_problem(request, Problem("malformed", "Có giá trị không lưu được."))

    @app.exception_handler(UnicodeEncodeError)
    def on_bad_text(request: Request, _error: UnicodeEncodeError) -> JSONResponse:
        return on_problem(request, Problem("malformed", "Có ký tự không hợp lệ."))

    @app.exception_handler(Busy)
    def on_busy(request: Request, _error: Busy) -> JSONResponse:
        return on_problem(request, Problem("in-progress", after_s=5))

    @app.exception_handler(OperationalError)
    def on_lost_database(request: Request, error: OperationalError) -> JSONResponse:
        log.warning("database: %s", type(error.orig).__name__)
        return on_problem(request, Problem("unavailable", after_s=5))

    @app.exception_handler(HTTPException)
    def on_http(request: Request, error: HTTPException) -> JSONResponse:
        kinds = {404: "not-found", 405: "method-not-allowed", 401: "token-invalid"}
        kind = kinds.get(error.status_code, "malformed")
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(sorted(_methods(request.url.path))) or headers.get("Allow", "")
        return on_problem(request, Problem(kind, headers=headers))


def _methods(path: str) -> set[str]:
    """Every method of a path of the contract; the framework names those of the first matching route only."""
    inner = path.removeprefix(API)
    routes = (route for module in ROUTERS for route in module.router.routes if isinstance(route, APIRoute))
    return {method for route in routes if route.path_regex.match(inner) for method in route.methods or ()}


def _answer_pages(app: FastAPI) -> None:
    @app.exception_handler(pages.SignInNeeded)
    def on_stranger(request: Request, _error: pages.SignInNeeded) -> Response:
        return pages.go(pages.sign_in_address(request))

    @app.exception_handler(pages.PageRefused)
    def on_refused(request: Request, error: pages.PageRefused) -> Response:
        return pages.page(request, "message.html", error.status, title=error.title, text=error.text)


def _faults(error: RequestValidationError) -> tuple[Fault, ...]:
    """Where the request is malformed; never what stood there, which may be personal."""
    return tuple(
        Fault(
            "/" + "/".join(str(part)[:100] for part in each["loc"]),
            "E000",
            "Sai khuôn dạng.",
            {"kind": each["type"]},
        )
        for each in error.errors()[:20]
    )
