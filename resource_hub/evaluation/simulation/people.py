"""The people of a made-up market: where they live, what is true of them, what was told, what they want help with."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from resource_hub.core.codes import FactValue
from resource_hub.evaluation.simulation.assumptions import Assumed, NeedKind, Size
from resource_hub.evaluation.simulation.services import logistic, scattered

_MOST_NEEDS = 4
_ADULT, _OLDEST = 18, 90
_MEAN_INCOME = 130.0
_VETERANS = 0.07
_INSURANCE = {"medicaid": 0.4, "medicare": 0.2, "none": 0.2, "private": 0.15, "other": 0.05}


@dataclass(frozen=True)
class Person:
    """Somebody with needs. `told` is the part of `facts` that the coordinator knows; `reached` is a chance."""

    day: float
    east: float
    north: float
    rural: bool
    car: bool
    little_english: bool
    facts: Mapping[str, FactValue]
    told: Mapping[str, FactValue]
    car_told: bool
    reached: float


@dataclass(frozen=True)
class Wish:
    """A need that a person wants help with; `need` counts the kinds of need."""

    person: Person
    need: int


def make_wishes(
    assumed: Assumed, needs: tuple[NeedKind, ...], size: Size, rng: np.random.Generator
) -> tuple[Wish, ...]:
    """Make up the people who arrive and what they want help with, in the order of arrival."""
    count = int(rng.poisson(size.people_a_week * size.weeks))
    shares = np.array([kind.share for kind in needs])
    wishes = []
    for person in _people(assumed, np.sort(rng.uniform(0, size.weeks * 7, count)), rng):
        several = min(1 + int(rng.poisson(assumed.people.needs_each - 1)), _MOST_NEEDS, len(needs))
        found = rng.choice(len(needs), size=several, replace=False, p=shares / shares.sum())
        wanted = rng.random(several) < assumed.people.wants_help
        wishes += [Wish(person, int(need)) for need in found[wanted]]
    return tuple(wishes)


def _people(assumed: Assumed, days: np.ndarray, rng: np.random.Generator) -> list[Person]:
    people, count = assumed.people, len(days)
    rural = rng.random(count) < people.rural
    east, north = scattered(rural, rng)
    car = rng.random(count) >= np.where(rural, people.no_car_rural, people.no_car_city)
    little_english = rng.random(count) < people.little_english
    odds = np.log(people.reached / (1 - people.reached)) + people.reach_spread * rng.normal(size=count)
    reached, car_told = logistic(odds), rng.random(count) < people.told
    result = []
    for row, day in enumerate(days.tolist()):
        facts = _facts(assumed, rng)
        told = {name: fact for name, fact in facts.items() if rng.random() < people.told}
        where = (float(east[row]), float(north[row]), bool(rural[row]), bool(car[row]), bool(little_english[row]))
        result.append(Person(day, *where, facts, told, bool(car_told[row]), float(reached[row])))
    return result


def _facts(assumed: Assumed, rng: np.random.Generator) -> dict[str, FactValue]:
    return {
        "age": float(rng.integers(_ADULT, _OLDEST)),
        "income_fpl": float(round(rng.exponential(_MEAN_INCOME))),
        "veteran": bool(rng.random() < _VETERANS),
        "insurance": str(rng.choice(list(_INSURANCE), p=list(_INSURANCE.values()))),
        "has_id": bool(rng.random() < assumed.people.has_id),
    }
