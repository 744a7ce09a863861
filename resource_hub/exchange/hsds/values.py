"""What the standard says about a table, in its own words."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One field of an HSDS object.

    `type` is string, number, array or object; `of` names the table of what is inside, or of what an id refers to.
    `required` is for JSON, `tabular_required` for data packages, which have no column for arrays and objects.
    """

    name: str
    type: str
    format: str
    required: bool
    tabular_required: bool
    values: tuple[str, ...]
    of: str

    @property
    def nested(self) -> bool:
        """Whether other objects stand inside it."""
        return self.type in {"array", "object"}


@dataclass(frozen=True)
class Table:
    """One object of HSDS 3.x and the file of a data package that holds it, with fields in the standard's order."""

    name: str
    file: str
    fields: Mapping[str, Field]

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields that a data package has columns for."""
        return tuple(field for field in self.fields.values() if not field.nested)
