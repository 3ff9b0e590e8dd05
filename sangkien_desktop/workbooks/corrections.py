"""What the officer says about a layout, and how it is remembered for the next file of the same form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from sangkien_desktop.vietnamese.dates import DayOrder
from sangkien_desktop.vietnamese.legacy_fonts import Encoding

AS_IS = "as-is"
"""Lettering: the text is right as it stands."""


def _no_columns() -> Mapping[str, str | None]:
    return MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Correction:
    """Each part given goes before the program's own guess; what is not given is guessed."""

    header_row: int | None = None
    """From 1, the heading's last line; 0 says that there is no heading."""
    first_data_row: int | None = None
    columns: Mapping[str, str | None] = field(default_factory=_no_columns)
    """Column letter (number in a text file) → field, None for left out."""
    lettering: str | None = None
    """An `Encoding`, or AS_IS."""
    group: str | None = None
    """The group of all rows that name none."""
    money_unit: int | None = None
    """Đồng that a bare number counts."""
    per_month: bool = False
    """Amounts without a period are of one month (× 12)."""
    day_order: DayOrder | None = None
    skipped_rows: frozenset[int] = frozenset()
    """Sheet rows from 1 that are no records."""
    keep_unknown: bool = False
    """Columns that no field takes go into the note."""
    is_remembered: bool = False

    @property
    def encoding(self) -> Encoding | None:
        """The lettering as an encoding; None when it is guessed or right as it stands."""
        return Encoding(self.lettering) if self.lettering and self.lettering != AS_IS else None

    def with_column(self, column: str, chosen: str | None) -> "Correction":
        """The same with one column's field decided."""
        return replace(self, columns=MappingProxyType({**self.columns, column: chosen}))


NO_CORRECTION = Correction()


@dataclass(frozen=True)
class Recipe:
    """A correction remembered: for a layout (`signature`), and who sends it where that is known."""

    signature: str
    correction: Correction
    sender: str = ""
    factory: str = ""

    def to_json(self) -> str:
        """Text to be kept; row numbers and groups belong to one file and are left out."""
        correction = self.correction
        return json.dumps(
            {
                "signature": self.signature,
                "sender": self.sender,
                "factory": self.factory,
                "columns": dict(correction.columns),
                "lettering": correction.lettering,
                "money_unit": correction.money_unit,
                "per_month": correction.per_month,
                "day_order": correction.day_order,
                "keep_unknown": correction.keep_unknown,
            },
            ensure_ascii=False,
            sort_keys=True,
        )

    @classmethod
    def from_json(cls, text: str) -> "Recipe":
        """The inverse; ValueError or KeyError for text that is no recipe."""
        said: dict[str, Any] = json.loads(text)
        correction = Correction(
            columns=MappingProxyType(dict(said["columns"])),
            lettering=said["lettering"],
            money_unit=said["money_unit"],
            per_month=bool(said["per_month"]),
            day_order=DayOrder(said["day_order"]) if said["day_order"] else None,
            keep_unknown=bool(said["keep_unknown"]),
            is_remembered=True,
        )
        return cls(said["signature"], correction, said.get("sender", ""), said.get("factory", ""))


def recipe_for(
    signature: str, recipes: tuple[Recipe, ...], *, sender: str = "", factory: str = ""
) -> Recipe | None:
    """The closest memory of a layout: of this sender, else of this factory, else of anybody."""
    fitting = [recipe for recipe in recipes if recipe.signature == signature]
    return max(
        fitting,
        key=lambda r: (bool(sender) and r.sender == sender, bool(factory) and r.factory == factory),
        default=None,
    )
