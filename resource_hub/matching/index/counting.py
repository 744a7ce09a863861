"""How many rows pass and how many are left out for which reason, exactly, without judging each of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from resource_hub.matching.index.candidates import Finder
from resource_hub.matching.rules.assess import EXCLUSIONS
from resource_hub.matching.rules.fit import by_profile
from resource_hub.matching.values.ranking import Truth


@dataclass(frozen=True)
class Counts:
    """How many rows answer a need and pass, and how many were left out, by the first reason that applies."""

    remaining: int
    excluded: Mapping[str, int]


def counts(finder: Finder) -> Counts:
    """Count the rows of an index by what they have in common; only distance is looked at row by row."""
    columns, verdicts, rows = finder.index.columns, finder.verdicts, finder.index.combinations
    answers = (by_profile(columns, finder.query.needs).max(axis=1, initial=0) > 0)[rows.needs]
    reasons = [
        ~rows.active,
        verdicts.served[rows.areas] == Truth.NO,
        verdicts.eligible[rows.eligibility] == Truth.NO,
    ]
    reason = np.select(reasons, list(range(len(reasons))), default=len(EXCLUSIONS))
    found = np.bincount(reason[answers], rows.count[answers], len(EXCLUSIONS) + 1).astype(int).tolist()
    passed = found.pop()
    remaining = passed if finder.query.max_km is None or finder.query.origin is None else finder.count_within()
    found[EXCLUSIONS.index("too_far")] = passed - remaining
    return Counts(remaining, dict(zip(EXCLUSIONS, found, strict=True)))
