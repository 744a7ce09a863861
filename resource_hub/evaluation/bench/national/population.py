"""Where people live: ZIP Codes weighted by a stand-in for their population."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from resource_hub.core.geography import PostalCode, postal_codes
from resource_hub.matching.values import Floats, Ints

# ZIP Codes are drawn for the post, so each serves some thousand people, and more where they lie close together.
# With the square root of how many lie around (cells of a fifth of a degree) the shares of large cities come out as
# in the census: New York 5.8 %, Los Angeles 3.7 %, all of Montana 0.3 %.
_CELL = 0.2
_POWER = 0.5


@dataclass(frozen=True)
class Population:
    """ZIP Codes of the states with coordinates in degrees and the share of people in each."""

    codes: tuple[PostalCode, ...]
    latitude: Floats
    longitude: Floats
    share: Floats

    def draw(self, chance: np.random.Generator, count: int) -> Ints:
        """Return the ZIP Codes, as indexes, of people drawn at random."""
        return chance.choice(len(self.codes), size=count, p=self.share)


@lru_cache(maxsize=1)
def population() -> Population:
    """Return the ZIP Codes of the table that the build makes."""
    codes = tuple(code for code in postal_codes().values() if code.state)
    latitude = np.array([code.point.latitude for code in codes])
    longitude = np.array([code.point.longitude for code in codes])
    around = _around(np.floor(latitude / _CELL).astype(int), np.floor(longitude / _CELL).astype(int))
    return Population(codes, latitude, longitude, around**_POWER / (around**_POWER).sum())


def _around(rows: Ints, columns: Ints) -> Floats:
    cells = list(zip(rows.tolist(), columns.tolist(), strict=True))
    counted = Counter(cells)
    nearby = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    totals = {
        (row, column): sum(counted[row + down, column + right] for down, right in nearby) for row, column in counted
    }
    return np.array([totals[cell] for cell in cells], dtype=np.float64)
