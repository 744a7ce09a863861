"""Worlds that are small enough to run in a test, and one in which everything is right."""

from dataclasses import replace

import numpy as np

from resource_hub.evaluation.simulation.assumptions import Assumptions, read
from resource_hub.evaluation.simulation.desk import Desk, make_desk
from resource_hub.evaluation.simulation.people import Wish
from resource_hub.evaluation.simulation.places import Stock
from resource_hub.evaluation.simulation.services import Ageing, Services
from resource_hub.evaluation.simulation.world import World, make_world
from resource_hub.matching.policy import current


def small(services: int = 30, people_a_week: float = 20) -> Assumptions:
    """The assumptions in force, for a market of 30 services and some 40 needs."""
    assumptions = read()
    size = replace(assumptions.size, services=services, people_a_week=people_a_week)
    return replace(assumptions, size=replace(size, weeks=2, before_days=14, follow_days=21))


def a_world(services: int = 30, people_a_week: float = 20) -> World:
    return make_world(small(services, people_a_week), 1, 0)


def a_desk(world: World) -> Desk:
    return make_desk(world, current())


def easy(world: World, places: int = 1000) -> World:
    """The same world, where every listing is right, everybody answers at once, comes, and may come."""
    services = replace(
        world.services,
        weights=np.ones_like(world.services.weights),
        meets=np.ones_like(world.services.meets),
        ageing=never_wrong(world.services.ageing),
        rule=np.full_like(world.services.rule, -1),
        only_near=np.zeros_like(world.services.only_near),
        asks_id=np.zeros_like(world.services.asks_id),
        answered=np.ones_like(world.services.answered),
        answer_days=np.full_like(world.services.answer_days, 0.1),
        stock=with_places(world.services, places),
    )
    return replace(
        world,
        services=services,
        wishes=tuple(Wish(replace(wish.person, reached=1.0), wish.need) for wish in world.wishes),
        goes=np.ones_like(world.goes),
        allowed=np.ones_like(world.allowed),
    )


def with_places(services: Services, places: int) -> Stock:
    """So many places at each service, and nobody else who wants one."""
    count = len(services)
    return replace(
        services.stock,
        places=np.full(count, places),
        others=((),) * count,
        waitlist=np.zeros(count, dtype=np.bool_),
        said_on=((),) * count,
    )


def never_wrong(ageing: Ageing) -> Ageing:
    never = np.full_like(ageing.wrong_from, np.inf)
    return replace(ageing, wrong_from=never, wrong_again=never)
