"""Prices are the duals of what is expected against the room left."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.matching.pricing import BLUR, prices
from resource_hub.matching.rules.formula import charged
from resource_hub.matching.values.allocation import Cases


def cases(worth: list[list[float]], sizes: list[float] | None = None) -> Cases:
    return Cases(np.array(worth, dtype=np.float64), np.array(sizes or [1.0] * len(worth)))


def test_where_there_is_slack_nothing_has_a_price() -> None:
    assert prices(cases([[0.9, 0.8]] * 3), np.ones(3), np.array([5.0, 5.0])).tolist() == [0, 0]


def test_a_scarce_place_costs_what_the_next_best_falls_short_of_it() -> None:
    """Four want the first place, it has two; each could do with the second, which is worth 0.3 less."""
    found = prices(cases([[0.9, 0.6]] * 4), np.ones(4), np.array([2.0, 9.0]))
    assert abs(found[0] - 0.3) < 3 * BLUR
    assert found[1] == 0


def test_it_is_a_price_for_a_unit_of_room() -> None:
    found = prices(cases([[0.9, 0.6]] * 4, [3.0] * 4), np.ones(4), np.array([6.0, 90.0]))
    assert abs(found[0] - 0.1) < BLUR


def test_more_demand_never_lowers_a_price_of_the_only_place() -> None:
    worth = cases([[value] for value in (0.2, 0.4, 0.6, 0.8)])
    found = [prices(worth, np.full(4, share), np.array([1.0]))[0] for share in (0.1, 0.5, 1.0, 4.0)]
    assert found == sorted(found)


def test_what_cannot_fit_or_is_worth_nothing_has_no_say() -> None:
    assert prices(cases([[0.9], [-1.0]], [5.0, 1.0]), np.ones(2), np.array([4.0])).tolist() == [0]
    assert prices(cases([[0.9]]), np.zeros(1), np.array([0.0])).tolist() == [0]


@given(st.floats(1e-3, 1e3), st.floats(1e-2, 1e2))
def test_the_units_do_not_matter(worth: float, size: float) -> None:
    rng = np.random.default_rng(0)
    table, sizes, room = rng.random((30, 3)), rng.integers(1, 5, 30).astype(float), np.array([5.0, 9.0, 2.0])
    plain = prices(Cases(table, sizes), np.ones(30), room)
    scaled = prices(Cases(table * worth, sizes * size), np.ones(30), room * size)
    assert np.allclose(scaled * size / worth, plain, atol=2e-2)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 2))
def test_a_price_never_takes_all_and_never_turns_the_order(one: float, other: float, price: float) -> None:
    low, high = sorted((one, other))
    product, ask = np.array([low, high]), np.array([price, price])
    score = product - charged(product, ask, 0.5)
    assert score[0] <= score[1] + 1e-12
    assert (score >= product * 0.5 - 1e-12).all()
