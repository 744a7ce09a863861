"""Prices of scarce places in a made-up market, by the program's own rule, from the requests of the last weeks.

Lighter than in the program: found once a week, each kind of need apart, from the newest wishes for it.
"""

from dataclasses import replace

import numpy as np

from resource_hub.evaluation.simulation.desk import Desk
from resource_hub.evaluation.simulation.knowledge import Knowledge
from resource_hub.matching.pricing import prices
from resource_hub.matching.values.allocation import Cases
from resource_hub.matching.values.columns import Floats, Ints, Rooms

EVERY_DAYS = 7.0
_NEWEST = 12


def reprice(desk: Desk, knowledge: Knowledge, day: float) -> None:
    """Find the prices of the places that are counted; whatever nobody counts has none."""
    policy, wishes = desk.policy.price, desk.world.wishes
    since = max(day - policy.history_weeks * 7, 0)
    past = [number for number, wish in enumerate(wishes) if since < wish.person.day <= day]
    knowledge.price[:] = 0
    if len(past) < policy.least_cases:
        return
    rooms = replace(knowledge.rooms, free=np.maximum(knowledge.rooms.free, 1))
    for need, labelled in enumerate(desk.labelled):
        counted = labelled[~np.isnan(knowledge.rooms.free[labelled])]
        alike = [number for number in past if wishes[number].need == need]
        if len(counted) and alike:
            newest = alike[-_NEWEST:]
            worth = np.stack([_gain(desk, knowledge, wish, (day, rooms), counted) for wish in newest])
            ahead = policy.ahead_weeks * 7 / (day - since) * len(alike) / len(newest)
            cases = Cases(worth, np.ones(len(newest)))
            found = prices(cases, np.full(len(newest), ahead), knowledge.rooms.free[counted])
            # A service that answers several needs is as scarce as the scarcest of them makes it.
            knowledge.price[counted] = np.maximum(knowledge.price[counted], found)


def _gain(desk: Desk, knowledge: Knowledge, wish: int, now: tuple[float, Rooms], counted: Ints) -> Floats:
    """Return what each counted place, if it had room, is worth to a wish beyond its best place without count."""
    day, rooms = now
    rows, worth = desk.judged[wish].rows, np.zeros(len(desk.world.services))
    worth[rows] = np.prod(desk.factors(wish, day, knowledge, rooms), axis=0)
    gain: Floats = worth[counted] - np.delete(worth, counted).max(initial=0.0)
    return gain
