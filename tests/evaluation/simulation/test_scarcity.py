from dataclasses import replace

import numpy as np
import pytest

from resource_hub.evaluation.simulation.desk import Desk
from resource_hub.evaluation.simulation.knowledge import CAPACITY, Knowledge
from resource_hub.evaluation.simulation.scarcity import reprice
from tests.evaluation.simulation.small import a_desk, a_world, easy

LATE = 14.0


@pytest.fixture(scope="module")
def desk() -> Desk:
    return a_desk(easy(a_world(services=3)))


def priced(desk: Desk, free: float, day: float = LATE) -> Knowledge:
    """The prices where the first service says how many places it has, and nobody else says anything."""
    knowledge = Knowledge(desk.world, desk.policy.acceptance.half_life_days)
    knowledge.said(0, LATE, CAPACITY, free=free, waiting_days=float("nan"))
    reprice(desk, knowledge, day)
    return knowledge


def test_a_scarce_place_has_a_price_and_one_of_plenty_has_none(desk: Desk) -> None:
    assert priced(desk, 1).price[0] > 0.01
    assert priced(desk, 500).price[0] == pytest.approx(0, abs=0.005)


def test_a_place_that_nobody_counts_has_no_price(desk: Desk) -> None:
    assert (priced(desk, 1).price[1:] == 0).all()


def test_too_few_requests_make_no_price(desk: Desk) -> None:
    few = replace(desk.policy.price, least_cases=10_000)
    assert not np.any(priced(replace(desk, policy=replace(desk.policy, price=few)), 1).price)
    assert not np.any(priced(desk, 1, day=0.5).price)
