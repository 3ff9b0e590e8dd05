"""Brings a database file to the schema of this program, all steps in one transaction."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, text

from sangkien_desktop import paths
from sangkien_desktop.storage import failures
from sangkien_desktop.storage.tables import Base

if TYPE_CHECKING:
    from alembic.config import Config


def configuration(connection: Connection | None = None) -> "Config":
    """Alembic's configuration without a file: the folder, and what env.py takes from its caller."""
    from alembic.config import Config  # loaded only when a schema is made or changed

    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    config.set_main_option("path_separator", "os")
    attributes: dict[str, Any] = config.attributes
    attributes["connection"] = connection
    attributes["metadata"] = Base.metadata
    return config


def revisions() -> tuple[str, ...]:
    """The revisions that this program knows, oldest first: each step's file begins with its number."""
    found = tuple(sorted(step.stem.split("_")[0] for step in (paths.migrations() / "versions").glob("*.py")))
    if not found:
        raise RuntimeError("the program was built without its migrations")
    return found


def newest() -> str:
    """The revision that this program writes."""
    return revisions()[-1]


def revision_of(connection: Connection) -> str | None:
    """The revision of an open database; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def needs_upgrade(connection: Connection) -> bool:
    """Whether steps are missing. Raises NewerDatabase when the database knows steps that this program does not."""
    current = revision_of(connection)
    if current is not None and current not in revisions():
        raise failures.newer_schema()
    return current != newest()


def upgrade(connection: Connection) -> None:
    """Run all missing steps inside the transaction that the caller has begun."""
    from alembic import command  # loaded only when a schema is made or changed

    command.upgrade(configuration(connection), "head")
