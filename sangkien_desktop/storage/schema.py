"""The whole schema as statements, from the mapped classes and the parts they cannot say."""

from collections.abc import Iterator

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from sangkien_desktop.storage.ddl import SEARCH_TABLES, TRIGGERS
from sangkien_desktop.storage.tables import Base

_DIALECT = SQLiteDialect_pysqlite()


def statements() -> Iterator[str]:
    """Statements that make an empty database into one of this program; migrations must add up to the same."""
    for table in Base.metadata.sorted_tables:
        yield _tidy(str(CreateTable(table).compile(dialect=_DIALECT)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield _tidy(str(CreateIndex(index).compile(dialect=_DIALECT)))
    yield from SEARCH_TABLES
    yield from TRIGGERS


def _tidy(statement: str) -> str:
    lines = (line.strip() for line in statement.strip().splitlines())
    return "\n".join(line for line in lines if line)
