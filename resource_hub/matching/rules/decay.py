"""What wears off: 1 at the start, half of the way to a limit after each half-life."""

from math import inf, log2

import numpy as np

from resource_hub.matching.values.columns import Floats


def amount_of(worth: float, half_life: float, limit: float) -> float:
    """Return after how much no more than `worth` is left; infinite for what never wears off so far."""
    if worth <= limit:
        return inf
    return max(half_life * log2((1 - limit) / (worth - limit)), 0.0)


def decay(amount: Floats, half_life: float, limit: float) -> Floats:
    """Return `limit + (1 - limit) · 2^(-amount / half_life)`; a negative amount counts as none, NaN stays NaN."""
    return limit + (1 - limit) * np.exp2(-np.maximum(amount, 0) / half_life)
