"""Writes the next migration: what the tables say and the migrations do not yet.

python packaging/new_migration.py MESSAGE
"""

import sys
from pathlib import Path

import sqlalchemy
from alembic import command

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sangkien_desktop.storage import migrate  # noqa: E402 - the project is not on the path before

FULL_TEXT = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"


def main(message: str) -> int:
    """Compare on an empty database in memory that has run every step so far."""
    import sqlcipher3.dbapi2

    engine = sqlalchemy.create_engine("sqlite://", module=sqlcipher3.dbapi2)
    with engine.connect() as connection:
        migrate.upgrade(connection)
        # Full-text indexes are written by hand; Alembic would take their tables for strangers and drop them.
        for (name,) in connection.exec_driver_sql(FULL_TEXT).all():
            connection.exec_driver_sql(f'DROP TABLE "{name}"')
        configuration = migrate.configuration(connection)
        number = len(list((ROOT / "sangkien_desktop/storage/migrations/versions").glob("[0-9]*.py"))) + 1
        written = command.revision(configuration, message=message, autogenerate=True, rev_id=f"{number:04}")
    print(getattr(written, "path", written))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
