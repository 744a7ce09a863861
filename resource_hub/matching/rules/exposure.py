"""Among rows that are about equally good each comes first with at least a declared chance; every chance is exact."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from resource_hub.matching.rules.lots import draw, rounded
from resource_hub.matching.values.columns import Floats, Ints, Words
from resource_hub.matching.values.lots import Lot
from resource_hub.matching.values.policy import Exposure

# Each lot of a list has its own stream of numbers, so that none depends on another.
_WHETHER, _WHICH = 1, 2


@dataclass(frozen=True)
class _Equals:
    """The places `first` to `end` of an order, one of which is drawn to come first with a chance of `turn`."""

    first: int
    end: int
    turn: float

    @property
    def size(self) -> int:
        return self.end - self.first


def first_places(
    ranked: Ints, scores: Floats, keys: Words, seed: int, policy: Exposure | None, most: int
) -> Iterator[tuple[int, Lot]]:
    """Yield the first `most` rows of an order with their lots, the first among near-equals drawn.

    `ranked` holds rows, best first, equals by lot; it may end after the last row that is nearly equal to the place
    `most`. Seed 0, and no policy, leaves it as it is.
    """
    falling = -rounded(scores[ranked])
    margin, floor = (policy.margin, policy.floor) if policy and seed else (0.0, 0.0)
    first, most = 0, min(most, len(ranked))
    while first < most:
        worst = falling[first] + margin * abs(falling[first])
        end = int(np.searchsorted(falling, worst, side="right"))
        equals = _Equals(first, end, min(1.0, floor * (end - first)))
        for place, base in enumerate(_drawn(equals, keys[ranked[first:end]], seed)[: most - first].tolist(), start=1):
            yield int(ranked[base]), _lot(equals, falling, place, base)
        first = end


def propensity(place: int, better: int, ties: int, size: int, turn: float) -> float:
    """Return the chance of standing at a place (from 1) or higher among `size` near-equals.

    `better` are strictly better, `ties` are exact equals with the row itself, in an order by lot. With a chance of
    `turn` one of all is drawn to come first, and those that stood before it move down by one.
    """
    last, last_moved = min(better + ties, place), min(better + ties, place - 1)
    as_is = max(0, last - better) / ties
    kept = _sum(better, last)
    moved = _sum(size - last_moved, size - better)
    drawn = (1 + (kept + moved) / ties) / size
    return (1 - turn) * as_is + turn * drawn


def _drawn(equals: _Equals, keys: Words, seed: int) -> Ints:
    places = np.arange(equals.first, equals.end)
    if np.random.default_rng([seed, _WHETHER, equals.first]).random() >= equals.turn:
        return places
    chosen = int(draw(keys, [seed, _WHICH]).argmin())
    return np.concatenate([places[chosen : chosen + 1], np.delete(places, chosen)])


def _lot(equals: _Equals, falling: Floats, place: int, base: int) -> Lot:
    better = int(np.searchsorted(falling, falling[base], side="left"))
    ties = int(np.searchsorted(falling, falling[base], side="right")) - better
    return Lot(place, equals.size, propensity(place, better - equals.first, ties, equals.size, equals.turn))


def _sum(low: int, high: int) -> int:
    """Return low + … + (high - 1)."""
    return (high - low) * (low + high - 1) // 2 if high > low else 0
