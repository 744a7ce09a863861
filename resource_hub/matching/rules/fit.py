"""Fit: how well a service answers the needs that were asked for."""

import numpy as np

from resource_hub.core.codes import NEEDS
from resource_hub.matching.values.columns import Columns, Floats, Ints
from resource_hub.matching.values.policy import Fit

NEED_CODES = tuple(NEEDS)


def asked(columns: Columns, needs: tuple[str, ...]) -> Floats:
    """Return the weights of the needs that were asked for, one column each; 0 where a row does not answer."""
    return by_profile(columns, needs)[columns.of.needs]


def by_profile(columns: Columns, needs: tuple[str, ...]) -> Floats:
    """Return the same for each need profile."""
    return columns.weights[:, [NEED_CODES.index(need) for need in needs]]


def answering(columns: Columns, needs: tuple[str, ...]) -> Ints:
    """Return the rows that answer one of the needs."""
    return np.flatnonzero((by_profile(columns, needs).max(axis=1, initial=0) > 0)[columns.of.needs])


def fit(weights: Floats, policy: Fit) -> Floats:
    """Return the best weight, less a share for the needs that are left over."""
    covered = np.count_nonzero(weights > 0, axis=1)
    left_over = (weights.shape[1] - covered) / weights.shape[1]
    value: Floats = weights.max(axis=1) * (1 - policy.partial * left_over)
    return value
