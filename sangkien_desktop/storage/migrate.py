"""Brings a database file to the schema of this program, all steps in one transaction."""

from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from sangkien_desktop import paths
from sangkien_desktop.storage import failures
from sangkien_desktop.storage.tables import Base


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration without a file: the folder, and what env.py takes from its caller."""
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    config.set_main_option("path_separator", "os")
    attributes: dict[str, Any] = config.attributes
    attributes["connection"] = connection
    attributes["metadata"] = Base.metadata
    return config


def newest() -> str:
    """The revision that this program writes."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    if head is None:
        raise RuntimeError("the program was built without its migrations")
    return head


def revision_of(connection: Connection) -> str | None:
    """The revision of an open database; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def needs_upgrade(connection: Connection) -> bool:
    """Whether steps are missing. Raises NewerDatabase when the database knows steps that this program does not."""
    current = revision_of(connection)
    script = ScriptDirectory.from_config(configuration())
    if current is not None and current not in {step.revision for step in script.walk_revisions()}:
        raise failures.newer_schema()
    return current != script.get_current_head()


def upgrade(connection: Connection) -> None:
    """Run all missing steps inside the transaction that the caller has begun."""
    command.upgrade(configuration(connection), "head")
