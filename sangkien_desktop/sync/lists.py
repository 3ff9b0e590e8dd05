"""What the portal owns and the station copies: lists, programmes, the union tree, quotas, ranks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.units import GROUP_KIND, Unit, group_key
from sangkien_desktop.storage import catalogues, moment, programmes, quotas, rankings, units
from sangkien_desktop.storage.sessions import Session
from sangkien_desktop.sync.wire.documents import UnitCodes
from sangkien_desktop.sync.wire.feed import Change
from sangkien_desktop.sync.wire.feed import moment as moment_of
from sangkien_desktop.sync.wire.portal import PulledUnit, as_quota, labels_of, programmes_of, units_of


def unit_codes(session: Session) -> UnitCodes:
    """How the station's units are called at the portal."""
    return UnitCodes.from_pairs(
        {unit.id: unit.portal_code for unit in units.find(session) if unit.portal_code}
    )


def apply_list(session: Session, change: Change, own_code: str, codes: UnitCodes) -> bool:
    """Keep one change of the streams quota, ranking or catalog; whether it was understood."""
    apply = _OF_STREAM.get(change.stream)
    if apply is None or change.is_delete:
        return False
    return apply(session, change, own_code, codes)


def _quota(session: Session, change: Change, _own_code: str, codes: UnitCodes) -> bool:
    quota = as_quota(change, codes)
    if quota is None:
        return False
    quotas.put(session, quota, portal_id=change.id, rev=change.rev)
    return True


def _ranking(session: Session, change: Change, _own_code: str, _codes: UnitCodes) -> bool:
    rankings.put(
        session, change.id, dict(change.data), rev=change.rev, as_of=moment_of(change.data.get("as_of"))
    )
    return True


def _catalogue(session: Session, change: Change, own_code: str, _codes: UnitCodes) -> bool:
    if change.id == "units":
        _take_units(session, units_of(change), own_code)
    elif change.id == "programmes":
        for programme in programmes_of(change):
            programmes.put(session, programme, rev=change.rev, as_of=moment.now(session))
    else:
        _labels(session, change)
    return True


def _labels(session: Session, change: Change) -> None:
    items = labels_of(change)
    if any(item.get("programme") for item in items):
        return  # lists of a programme come with the programme
    labels = [str(item.get("label") or item.get("code")) for item in items]
    catalogues.put(session, change.id, labels, rev=change.rev, as_of=moment.now(session))
    if change.id == "return_reason":
        rankings.put_reasons(session, {str(item.get("code")): str(item.get("label")) for item in items})


_OF_STREAM: Mapping[str, Callable[[Session, Change, str, UnitCodes], bool]] = {
    "quota": _quota,
    "ranking": _ranking,
    "catalog": _catalogue,
}


def _take_units(session: Session, pulled: tuple[PulledUnit, ...], own_code: str) -> None:
    """Link the portal's tree with the units known here, by code, else by name within the own plant."""
    linked = _links(units.find(session, on=moment.today(session)), pulled, own_code)
    for one in pulled:
        local = linked[one.code]
        fresh = _as_unit(one, local, linked)
        if one.code == own_code:
            fresh = replace(fresh, is_own=True)
        if fresh != local:
            units.put(session, fresh)


def _as_unit(one: PulledUnit, local: Unit | None, linked: Mapping[str, Unit | None]) -> Unit:
    unit = local.id if local else UnitId(one.code)
    parent = None
    if one.parent is not None:
        above = linked.get(one.parent)
        parent = above.id if above else UnitId(one.parent)
    fresh = one.as_unit(unit, parent)
    if local is None:
        return fresh
    return replace(
        fresh,
        short_name=local.short_name,
        sector=local.sector,
        successor=local.successor,
        is_own=local.is_own,
        # A unit made here has always been there as far as the station knows.
        valid_from=None if local.valid_from is None else fresh.valid_from,
    )


def _links(known: Iterable[Unit], pulled: tuple[PulledUnit, ...], own_code: str) -> dict[str, Unit | None]:
    listed = tuple(known)
    by_code = {unit.portal_code: unit for unit in listed if unit.portal_code}
    unlinked = {
        group_key(unit.name): unit for unit in listed if not unit.portal_code and unit.kind == GROUP_KIND
    }
    own = next((unit for unit in listed if unit.is_own and not unit.portal_code), None)
    inside = _below(pulled, own_code)
    linked: dict[str, Unit | None] = {}
    for one in pulled:
        local = by_code.get(one.code)
        if local is None and one.code == own_code:
            local = own
        if local is None and one.code in inside:
            local = unlinked.pop(group_key(one.name), None)
        linked[one.code] = local
    return linked


def _below(pulled: tuple[PulledUnit, ...], code: str) -> frozenset[str]:
    found = {code}
    waiting = [code]
    while waiting:
        above = waiting.pop()
        below = [one.code for one in pulled if one.parent == above and one.code not in found]
        found.update(below)
        waiting.extend(below)
    return frozenset(found)
