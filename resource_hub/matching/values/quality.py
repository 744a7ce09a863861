"""How good the directory is: what listings say, how old it is, what was reported and mended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from resource_hub.matching.values.columns import Floats


@dataclass(frozen=True)
class Mended:
    """Reports of errors: open now; and of those closed in the last twelve months how they ended, and after how long."""

    open: int
    overdue: int
    ended: Mapping[str, int]
    days: tuple[float, ...]


@dataclass(frozen=True)
class Quality:
    """The figures of one market's active listings on a day, or of several markets together.

    `complete` counts the listings that say something of a kind of fact. `ages` has days since the last check, a column
    for each kind, NaN for never. `checked_by` counts listings checked in the last twelve months, by whom.
    """

    day: date
    listings: int
    complete: Mapping[str, int]
    ages: Floats
    checked_by: Mapping[str, int]
    mended: Mended


@dataclass(frozen=True)
class Ages:
    """The ages of a kind of fact in days. `bars` counts listings up to each of `UP_TO`, and beyond the last."""

    median: float | None
    half_life: float
    older: int
    never: int
    bars: tuple[int, ...]


UP_TO = (30, 90, 180, 365, 730)
"""Ends of the bars in which ages are counted, in days."""
