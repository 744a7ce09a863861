"""Chance in one word: which rows, or whether at all."""

import numpy as np

from resource_hub.matching.values import Bools


def some(chance: np.random.Generator, rows: int, share: float) -> Bools:
    """Return a share of the rows, drawn at random."""
    drawn: Bools = chance.random(rows) < share
    return drawn


def happens(chance: np.random.Generator, share: float) -> bool:
    """Draw whether something of this chance happens."""
    return bool(chance.random() < share)
