"""Where: areas served by nation, state, county and ZIP Codes around each service's own."""

import numpy as np
from numpy.typing import NDArray

from resource_hub.evaluation.bench.national.population import Population
from resource_hub.matching.values import Areas, Bools, Extent, Ints

_REMOTE = {"county": 0.37, "state": 0.6, "nation": 0.03}
_IN_PERSON = {"county": 0.45, "state": 0.15, "codes": 0.1, "none": 0.3}
_NEIGHBOURS = np.arange(-2, 3)


class ServedAreas:
    """The area profiles around every ZIP Code: its county, its state, five ZIP Codes, the nation, nothing stated."""

    def __init__(self, people: Population) -> None:
        self._known: dict[Extent, int] = {}
        county = self._numbers([Extent("county", f"{code.county}, {code.state}") for code in people.codes])
        state = self._numbers([Extent("state", code.state) for code in people.codes])
        own = self._numbers([Extent("postal_code", code.code) for code in people.codes])
        nation = self._numbers([Extent("nation", "US")])
        single = len(self._known)
        codes = len(people.codes)
        self._of = {
            "county": county,
            "state": state,
            "nation": np.repeat(nation, codes),
            "codes": single + np.arange(codes),
            "none": np.full(codes, single + codes),
        }
        near = own[np.clip(np.arange(codes)[:, None] + _NEIGHBOURS, 0, codes - 1)]
        alone = np.arange(single)
        self.areas = Areas(
            tuple(self._known),
            np.concatenate([alone, np.repeat(self._of["codes"], len(_NEIGHBOURS))]),
            np.concatenate([alone, near.ravel()]),
        )

    def of(self, chance: np.random.Generator, home: Ints, remote: Bools) -> Ints:
        """Return each row's profile by its ZIP Code; remote ones always say whom they serve."""
        drawn = np.where(remote, _drawn(chance, len(home), _REMOTE), _drawn(chance, len(home), _IN_PERSON))
        return np.select([drawn == kind for kind in self._of], [numbers[home] for numbers in self._of.values()])

    def _numbers(self, extents: list[Extent]) -> Ints:
        known = self._known
        return np.array([known.setdefault(extent, len(known)) for extent in extents], dtype=np.int64)


def _drawn(chance: np.random.Generator, rows: int, shares: dict[str, float]) -> NDArray[np.str_]:
    return chance.choice(list(shares), size=rows, p=list(shares.values()))
