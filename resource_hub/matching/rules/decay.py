"""What wears off: 1 at the start, half of the way to a limit after each half-life."""

import numpy as np

from resource_hub.matching.values.columns import Floats


def decay(amount: Floats, half_life: float, limit: float) -> Floats:
    """Return `limit + (1 - limit) · 2^(-amount / half_life)`; a negative amount counts as none, NaN stays NaN."""
    return limit + (1 - limit) * np.exp2(-np.maximum(amount, 0) / half_life)
