"""One world: a market, its people, and what would happen to each need at each service. The ranking knows none of it.

Whether somebody goes falls with the logarithm of the distance; whether an organization answers is its own habit;
what is still right ages as Weibull has it. None of these is a form that the ranking uses.
"""

from dataclasses import dataclass

import numpy as np

from resource_hub.evaluation.simulation.assumptions import Assumed, Assumptions, Going, NeedKind, Size
from resource_hub.evaluation.simulation.conditions import CONDITIONS, holds
from resource_hub.evaluation.simulation.people import Wish, make_wishes
from resource_hub.evaluation.simulation.services import Services, logistic, make_services
from resource_hub.matching.values.columns import FACT_KINDS, Bools, Floats

# What chance decides about a need at a service, drawn once for each pair, so that all policies meet the same luck.
LUCK = ("answer", "delay", "notice", "reach", "contact", "told", "go", "door", "again", "lot", "qualifies")
_ELIGIBILITY = FACT_KINDS.index("eligibility")
# Where the conditions of a listing are no longer right, so many still happen to qualify.
_STILL_QUALIFIES = 0.4


@dataclass(frozen=True)
class World:
    """What is so. `km` and `goes` (the chance to go) have a line per wish and a column per service.

    `allowed` says who qualifies while the listing is right; `luck` holds one number per kind, wish and service.
    """

    seed: int
    size: Size
    needs: tuple[NeedKind, ...]
    assumed: Assumed
    services: Services
    wishes: tuple[Wish, ...]
    km: Floats
    goes: Floats
    allowed: Bools
    luck: dict[str, Floats]

    def qualifies(self, wish: int, service: int, day: float) -> bool:
        """Tell whether a service takes this person, whatever its listing says."""
        if self.services.ageing.wrong(day, service)[_ELIGIBILITY]:
            return bool(self.luck["qualifies"][wish, service] < _STILL_QUALIFIES)
        return bool(self.allowed[wish, service])


def make_world(assumptions: Assumptions, seed: int, draw: int) -> World:
    """Make the world of one draw of the assumptions: the same for the same seed and draw."""
    rng = np.random.default_rng([seed, draw])
    assumed, size, needs = assumptions.drawn(rng), assumptions.size, assumptions.needs
    services = make_services(assumed, needs, size, len(CONDITIONS), rng)
    wishes = make_wishes(assumed, needs, size, rng)
    km = kilometres(wishes, services)
    return World(
        seed=int(rng.integers(2**31)),
        size=size,
        needs=needs,
        assumed=assumed,
        services=services,
        wishes=wishes,
        km=km,
        goes=goes(wishes, services, km, assumed.going),
        allowed=_allowed(wishes, services),
        luck={kind: rng.random((len(wishes), len(services))) for kind in LUCK},
    )


def kilometres(wishes: tuple[Wish, ...], services: Services) -> Floats:
    """Return the distance of each wish's person from each service, on the plane."""
    east = np.array([wish.person.east for wish in wishes])
    north = np.array([wish.person.north for wish in wishes])
    return np.hypot(east[:, None] - services.east, north[:, None] - services.north)


def goes(wishes: tuple[Wish, ...], services: Services, km: Floats, going: Going) -> Floats:
    """Return the chance that the person goes, or takes the call where help comes by phone."""
    no_car = np.array([not wish.person.car for wish in wishes], dtype=np.float64)[:, None]
    other = np.array([wish.person.little_english for wish in wishes])[:, None] & ~services.spanish
    on_the_way = going.at_the_door - (going.distance + going.without_car * no_car) * np.log1p(km)
    odds = np.where(services.remote, going.by_phone, on_the_way)
    return logistic(odds - going.other_language * other)


def _allowed(wishes: tuple[Wish, ...], services: Services) -> Bools:
    # The last column stands for services without a rule.
    meets = np.array([[*holds(wish.person.facts), True] for wish in wishes]).reshape(len(wishes), len(CONDITIONS) + 1)
    by_rule = meets[:, services.rule] | ~services.applied
    rural = np.array([wish.person.rural for wish in wishes])[:, None]
    allowed: Bools = by_rule & (~services.only_near | (rural == services.rural))
    return allowed
