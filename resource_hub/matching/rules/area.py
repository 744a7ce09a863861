"""Does this service serve where the person lives? Yes, no, or ask for the ZIP Code."""

import re

import numpy as np

from resource_hub.core.geography import PostalCode, county_key
from resource_hub.matching.rules.logic import any_of
from resource_hub.matching.values.columns import Areas, Extent, Ints
from resource_hub.matching.values.ranking import Truth


def judge(extent: Extent, home: PostalCode | None, state: str) -> Truth:
    """Judge one area. `state` is the market's, for counties that are named without one."""
    if extent.kind == "nation":
        return Truth.YES
    if home is None or extent.kind not in {"state", "county", "postal_code"}:
        return Truth.UNKNOWN
    if extent.kind == "postal_code":
        return _truth(holds=home.code in re.findall(r"\b\d{5}\b", extent.name))
    if extent.kind == "state":
        return _truth(holds=home.state == extent.name.strip().upper())
    county, _, named = extent.name.partition(",")
    same_state = home.state == (named.strip().upper() or state)
    return _truth(holds=same_state and county_key(home.county) == county_key(county))


def judge_rows(areas: Areas, home: PostalCode | None, state: str, rows: int) -> Ints:
    """Judge every row: one area that holds is enough; a service without stated areas serves everybody."""
    judged = np.array([judge(extent, home, state) for extent in areas.extents], dtype=np.int64)
    return any_of(judged[areas.which], areas.row, rows)


def asks_for_home(areas: Areas, row: int, home: PostalCode | None) -> bool:
    """Tell whether the person's ZIP Code would decide whether a row serves them."""
    kinds = {areas.extents[which].kind for which in areas.which[areas.row == row]}
    return home is None and bool(kinds & {"state", "county", "postal_code"}) and "nation" not in kinds


def _truth(*, holds: bool) -> Truth:
    return Truth.YES if holds else Truth.NO
