"""Which listing a steward calls next: what is likely wrong and much used comes first."""

import numpy as np

from resource_hub.matching.values.columns import FACT_KINDS, Bools, Floats, Ints
from resource_hub.matching.values.policy import Policy


def due_of(verified: Floats, reported: Bools, today: int, policy: Policy) -> Bools:
    """Return which listings are to be called: a kind of fact past its half-life, never checked, or reported."""
    half_lives = np.array([policy.freshness[kind].half_life_days for kind in FACT_KINDS])
    aged = np.isnan(verified) | (today - verified > half_lives)
    due: Bools = np.any(aged, axis=1) | np.any(reported, axis=1)
    return due


def worth_of(right: Floats, handoffs: Ints, alternatives: Ints) -> Floats:
    """Return what a call about each listing is worth: the chance that something important is wrong × its use.

    Use is the handoffs to it in the last year, and how little there is in its place: the only one that answers a need
    counts as one handoff, one of ten as a tenth.
    """
    result: Floats = (1 - right) * (handoffs + 1 / np.maximum(alternatives, 1))
    return result


def order_of(worth: Floats, overdue: Bools) -> Ints:
    """Return the listings in the order to call them: those with a report past its due date, then by worth."""
    return np.lexsort((-worth, ~overdue))
