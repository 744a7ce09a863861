"""Builds the index of a market from its columns."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from resource_hub.matching.index.table import (
    APPROXIMATE,
    NEED_CODES,
    Combinations,
    Index,
    Postings,
)
from resource_hub.matching.rules import area
from resource_hub.matching.rules.cells import sort_keys
from resource_hub.matching.rules.logic import any_of
from resource_hub.matching.rules.spots import spots_of
from resource_hub.matching.values.columns import Columns, Ints
from resource_hub.matching.values.ranking import Truth


def index_of(columns: Columns) -> Index:
    """Return the index of columns whose profiles are each written once and whose rows are sorted `by_cell`."""
    far, keys = sort_keys(columns)
    return Index(
        columns=columns,
        spots=spots_of(columns.latitude, columns.longitude),
        flags=(columns.modes | np.where(columns.approximate, APPROXIMATE, 0)).astype(np.uint8),
        near=_postings(columns, keys, np.flatnonzero(columns.active & ~far)),
        far=_postings(columns, keys, np.flatnonzero(columns.active & far)),
        combinations=_combinations(columns),
        holders=_holders(columns),
        nowhere=_verdict_for_no_home(columns, Truth.NO),
        homeless=_verdict_for_no_home(columns, Truth.UNKNOWN),
    )


def _postings(columns: Columns, keys: NDArray[np.uint32], rows: Ints) -> Postings:
    weights = columns.weights.astype(np.float32)
    profiles = columns.of.needs[rows]
    ends, parts = [0], list[tuple[Ints, NDArray[np.float32]]]()
    for need in range(len(NEED_CODES)):
        weight = weights[profiles, need]
        answering = np.flatnonzero(columns.weights[profiles, need] > 0)
        parts.append((rows[answering], weight[answering]))
        ends.append(ends[-1] + len(answering))
    chosen = np.concatenate([part[0] for part in parts])
    weight = np.concatenate([part[1] for part in parts])
    return Postings(np.array(ends), chosen.astype(np.uint32), keys[chosen], weight)


def _combinations(columns: Columns) -> Combinations:
    of = columns.of
    table = np.stack([np.asarray(part, dtype=np.int64) for part in (of.needs, of.areas, of.eligibility)], axis=1)
    code = np.zeros(len(columns), dtype=np.int64)
    for part in (*table.T, columns.active):
        code = np.unique(code * (int(part.max(initial=0)) + 1) + part, return_inverse=True)[1]
    _codes, first, count = np.unique(code, return_index=True, return_counts=True)
    needs, areas, eligibility = table[first].T
    return Combinations(needs, areas, eligibility, columns.active[first], count)


def _holders(columns: Columns) -> dict[area.Key, Ints]:
    holders: dict[area.Key, list[int]] = defaultdict(list)
    for row, which in zip(columns.areas.row.tolist(), columns.areas.which.tolist(), strict=True):
        extent = columns.areas.extents[which]
        if extent.kind in area.TESTED:
            for key in area.keys_of(extent, columns.state):
                holders[key].append(row)
    return {key: np.unique(rows) for key, rows in holders.items()}


def _verdict_for_no_home(columns: Columns, tested: Truth) -> Ints:
    """Return the verdicts where areas that need a home are all `tested`: nobody's home, or one that nobody told."""
    areas = columns.areas
    judged = [
        tested if area_.kind in area.TESTED else area.judge(area_, None, columns.state) for area_ in areas.extents
    ]
    verdict = any_of(np.array(judged, dtype=np.int64)[areas.which], areas.row, columns.area_profiles)
    # Copied for every query, and small.
    small: Ints = verdict.astype(np.int8)
    return small
