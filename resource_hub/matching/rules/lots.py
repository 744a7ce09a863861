"""Order: by score, and by lot among equals."""

from collections.abc import Sequence

import numpy as np

from resource_hub.matching.values.columns import Floats, Ints, Words

_DIGITS = 12


def order(scores: Floats, keys: Words, seed: int) -> Ints:
    """Return the rows, best first. Among equal scores the seed and each row's own key decide, not its place."""
    return np.lexsort((draw(keys, seed), -rounded(scores)))


def rounded(scores: Floats) -> Floats:
    """Return scores without the digits that only rounding made: what is the same here is a tie."""
    return np.round(scores, _DIGITS)


def draw(keys: Words, seed: int | Sequence[int]) -> Words:
    """Return one number per key, the same for the same seed (splitmix64 of the key and the seed's salt)."""
    salt = np.random.default_rng(seed).integers(2**64, dtype=np.uint64)
    mixed = keys ^ salt
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
