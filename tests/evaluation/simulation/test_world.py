from dataclasses import replace

import numpy as np
import pytest

from resource_hub.evaluation.simulation.places import Places
from resource_hub.evaluation.simulation.world import goes, make_world
from resource_hub.matching.values.columns import FACT_KINDS
from tests.evaluation.simulation.small import a_world, small


def test_a_world_is_the_same_for_the_same_seed_and_draw() -> None:
    first, again, other = (make_world(small(), 1, draw) for draw in (0, 0, 1))
    assert np.array_equal(first.km, again.km)
    assert all(np.array_equal(first.luck[kind], again.luck[kind]) for kind in first.luck)
    assert first.km.shape != other.km.shape or not np.array_equal(first.km, other.km)


def test_about_half_of_the_listed_hours_are_wrong_where_that_is_assumed() -> None:
    world = a_world(services=3000, people_a_week=1)
    hours = FACT_KINDS.index("hours")
    wrong = np.mean([world.services.ageing.wrong(0, service)[hours] for service in range(3000)])
    assert wrong == pytest.approx(world.assumed.listings.hours_wrong, abs=0.08)


def test_a_check_mends_a_listing() -> None:
    ageing = a_world(services=300).services.ageing
    checked = int(ageing.again[:, 0].argmin())
    just_after = ageing.again[checked, 0]
    assert not ageing.wrong(just_after, checked).any()
    assert (ageing.checked_by(just_after)[checked] == just_after).all()


def test_the_farther_the_fewer_go_and_fewer_still_without_a_car() -> None:
    world = a_world()
    services = replace(world.services, remote=np.zeros_like(world.services.remote))
    near, far = (goes(world.wishes, services, np.full_like(world.km, km), world.assumed.going) for km in (1.0, 20.0))
    assert (far < near).all()
    on_foot = tuple(replace(wish, person=replace(wish.person, car=False)) for wish in world.wishes)
    driven = tuple(replace(wish, person=replace(wish.person, car=True)) for wish in world.wishes)
    going = world.assumed.going
    assert (goes(on_foot, services, world.km, going) < goes(driven, services, world.km, going)).all()


def test_everybody_else_takes_places_and_leaves_them() -> None:
    places = Places(2, ((1.0, 5.0), (2.0, 5.0), (3.0, 5.0)))
    places.advance(2.5)
    assert places.free == 0
    places.advance(6.5)
    assert places.free == 1, "the third came when all was full, and went away"


def test_whoever_waits_comes_before_everybody_else() -> None:
    places = Places(1, ((1.0, 5.0), (7.0, 5.0)))
    places.advance(2.0)
    places.waiting.append(0)
    places.advance(8.0)
    assert places.free == 1, "the place is kept for who waits"
