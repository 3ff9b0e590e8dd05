"""Full-text search without accents over initiatives and people.

Two tables serve initiatives: `initiative_head` (title, people, codes; with prefixes, for typing) and
`initiative_body` (the long texts). SQL turns đ into d, the tokenizer takes every other mark off.
"""

# ruff: noqa: S608 - statements are put together from constants of the program only

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    column,
    literal_column,
    select,
    table,
    true,
    union,
)
from sqlalchemy.orm import Session

from sangkien_desktop.storage.tables import InitiativeRow
from sangkien_desktop.vietnamese.folding import words

_LONG_TEXTS = ("situation_before", "solution", "novelty", "effect_summary", "note")


def _folded(expression: str) -> str:
    return f"replace(replace({expression}, 'đ', 'd'), 'Đ', 'd')"


_HEAD_WORDS = _folded(
    "i.title || ' ' || i.local_code || ' ' || ifnull(i.portal_code, '') || ' ' || ifnull((SELECT"
    " group_concat(a.name || ' ' || ifnull(a.employee_code, ''), ' ') FROM initiative_author a"
    " WHERE a.initiative = i.key), '')"
)
_BODY_WORDS = _folded(" || ' ' || ".join(f"i.{name}" for name in _LONG_TEXTS))
_PERSON_WORDS = _folded(
    "p.name || ' ' || ifnull(p.employee_code, '') || ' ' || ifnull(p.phone, '')"
    " || ' ' || ifnull((SELECT group_concat(value, ' ') FROM json_each(p.other_names)), '')"
)
_HEAD = f"INSERT OR REPLACE INTO initiative_head (rowid, words) SELECT i.key, {_HEAD_WORDS} FROM initiative i"
_BODY = f"INSERT OR REPLACE INTO initiative_body (rowid, words) SELECT i.key, {_BODY_WORDS} FROM initiative i"
_PEOPLE = f"INSERT OR REPLACE INTO person_words (rowid, words) SELECT p.key, {_PERSON_WORDS} FROM person p"


def index_initiatives(session: Session, first: int, last: int) -> None:
    """Index the initiatives with keys from `first` to `last`, old entries replaced."""
    connection = session.connection()
    for statement in (_HEAD, _BODY):
        connection.exec_driver_sql(f"{statement} WHERE i.key BETWEEN ? AND ?", (first, last))


def forget_initiative(session: Session, key: int) -> None:
    """Take one initiative out of the index."""
    for name in ("initiative_head", "initiative_body"):
        session.connection().exec_driver_sql(f"DELETE FROM {name} WHERE rowid = ?", (key,))


def index_people(session: Session, first: int, last: int) -> None:
    """Index the people with keys from `first` to `last`, old entries replaced."""
    session.connection().exec_driver_sql(f"{_PEOPLE} WHERE p.key BETWEEN ? AND ?", (first, last))


def forget_person(session: Session, key: int) -> None:
    """Take one person out of the index."""
    session.connection().exec_driver_sql("DELETE FROM person_words WHERE rowid = ?", (key,))


def rebuild(session: Session) -> None:
    """Make the whole index again."""
    connection = session.connection()
    for name in ("initiative_head", "initiative_body", "person_words"):
        connection.exec_driver_sql(f"DELETE FROM {name}")
    for statement in (_HEAD, _BODY, _PEOPLE):
        connection.exec_driver_sql(statement)


def match_of(text: str) -> str | None:
    """The FTS5 expression of typed text: all words, the last one perhaps unfinished; None when it has no word."""
    typed = words(text)
    if not typed:
        return None
    *whole, last = typed
    finished = text[-1:].isspace() and len(last) > 1
    return " AND ".join([*(f'"{word}"' for word in whole), f'"{last}"' + ("" if finished else "*")])


def _table(name: str) -> ColumnElement[bool]:
    return literal_column(name)


def matching(name: str, match: str) -> Select[tuple[int]]:
    """Row ids of a search table that match an expression."""
    searched = table(name, column("rowid"))
    return select(searched.c.rowid).where(_table(name).op("MATCH")(bindparam(None, match)))


def head_matches(text: str) -> Select[tuple[int]] | None:
    """Row ids of initiatives whose title, people or codes match typed text."""
    match = match_of(text)
    return None if match is None else matching("initiative_head", match)


def anywhere(text: str) -> ColumnElement[bool]:
    """A condition on initiatives: every word occurs in the head or in the long texts."""
    conditions = []
    *whole, last = words(text) or ("",)
    for word in (*(f'"{word}"' for word in whole), f'"{last}"*'):
        found = union(matching("initiative_head", word), matching("initiative_body", word)).subquery()
        conditions.append(InitiativeRow.key.in_(select(found.c.rowid)))
    return and_(*conditions) if last else true()
