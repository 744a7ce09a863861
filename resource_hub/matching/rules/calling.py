"""Which listing a steward calls next: what is likely wrong and much used comes first."""

import numpy as np

from resource_hub.matching.values.columns import Bools, Floats, Ints


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
