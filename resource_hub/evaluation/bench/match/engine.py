"""What every engine answers with, and how two answers are compared."""

from dataclasses import dataclass

import numpy as np

from resource_hub.core.geography import Point
from resource_hub.matching.values import Floats, Ints, Query

TOLERANCE = 1e-4


@dataclass(frozen=True)
class Top:
    """The best rows of the directory for one question, best first, and their scores."""

    rows: Ints
    scores: Floats


def same(answer: Top, truth: Top) -> bool:
    """Tell whether an answer is the true one: the same scores, place by place; rows that are equal may change seats."""
    return len(answer.scores) == len(truth.scores) and bool(
        np.allclose(answer.scores, truth.scores, rtol=0, atol=TOLERANCE)
    )


def origin_of(query: Query) -> Point:
    """Return where a question of the benchmark comes from: each of them has a place."""
    if query.origin is None:
        raise ValueError("Questions to the benchmark come from a place.")
    return query.origin
