"""Long tables: choosing the lines that belong to chosen rows."""

from dataclasses import fields, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

T = TypeVar("T")


def lines_of(row: Ints, chosen: Ints) -> tuple[Ints, Ints]:
    """Return the lines of a long table, in order of `row`, that belong to the chosen rows, and to which one each."""
    first, last = np.searchsorted(row, chosen), np.searchsorted(row, chosen, side="right")
    return spread(first, last)


def spread(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Return every number of the ranges from `first` to before `last`, and the place of the range that it is of."""
    lengths = last - first
    begins = np.cumsum(lengths) - lengths
    place = np.repeat(np.arange(len(lengths)), lengths)
    return np.arange(len(place)) - (begins - first)[place], place


def chosen_lines(table: T, lines: Ints, *but: str) -> T:
    """Return a table of columns with some of its lines."""
    names = {part.name for part in fields(table)} - {"exceptions", *but}  # type: ignore[arg-type]  # only dataclasses
    return replace(table, **{name: getattr(table, name)[lines] for name in names})  # type: ignore[type-var]  # the same
