from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from resource_hub.exchange.demo.draws import Draws

names = st.text(max_size=20)


@given(names, names)
def test_the_same_name_draws_the_same_and_lies_in_range(thing: str, name: str) -> None:
    fraction = Draws("market", thing).fraction(name)
    assert 0 <= fraction < 1
    assert fraction == Draws("market", thing).fraction(name)


def test_a_draw_is_the_same_on_every_machine() -> None:
    assert Draws("demo", "milwaukee").number("house", 1, 1_000_000) == 466_458


def test_things_draw_on_their_own() -> None:
    drawn = {Draws("demo", str(number)).fraction("room") for number in range(200)}
    assert len(drawn) == 200


@given(st.integers(-50, 50), st.integers(0, 50), names)
def test_a_number_lies_between_its_ends(low: int, more: int, name: str) -> None:
    assert low <= Draws("x").number(name, low, low + more) <= low + more


def test_both_ends_of_a_number_are_drawn() -> None:
    assert {Draws(str(n)).number("x", 1, 3) for n in range(100)} == {1, 2, 3}


@given(st.lists(st.integers(), max_size=8), st.integers(0, 10), names)
def test_some_are_different_places_of_the_list_in_its_order(options: list[int], count: int, name: str) -> None:
    pairs = list(enumerate(options))
    drawn = Draws("x").some(name, pairs, count)
    assert drawn == sorted(set(drawn))
    assert len(drawn) == min(count, len(options))


def test_weights_are_followed() -> None:
    drawn = Counter(Draws(str(n)).weighted("x", {"often": 9, "rarely": 1, "never": 0}) for n in range(1000))
    assert drawn["never"] == 0
    assert 850 < drawn["often"] < 950
