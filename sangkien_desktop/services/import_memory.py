"""What officers have decided about files, remembered: layouts by form and sender, and who a written name is."""

import json
from collections.abc import Mapping
from types import MappingProxyType

from sangkien_desktop.domain.ids import PersonId
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.names_in_files import name_key
from sangkien_desktop.storage import imports
from sangkien_desktop.vietnamese.folding import fold
from sangkien_desktop.workbooks.corrections import NO_CORRECTION, Correction, Recipe

NOBODY: tuple[Recipe, ...] = ()
LAYOUTS, NAMES = "initiatives", "authors"
_PERIOD_WORDS = frozenset({"thang", "quy", "nam", "dot", "lan", "t", "q"})
_EMPTY_WORDS = frozenset({"moi", "copy", "sua", "ban", "cuoi", "final"})


def sender_of(file_name: str) -> str:
    """Who sends a file, by its name without months and versions: `ma-2` for `Ma 2 thang 3 (sua).xls`."""
    stem = file_name.rpartition(".")[0] or file_name
    words = "".join(letter if letter.isalnum() else " " for letter in fold(stem)).split()
    kept: list[str] = []
    skips_number = False
    for word in words:
        if word in _PERIOD_WORDS:
            skips_number = True
        elif not (skips_number and word.isdigit()) and word not in _EMPTY_WORDS and len(word) < 30:
            kept.append(word)
            skips_number = False
    return "-".join(kept)


class ImportMemory:
    """Corrections of layouts and decisions on names."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._database = desk.database

    def recipes(self) -> tuple[Recipe, ...]:
        """Every remembered correction of a layout."""
        with self._database.read() as session:
            known = imports.corrections(session, kind=LAYOUTS)
        return tuple(Recipe.from_json(json.dumps(mapping)) for mapping in known.values())

    def remember(self, signature: str, correction: Correction, *, sender: str) -> None:
        """Use the correction again: for this layout from this sender, and from anybody at this factory."""
        if not signature or correction in (NO_CORRECTION, Correction(is_remembered=True)):
            return
        factory = self._desk.settings().unit_code
        with self._database.write() as session:
            for who in {sender, ""}:
                recipe = Recipe(signature, correction, sender=who, factory=factory)
                imports.put_correction(
                    session,
                    f"{signature}|{who}|{factory}",
                    json.loads(recipe.to_json()),
                    at=self._desk.clock.now(),
                    kind=LAYOUTS,
                )

    def names(self) -> Mapping[str, PersonId]:
        """Who a written name is, by `name_key`, as officers decided."""
        with self._database.read() as session:
            known = imports.corrections(session, kind=NAMES)
        return MappingProxyType({key: PersonId(str(mapping["person"])) for key, mapping in known.items()})

    def remember_name(self, name: str, group: str | None, person: PersonId) -> None:
        """From now on this name in this group is that person."""
        with self._database.write() as session:
            imports.put_correction(
                session,
                name_key(name, group),
                {"person": person},
                at=self._desk.clock.now(),
                kind=NAMES,
            )
