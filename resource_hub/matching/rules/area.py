"""Does this service serve where the person lives? Yes, no, or ask for the ZIP Code."""

import re
from functools import lru_cache

import numpy as np

from resource_hub.core.geography import PostalCode, county_key
from resource_hub.matching.rules.logic import any_of
from resource_hub.matching.values.columns import Areas, Extent, Ints
from resource_hub.matching.values.ranking import Truth

Key = tuple[str, str]

TESTED = frozenset({"state", "county", "postal_code"})


def judge(extent: Extent, home: PostalCode | None, state: str) -> Truth:
    """Judge one area. `state` is the market's, for counties that are named without one."""
    if extent.kind == "nation":
        return Truth.YES
    if home is None or extent.kind not in TESTED:
        return Truth.UNKNOWN
    return Truth.NO if keys_of(extent, state).isdisjoint(keys_of_home(home)) else Truth.YES


def keys_of(extent: Extent, state: str) -> frozenset[Key]:
    """Return what an area that can be tested holds: ZIP Codes, a state or a county."""
    if extent.kind == "postal_code":
        return frozenset(("postal_code", code) for code in re.findall(r"\b\d{5}\b", extent.name))
    if extent.kind == "state":
        return frozenset({("state", extent.name.strip().upper())})
    county, _, named = extent.name.partition(",")
    return frozenset({("county", f"{county_key(county)}, {named.strip().upper() or state}")})


@lru_cache(maxsize=4096)
def keys_of_home(home: PostalCode) -> frozenset[Key]:
    """Return what a home lies in, in the words of `keys_of`."""
    county = f"{county_key(home.county)}, {home.state}"
    return frozenset({("postal_code", home.code), ("state", home.state), ("county", county)})


def judge_rows(areas: Areas, home: PostalCode | None, state: str, rows: int) -> Ints:
    """Judge every row: one area that holds is enough; a service without stated areas serves everybody."""
    judged = np.array([judge(extent, home, state) for extent in areas.extents], dtype=np.int64)
    return any_of(judged[areas.which], areas.row, rows)


def asks_for_home(areas: Areas, row: int, home: PostalCode | None) -> bool:
    """Tell whether the person's ZIP Code would decide whether a row serves them."""
    kinds = {areas.extents[which].kind for which in areas.which[areas.row == row]}
    return home is None and bool(kinds & TESTED) and "nation" not in kinds
