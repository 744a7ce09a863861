"""Policies that place cases one by one, knowing nothing of those still to come."""

from collections.abc import Callable

import numpy as np

from resource_hub.evaluation.allocation.forecast import Forecast, forecasts
from resource_hub.evaluation.allocation.instance import Instance
from resource_hub.matching.pricing import prices
from resource_hub.matching.values.allocation import Cases
from resource_hub.matching.values.columns import Floats

# Sees the cases up to the one that has to be placed now and the room left; says where it goes, or None.
Choose = Callable[[Cases, Floats], int | None]
_DRAWS = 20
# Nobody is left without a place unless that is better even if so much of the expected demand comes.
_CERTAIN = 0.8
# Prices are found again for every case up to so many arrivals in all, then after each such share of them.
_RENEWALS = 400


def run(instance: Instance, choose: Choose) -> float:
    """Return the total worth of the arrivals where the policy puts them, in their order."""
    room, total = instance.room.copy(), 0.0
    for number, size in enumerate(instance.arrivals.sizes, start=1):
        place = choose(instance.arrivals.first(number), room)
        if place is not None:
            total += float(instance.arrivals.worth[number - 1, place])
            room[place] -= size
    return total


def random(instance: Instance, seed: int = 0) -> float:
    """Return the mean total of placing each case anywhere it may go and has room."""
    generator = np.random.default_rng(seed)

    def choose(seen: Cases, room: Floats) -> int | None:
        open_to = np.flatnonzero(np.isfinite(seen.worth[-1]) & (room >= seen.sizes[-1]))
        return int(generator.choice(open_to)) if len(open_to) else None

    return float(np.mean([run(instance, choose) for _ in range(_DRAWS)]))


def greedy(instance: Instance) -> float:
    """Return the total of placing each case where it is worth most and has room."""
    return run(instance, lambda seen, room: best(seen, room, np.zeros(len(room))))


def priced(instance: Instance) -> float:
    """Return the total of placing each case where its worth is furthest above the price of the room it takes."""
    return run(instance, Priced(instance.history, instance.room))


class Priced:
    """Prices from history and from what was seen, found again as cases come and room goes."""

    def __init__(self, history: Cases, room: Floats) -> None:
        self._history, self._room = history, float(room.sum())
        self._prices: list[Floats] = []
        self._due = 0

    def __call__(self, seen: Cases, room: Floats) -> int | None:
        """Place the newest case."""
        known = self._history.then(seen)
        expected = forecasts(float(self._history.sizes.sum()), self._room, float(seen.sizes.sum()), float(room.sum()))
        if len(seen) > self._due:
            self._prices = self._found(known, expected, room, 1.0)
            self._due = len(seen) + len(known) // _RENEWALS
        price = _mean(expected, self._prices)
        chosen = best(seen, room, price)
        if chosen is None:
            lower = _mean(expected, self._found(known, expected, room, _CERTAIN))
            chosen = chosen if best(seen, room, lower) is None else best(seen, room, price, leave=False)
        return chosen

    def _found(self, known: Cases, expected: tuple[Forecast, ...], room: Floats, share: float) -> list[Floats]:
        each = share / known.sizes.sum()
        starts = self._prices or [np.zeros(len(room))] * len(expected)
        return [
            prices(known, np.full(len(known), each * forecast.units), room, start)
            for forecast, start in zip(expected, starts, strict=True)
        ]


def best(seen: Cases, room: Floats, price: Floats, *, leave: bool = True) -> int | None:
    """Return the place where the newest case gains most above the price; None where it gains nothing or has no room."""
    worth, size = seen.worth[-1], seen.sizes[-1]
    gain = np.where((room >= size) & (worth > 0), worth - size * price, -np.inf)
    if not len(gain):
        return None
    place = int(gain.argmax())
    return place if gain[place] > (0 if leave else -np.inf) else None


def _mean(expected: tuple[Forecast, ...], found: list[Floats]) -> Floats:
    weighed = [forecast.chance * price for forecast, price in zip(expected, found, strict=True)]
    return np.asarray(np.sum(weighed, axis=0), dtype=np.float64)
