"""What rules compare with and what they are told by others: the unit's history, demands of programmes."""

import json
from collections import defaultdict
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import PersonId, UnitId
from sangkien_desktop.domain.rules.demands import Demand, read_demands, write_demands
from sangkien_desktop.domain.rules.history import NO_HISTORY, History, Spread, spread_of
from sangkien_desktop.storage import meta
from sangkien_desktop.storage.tables import RulePackRow

HISTORY = "rule_history"
DEMANDS = "own_demands"
_MANY = 12
"""People with fewer initiatives are not remembered."""


def measure_history(session: Session) -> History:
    """Count the benefits of all records anew and remember them; two seconds for a million records."""
    connection = session.connection()
    groups: dict[UnitId, list[int]] = defaultdict(list)
    categories: dict[str, list[int]] = defaultdict(list)
    rows = connection.exec_driver_sql(
        "SELECT group_unit, category, annual_benefit FROM initiative"
        " WHERE annual_benefit > 0 AND lifecycle <> 'withdrawn'"
    )
    for group, category, benefit in rows:
        if group:
            groups[UnitId(group)].append(benefit)
        if category:
            categories[category].append(benefit)
    people = connection.exec_driver_sql(
        "SELECT person, count(*) FROM initiative_author JOIN initiative ON initiative.key = initiative"
        " WHERE person IS NOT NULL AND lifecycle <> 'withdrawn' GROUP BY person HAVING count(*) > ?",
        (_MANY,),
    )
    found = History(
        groups={group: spread_of(values) for group, values in groups.items()},
        categories={category: spread_of(values) for category, values in categories.items()},
        people={PersonId(person): number for person, number in people},
    )
    meta.put(session, HISTORY, _history_text(found))
    return found


def history(session: Session) -> History:
    """What was measured last; nothing is known before that."""
    stored = meta.get(session, HISTORY)
    if not stored:
        return NO_HISTORY
    plain = cast(dict[str, Any], json.loads(stored))
    return History(
        groups={UnitId(name): Spread(*values) for name, values in plain["groups"].items()},
        categories={name: Spread(*values) for name, values in plain["categories"].items()},
        people={PersonId(name): number for name, number in plain["people"].items()},
    )


def _history_text(found: History) -> str:
    def spreads(of: Any) -> dict[str, list[int]]:
        return {name: [one.number, one.median, one.high] for name, one in of.items()}

    return meta.to_json(
        {
            "groups": spreads(found.groups),
            "categories": spreads(found.categories),
            "people": dict(found.people),
        }
    )


def demands(session: Session) -> tuple[Demand, ...]:
    """Demands of the portal's rule packs, then the unit's own."""
    packs = session.scalars(select(RulePackRow).order_by(RulePackRow.id)).all()
    from_portal = [entry for pack in packs for entry in cast(dict[str, Any], pack.data).get("demands", ())]
    return (*read_demands(from_portal), *own_demands(session))


def own_demands(session: Session) -> tuple[Demand, ...]:
    """The unit's own dated table."""
    return read_demands(json.loads(meta.get(session, DEMANDS) or "[]"))


def put_own_demands(session: Session, kept: tuple[Demand, ...]) -> None:
    """Replace the unit's own table."""
    meta.put(session, DEMANDS, meta.to_json(write_demands(kept)))
