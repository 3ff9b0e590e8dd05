"""503 with the time to come back while the portal is being looked after; `/meta` always answers."""

from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from reference_portal.access import Portal
from reference_portal.database import portal_row
from reference_portal.problems import Problem
from reference_portal.transport import send_problem

ALWAYS_OPEN = ("/api/v1/meta", "/demo/", "/faults")


class Maintenance:
    """Refuses requests while `maintenance_until` lies ahead."""

    def __init__(self, app: ASGIApp, portal: Portal) -> None:
        self._app = app
        self._portal = portal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer for how long not to come."""
        if scope["type"] == "http" and not scope["path"].startswith(ALWAYS_OPEN):
            problem = await run_in_threadpool(self._refusal)
            if problem is not None:
                await send_problem(problem, scope["state"]["trace_id"], send)
                return
        await self._app(scope, receive, send)

    def _refusal(self) -> Problem | None:
        try:
            with self._portal.database.read() as session:
                until = portal_row(session).maintenance_until
        except OperationalError:
            return Problem("unavailable", after_s=5)
        wait_s = 0 if until is None else until - int(self._portal.settings.now())
        return Problem("maintenance", after_s=wait_s) if wait_s > 0 else None
