"""Real minutes in place of estimates, for the rows that may be shown."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from resource_hub.matching.rules.assess import Assessment
from resource_hub.matching.rules.distance import with_measured
from resource_hub.matching.rules.follow_through import follow_through
from resource_hub.matching.rules.formula import FACTORS, charged, score
from resource_hub.matching.values.columns import Columns, Floats, Ints
from resource_hub.matching.values.policy import Policy
from resource_hub.matching.values.query import REMOTE, Query, TravelMode

FOLLOW_THROUGH = FACTORS.index("follow_through")


def worth_measuring(columns: Columns, assessment: Assessment, most: int) -> Ints:
    """Return the best rows by estimate that must be travelled to and stand where we know, at most so many."""
    known = np.isfinite(assessment.there.km) & ~columns.approximate & ~columns.confidential
    rows = np.flatnonzero(assessment.passed & known & ((columns.modes & REMOTE) == 0))
    return rows[np.argsort(-assessment.score[rows], kind="stable")[:most]]


def remeasured(
    columns: Columns,
    query: Query,
    policy: Policy,
    assessment: Assessment,
    rows: Ints,
    measured: Mapping[TravelMode, Floats],
) -> Assessment:
    """Return the assessment with the measured minutes of some rows: their follow-through and score follow."""
    there = with_measured(assessment.there, rows, measured, query.by, policy.travel)
    factors = assessment.factors.copy()
    factors[FOLLOW_THROUGH] = follow_through(columns, query, there, policy)
    price = charged(np.prod(factors, axis=0), assessment.price, policy.price.most)
    return replace(assessment, there=there, factors=factors, price=price, score=score(factors, price))
