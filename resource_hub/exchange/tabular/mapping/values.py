"""A mapping: which field of HSDS is made of which columns, and how."""

from collections.abc import Mapping
from dataclasses import dataclass

VERY_SURE = 0.9


@dataclass(frozen=True)
class Rule:
    """How one field is made of a row's cells, or of a constant `value` where it names no columns.

    Several columns are put together with `join`. `part` takes what stands before the first or after the last `at`.
    `split` makes several records of one cell, at any of its signs. `yes` is what is written where the cell says yes.
    """

    field: str
    columns: tuple[str, ...] = ()
    join: str = " "
    value: str = ""
    split: str = ""
    yes: str = ""
    part: str = ""
    at: str = ","


@dataclass(frozen=True)
class SheetMapping:
    """The rules of one sheet; without a name they are for the first sheet."""

    rules: tuple[Rule, ...]
    name: str = ""

    @property
    def fields(self) -> frozenset[str]:
        """The fields that are filled."""
        return frozenset(rule.field for rule in self.rules)


@dataclass(frozen=True)
class TableMapping:
    """The rules of a file. `source` keeps the ids of two lists with the same names apart."""

    sheets: tuple[SheetMapping, ...]
    source: str = "sheet"


@dataclass(frozen=True)
class Guess:
    """What a column seems to hold: a field or None, how sure that is (0 to 1), and a few of its cells."""

    column: str
    field: str | None
    confidence: float
    samples: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether the heading leaves hardly any doubt."""
        return self.confidence >= VERY_SURE


@dataclass(frozen=True)
class Proposal:
    """What each column of a sheet seems to hold. Columns without a field are left out of the mapping, and said."""

    sheet: str
    guesses: tuple[Guess, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that follow."""
        return tuple(Rule(guess.field, (guess.column,)) for guess in self.guesses if guess.field)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The columns whose meaning is not clear."""
        return tuple(guess.column for guess in self.guesses if not guess.field)


@dataclass(frozen=True)
class Proposals:
    """The proposals of the sheets of a file that say whose services they are; of several, by name."""

    sheets: tuple[Proposal, ...]

    @property
    def mapping(self) -> TableMapping:
        """The mapping that follows."""
        named = len(self.sheets) > 1
        return TableMapping(tuple(SheetMapping(one.rules, one.sheet if named else "") for one in self.sheets))


Values = Mapping[str, tuple[str, ...]]
