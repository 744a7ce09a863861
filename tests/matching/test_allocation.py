"""Many people at once: room is kept, the total is the greatest, nobody is worse off than last in line."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.matching.rules.allocation import NONE, assign, in_line, last_in_line
from resource_hub.matching.values.columns import Floats, Ints


@st.composite
def wards(draw: st.DrawFn, cases: int = 8, places: int = 6) -> tuple[Floats, Floats]:
    """Worth of places to cases, some of them not allowed, and the room; few values, so that there are equals."""
    count, width = draw(st.integers(1, cases)), draw(st.integers(1, places))
    value = st.sampled_from([-np.inf, 0.1, 0.2, 0.5, 0.500000001, 0.9]) | st.floats(0.01, 1)
    worth = draw(st.lists(st.lists(value, min_size=width, max_size=width), min_size=count, max_size=count))
    room = draw(st.lists(st.sampled_from([0.0, 1.0, 2.0, np.inf]), min_size=width, max_size=width))
    return np.array(worth), np.array(room)


def gained(worth: Floats, places: Ints) -> Floats:
    return np.array([0.0 if place == NONE else worth[case, place] for case, place in enumerate(places)])


def keeps_room(places: Ints, room: Floats) -> bool:
    return bool((np.bincount(places[places != NONE], minlength=len(room)) <= room).all())


@given(wards())
def test_room_is_kept_and_nobody_gets_what_may_not_be(ward: tuple[Floats, Floats]) -> None:
    worth, room = ward
    places = assign(worth, room)
    assert keeps_room(places, room)
    assert np.isfinite(gained(worth, places)).all()


@given(wards())
def test_together_it_is_never_less_than_one_after_another(ward: tuple[Floats, Floats]) -> None:
    worth, room = ward
    assert gained(worth, assign(worth, room)).sum() >= gained(worth, in_line(worth, room)).sum() - 1e-6


@given(wards())
def test_nobody_gets_less_than_last_in_line(ward: tuple[Floats, Floats]) -> None:
    worth, room = ward
    assert (gained(worth, assign(worth, room)) >= last_in_line(worth, room) - 1e-6).all()


@given(wards(cases=4, places=3))
def test_it_is_the_best_of_all_that_give_everybody_their_floor(ward: tuple[Floats, Floats]) -> None:
    worth, room = ward
    floor = last_in_line(worth, room) - 1e-9
    choices = (np.array(choice) for choice in product(range(NONE, len(room)), repeat=len(worth)))
    totals = [
        gained(worth, choice).sum()
        for choice in choices
        if keeps_room(choice, room) and (gained(worth, choice) >= floor).all()
    ]
    assert abs(gained(worth, assign(worth, room)).sum() - max(totals)) < 1e-6


@given(wards())
def test_with_room_for_all_the_order_of_people_does_not_change_the_total(ward: tuple[Floats, Floats]) -> None:
    worth, _room = ward
    room = np.full(worth.shape[1], np.inf)
    order = np.random.default_rng(len(worth)).permutation(len(worth))
    assert np.isclose(gained(worth, assign(worth, room)).sum(), gained(worth[order], assign(worth[order], room)).sum())


def test_who_has_another_choice_leaves_the_last_place_to_who_has_none() -> None:
    worth = np.array([[0.9, 0.8], [0.85, -np.inf]])
    assert in_line(worth, np.array([1.0, 1.0])).tolist() == [0, NONE]
    assert assign(worth, np.array([1.0, 1.0])).tolist() == [1, 0]


def test_nobody_goes_without_for_the_good_of_others() -> None:
    """The greatest total leaves the third with nothing, who would have a little even if last in line."""
    worth, room = np.array([[0.3, 1.0], [-np.inf, 0.9], [0.1, 0.6]]), np.array([1.0, 1.0])
    assert last_in_line(worth, room).tolist() == [0, 0, 0.1]
    assert assign(worth, room).tolist() == [1, NONE, 0]


def test_nobody_and_nowhere_are_no_trouble() -> None:
    assert assign(np.zeros((0, 3)), np.ones(3)).tolist() == []
    assert assign(np.zeros((2, 0)), np.ones(0)).tolist() == [NONE, NONE]
