from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from resource_hub.evaluation.simulation.desk import Desk
from resource_hub.evaluation.simulation.knowledge import Knowledge
from resource_hub.evaluation.simulation.outcomes import Outcome, groups, outcomes, spread
from resource_hub.evaluation.simulation.policies import POLICIES, alphabetical, labelled, nearest, ours
from resource_hub.evaluation.simulation.record import Record
from resource_hub.evaluation.simulation.run import run
from resource_hub.matching.values.columns import Floats, Ints
from tests.evaluation.simulation.small import a_desk, a_world, easy


def same(first: Record, second: Record) -> bool:
    return repr(first.attempts) == repr(second.attempts) and np.array_equal(
        first.helped_after, second.helped_after, equal_nan=True
    )


@pytest.fixture(scope="module")
def desk() -> Desk:
    return a_desk(a_world(services=60))


@pytest.mark.parametrize("name", POLICIES)
def test_where_everything_is_right_everybody_is_helped_at_the_first_place(name: str) -> None:
    world = easy(a_world(services=1))
    world = replace(world, services=replace(world.services, words=np.ones_like(world.services.words)))
    measured = outcomes(world, run(a_desk(world), POLICIES[name]))
    assert measured[Outcome.SERVED] == 1
    assert measured[Outcome.WASTED] == measured[Outcome.FULL] == measured[Outcome.SPREAD] == 0
    assert measured[Outcome.CONTACT] <= measured[Outcome.HELP] < 14


def test_a_run_leaves_no_trace_in_the_world(desk: Desk) -> None:
    first = run(desk, nearest)
    run(desk, ours, priced=True)
    assert same(first, run(desk, nearest))


def test_policies_meet_the_same_luck(desk: Desk) -> None:
    """Two orders that put the same service first see the same thing happen there."""
    first = {one.wish: one for one in reversed(run(desk, nearest).attempts)}
    reverse = {one.wish: one for one in reversed(run(desk, alphabetical).attempts)}
    shared = [wish for wish in first if wish in reverse and first[wish].service == reverse[wish].service]
    assert shared
    assert all(first[wish].day == reverse[wish].day for wish in shared)


@pytest.mark.parametrize("name", ["nearest", "ours"])
def test_nobody_is_helped_twice_or_asks_again_once_helped(desk: Desk, name: str) -> None:
    helped: set[int] = set()
    for attempt in run(desk, POLICIES[name]).attempts:
        assert attempt.wish not in helped
        helped |= {attempt.wish} if attempt.helped_on == attempt.helped_on else set()


@pytest.mark.parametrize("name", ["nearest", "ours"])
def test_no_service_is_asked_twice_for_a_wish_and_tries_are_limited(desk: Desk, name: str) -> None:
    tries = Counter((attempt.wish, attempt.service) for attempt in run(desk, POLICIES[name]).attempts)
    assert set(tries.values()) == {1}
    assert max(Counter(wish for wish, _service in tries).values()) <= desk.world.size.tries


def test_no_more_people_are_helped_at_once_than_there_are_places() -> None:
    world = easy(a_world(services=2, people_a_week=40.0), places=3)
    stock = replace(world.services.stock, days=np.full(2, 3.0))
    world = replace(world, services=replace(world.services, stock=stock))
    record = run(a_desk(world), nearest)
    for service in range(2):
        on = np.array([one.helped_on for one in record.attempts if one.service == service and one.helped_on > 0])
        assert len(on) > 3
        assert max(int(((on <= moment) & (moment < on + 3.0)).sum()) for moment in on) <= 3


def test_requests_beyond_the_places_count_as_sent_to_full_places() -> None:
    world = easy(a_world(services=1, people_a_week=40.0), places=1)
    measured = outcomes(world, run(a_desk(world), nearest))
    assert measured[Outcome.FULL] > 0.5
    assert measured[Outcome.SERVED] < 0.5


def test_an_order_that_puts_who_never_answers_first_loses() -> None:
    world = easy(a_world(services=6))
    answered = np.array([1.0, 0, 0, 0, 0, 0])
    desk = a_desk(replace(world, services=replace(world.services, answered=answered)))

    def dead_last(desk: Desk, _known: Knowledge, wish: int, _day: float) -> tuple[Ints, Floats]:
        rows = labelled(desk, wish)
        return rows, answered[rows]

    def dead_first(desk: Desk, known: Knowledge, wish: int, day: float) -> tuple[Ints, Floats]:
        rows, values = dead_last(desk, known, wish, day)
        return rows, -values

    best, worst = (outcomes(desk.world, run(desk, order)) for order in (dead_last, dead_first))
    assert best[Outcome.SERVED] == 1
    assert worst[Outcome.SERVED] == 0
    assert best[Outcome.CONTACT] < worst[Outcome.CONTACT]


def test_a_closed_door_is_a_trip_for_nothing() -> None:
    world = easy(a_world(services=1))
    week = np.zeros((1, 7), dtype=np.bool_)
    week[0, 0] = True
    ageing = replace(world.services.ageing, wrong_from=np.zeros_like(world.services.ageing.wrong_from))
    hours_only = np.where(np.arange(5) == 1, -1.0, np.inf) * np.ones_like(ageing.wrong_from)
    services = replace(
        world.services,
        ageing=replace(ageing, wrong_from=hours_only),
        true_week=week,
        listed_week=~week,
        remote=np.zeros(1, dtype=np.bool_),
    )
    quiet = replace(world.assumed, answers=replace(world.assumed.answers, tells_hours=0.0))
    measured = outcomes(world, run(a_desk(replace(world, services=services, assumed=quiet)), nearest))
    assert measured[Outcome.WASTED] >= 1


def test_the_spread_is_between_the_best_and_the_worst_served_group() -> None:
    half = np.arange(100) < 50
    served = np.where(half, np.arange(100) % 2 == 0, np.arange(100) % 10 == 0)
    assert spread({"here": half, "there": ~half}, served) == pytest.approx(0.4)
    assert spread({"here": half, "few": np.arange(100) < 3}, served) == 0


def test_everybody_is_in_one_group_of_each_pair() -> None:
    found = groups(a_world())
    for one, other in (("rural", "urban"), ("little_english", "english"), ("car", "no_car")):
        assert (found[one] ^ found[other]).all()
