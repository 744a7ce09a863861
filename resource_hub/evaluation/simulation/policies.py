"""The orders of the list that are compared."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from resource_hub.evaluation.simulation.desk import Desk
from resource_hub.evaluation.simulation.knowledge import Knowledge
from resource_hub.matching.rules.formula import FACTORS, charged, score
from resource_hub.matching.values.columns import Floats, Ints

# For a wish on a day: the services in the list and what they are ordered by, the highest first.
Order = Callable[[Desk, Knowledge, int, float], tuple[Ints, Floats]]

_LAST = 1e6
_TIE = 1e-9


def alphabetical(desk: Desk, knowledge: Knowledge, wish: int, day: float) -> tuple[Ints, Floats]:
    """Order by name."""
    rows = labelled(desk, wish)
    return rows, -desk.world.services.name_order[rows].astype(np.float64)


def by_lot(desk: Desk, knowledge: Knowledge, wish: int, day: float) -> tuple[Ints, Floats]:
    """Order by lot."""
    rows = labelled(desk, wish)
    return rows, desk.world.luck["lot"][wish, rows]


def nearest(desk: Desk, knowledge: Knowledge, wish: int, day: float) -> tuple[Ints, Floats]:
    """Order by distance."""
    rows = labelled(desk, wish)
    return rows, -desk.world.km[wish, rows]


def nearest_with_room(desk: Desk, knowledge: Knowledge, wish: int, day: float) -> tuple[Ints, Floats]:
    """Order by distance, with what is said to be full at the end."""
    rows = labelled(desk, wish)
    return rows, -desk.world.km[wish, rows] - _LAST * knowledge.full[rows]


def text(desk: Desk, knowledge: Knowledge, wish: int, day: float) -> tuple[Ints, Floats]:
    """Order all services that share a word with the need by how many they share; equals by lot."""
    words = desk.world.services.words[:, desk.world.wishes[wish].need]
    rows = np.flatnonzero(words > 0)
    return rows, words[rows] + desk.world.luck["lot"][wish, rows]


def ours(desk: Desk, knowledge: Knowledge, wish: int, day: float, *, without: str | None = None) -> tuple[Ints, Floats]:
    """Order by the program's formula, with one factor set to 1."""
    rows = desk.judged[wish].rows
    factors = desk.factors(wish, day, knowledge)
    if without in FACTORS:
        factors[FACTORS.index(without)] = 1
    price = charged(np.prod(factors, axis=0), knowledge.price[rows], desk.policy.price.most)
    return rows, score(factors, price) + _TIE * desk.world.luck["lot"][wish, rows]


def labelled(desk: Desk, wish: int) -> Ints:
    """Return the services that are labelled with the need of a wish."""
    return desk.labelled[desk.world.wishes[wish].need]


OURS, PRICE = "ours", "price"
PARTS = (*FACTORS, PRICE)
BASELINES: Mapping[str, Order] = {
    "alphabetical": alphabetical,
    "random": by_lot,
    "nearest": nearest,
    "text": text,
    "nearest_with_room": nearest_with_room,
}
POLICIES: Mapping[str, Order] = {
    **BASELINES,
    OURS: ours,
    **{f"{OURS}_without_{part}": partial(ours, without=part) for part in PARTS},
}
# The policies that ask for prices of scarce places.
PRICED = frozenset(POLICIES) - frozenset(BASELINES) - {f"{OURS}_without_{PRICE}"}
