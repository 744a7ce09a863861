"""Prices of scarce places in a made-up market, by the program's own rule, from the requests of the last weeks."""

import numpy as np

from resource_hub.evaluation.simulation.desk import Desk
from resource_hub.evaluation.simulation.knowledge import Knowledge
from resource_hub.matching.pricing import prices
from resource_hub.matching.values.allocation import Cases
from resource_hub.matching.values.columns import Floats, Ints

# Prices are found anew after so many days, for the requests of so many days, from those of the last weeks.
EVERY_DAYS = 7.0
_PAST_DAYS = 14.0


def reprice(desk: Desk, knowledge: Knowledge, day: float) -> None:
    """Find the prices of the places that are counted; whatever nobody counts has none."""
    knowledge.price[:] = 0
    past = [
        (number, wish.need)
        for number, wish in enumerate(desk.world.wishes)
        if day - _PAST_DAYS < wish.person.day <= day
    ]
    for need, labelled in enumerate(desk.labelled):
        counted = labelled[knowledge.rooms.free[labelled] > 0]
        wishes = [number for number, wanted in past if wanted == need]
        if len(counted) and wishes:
            worth = np.stack([_worth(desk, knowledge, wish, day, counted) for wish in wishes])
            expected = np.full(len(wishes), EVERY_DAYS / min(_PAST_DAYS, max(day, EVERY_DAYS)))
            found = prices(Cases(worth, np.ones(len(wishes))), expected, knowledge.rooms.free[counted])
            # A service that answers several needs is as scarce as the scarcest of them makes it.
            knowledge.price[counted] = np.maximum(knowledge.price[counted], found)


def _worth(desk: Desk, knowledge: Knowledge, wish: int, day: float, counted: Ints) -> Floats:
    """Return what each counted place is worth to a wish beyond the best that nobody counts."""
    rows, worth = desk.judged[wish].rows, np.full(len(desk.world.services), -np.inf)
    worth[rows] = np.prod(desk.factors(wish, day, knowledge), axis=0)
    others = rows[~(knowledge.rooms.free[rows] > 0)]
    return worth[counted] - max(float(worth[others].max(initial=0.0)), 0.0)
