"""The index as a value: the rows in the order of their cells, and for each need the rows that answer it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resource_hub.core.codes import NEEDS
from resource_hub.matching.rules.spots import Spots
from resource_hub.matching.values.columns import Bools, Columns, Ints

NEED_CODES = tuple(NEEDS)
APPROXIMATE = 1 << 4


@dataclass(frozen=True)
class Postings:
    """Rows by need: those of need number n stand from `ends[n]` to before `ends[n + 1]`, in the order of `keys`."""

    ends: Ints
    rows: NDArray[np.uint32]
    keys: NDArray[np.uint32]
    weights: NDArray[np.float32]

    def of(self, need: int) -> slice:
        """Return where the rows of a need stand."""
        return slice(int(self.ends[need]), int(self.ends[need + 1]))


@dataclass(frozen=True)
class Combinations:
    """How many rows have the same needs, areas and conditions, and are active or not."""

    needs: Ints
    areas: Ints
    eligibility: Ints
    active: Bools
    count: Ints


@dataclass(frozen=True)
class Index:
    """A market's rows in the order of their cells, those that distance says nothing about at the end.

    `near` has the active rows that must be travelled to, by cell; `far` the active ones that come by phone, online or
    to the home, or whose place is unknown or confidential, by area profile. `spots` and `flags` (bits of
    `Mode`, and `APPROXIMATE`) are what the search reads of `columns`. `holders` are the area profiles
    that hold a key of a home; `nowhere` and `homeless` are their verdicts for a home in none of them, and for no home.
    """

    columns: Columns
    spots: Spots
    flags: NDArray[np.uint8]
    near: Postings
    far: Postings
    combinations: Combinations
    holders: Mapping[tuple[str, str], Ints]
    nowhere: Ints
    homeless: Ints

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.columns)
