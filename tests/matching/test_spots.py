"""Spots are as far from each other as the places that they stand for."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.core.geography import Point, great_circle_km
from resource_hub.matching.rules.spots import kilometres, spots_of

PLACES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
CENTIMETRE = 1e-5


@given(PLACES, st.floats(-2, 2), st.floats(-2, 2))
def test_a_spot_is_as_far_as_its_place_to_a_centimetre(here: tuple[float, float], up: float, along: float) -> None:
    there = np.array([min(max(here[0] + up, -90), 90)]), np.array([min(max(here[1] + along, -180), 180)])

    np.testing.assert_allclose(
        kilometres(Point(*here), spots_of(*there)), great_circle_km(Point(*here), *there), atol=CENTIMETRE
    )


@given(PLACES, PLACES)
def test_the_other_side_of_the_earth_is_right_to_some_hundred_metres(
    here: tuple[float, float], there: tuple[float, float]
) -> None:
    place = np.array([there[0]]), np.array([there[1]])

    np.testing.assert_allclose(
        kilometres(Point(*here), spots_of(*place)), great_circle_km(Point(*here), *place), atol=0.5
    )


def test_a_place_without_coordinates_has_no_spot() -> None:
    assert not spots_of(np.array([np.nan]), np.array([np.nan])).any()
