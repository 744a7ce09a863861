"""The truth: the one formula over every row, in double precision."""

import numpy as np

from resource_hub.evaluation.bench.match.engine import Top
from resource_hub.evaluation.bench.national.directory import Directory
from resource_hub.matching.rules.assess import assess
from resource_hub.matching.rules.lots import order
from resource_hub.matching.values import Policy, Query


def best(directory: Directory, query: Query, policy: Policy) -> Top:
    """Return the best rows by judging all of them."""
    judged = assess(directory.columns, directory.rooms, query, policy)
    passed = np.flatnonzero(judged.passed)
    places = order(judged.score[passed], directory.columns.keys[passed], query.seed)[: query.limit]
    return Top(passed[places], judged.score[passed[places]])
