"""Distances are geopy's, counties compare as people mean them, and every place of the table is in a known state."""

import numpy as np
import pytest
from geopy.distance import great_circle
from hypothesis import assume, given
from hypothesis import strategies as st

from resource_hub.core.clock import local, utc_now
from resource_hub.core.geography import (
    ZONE_OF_STATE,
    Point,
    county_key,
    find_postal_code,
    great_circle_km,
    postal_codes,
)

OTHER_END = 19_900
POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
STATES = {
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA",
    "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR",
    "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
}  # fmt: skip


def km(origin: Point, *others: Point) -> list[float]:
    latitudes = np.array([point.latitude for point in others])
    longitudes = np.array([point.longitude for point in others])
    return [float(value) for value in great_circle_km(origin, latitudes, longitudes)]


@given(POINTS, POINTS)
def test_the_distance_is_that_of_geopy(origin: Point, other: Point) -> None:
    expected = great_circle((origin.latitude, origin.longitude), (other.latitude, other.longitude)).km
    # Close to the other end of the earth the formula loses digits; nobody is sent there.
    assume(expected < OTHER_END)
    assert km(origin, other)[0] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_many_distances_are_those_of_each() -> None:
    origin, others = Point(39.3, -76.6), [Point(39.4, -76.6), Point(38.9, -77.0), Point(-33.9, 151.2)]
    assert km(origin, *others) == [km(origin, other)[0] for other in others]


def test_the_other_end_of_the_earth_is_half_way_round() -> None:
    assert km(Point(39.3, -76.6), Point(-39.3, 103.4))[0] == pytest.approx(20_015.1, abs=0.1)


def test_the_distance_of_two_known_places() -> None:
    baltimore, washington = Point(39.2904, -76.6122), Point(38.9072, -77.0369)
    assert km(baltimore, washington)[0] == pytest.approx(56.3, abs=0.1)


@given(POINTS)
def test_a_place_is_at_no_distance_from_itself(point: Point) -> None:
    assert km(point, point) == [0]


def test_a_place_without_coordinates_has_no_distance() -> None:
    near, unknown = km(Point(39.3, -76.6), Point(39.4, -76.6), Point(float("nan"), float("nan")))
    assert near > 0
    assert np.isnan(unknown)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Baltimore (city)", "Baltimore City"),
        ("City of Richmond", "Richmond (city)"),
        ("Colonial Heights (city", "Colonial Heights City"),
        ("St. Mary's", "Saint Mary\u2019s County"),
        ("Ste. Genevieve", "Sainte Genevieve"),
        ("Prince George's", "PRINCE GEORGES COUNTY"),
        ("Miami-Dade", "miami dade"),
        ("Doña Ana", "Dona Ana County"),
        ("Orleans Parish", "Orleans"),
        ("Matanuska-Susitna Borough", "Matanuska Susitna"),
    ],
)
def test_a_county_is_the_same_in_all_its_spellings(one: str, other: str) -> None:
    assert county_key(one) == county_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Baltimore", "Baltimore City"), ("Richmond County", "City of Richmond"), ("St. Mary's", "St. Mark's")],
)
def test_two_counties_stay_two(one: str, other: str) -> None:
    assert county_key(one) != county_key(other)


def test_no_two_counties_of_a_state_fall_together() -> None:
    names = {(place.state, place.county) for place in postal_codes().values()}
    assert len({(state, county_key(county)) for state, county in names}) == len(names)


@pytest.mark.parametrize("written", ["21201", " 21201", "21201-3412"])
def test_a_postal_code_is_found_as_people_write_it(written: str) -> None:
    found = find_postal_code(written)
    assert found is not None
    assert (found.code, found.state, county_key(found.county)) == ("21201", "MD", "baltimore city")
    assert km(found.point, Point(39.2904, -76.6122))[0] < 3


@pytest.mark.parametrize("written", ["", "2120", "00000", "abcde"])
def test_a_code_that_the_table_does_not_have_is_none(written: str) -> None:
    assert find_postal_code(written) is None


def test_every_place_of_the_table_lies_on_earth_in_a_known_state() -> None:
    places = postal_codes()
    assert len(places) > 40_000
    assert {place.state for place in places.values()} >= STATES
    for code, place in places.items():
        assert code == place.code
        assert len(code) == 5
        assert -90 <= place.point.latitude <= 90
        assert -180 <= place.point.longitude <= 180
        # Military post offices abroad lie in no state.
        assert place.state in ZONE_OF_STATE or place.place.startswith(("APO", "FPO", "DPO"))


def test_every_state_has_a_zone_that_exists() -> None:
    assert set(ZONE_OF_STATE) >= STATES
    for zone in ZONE_OF_STATE.values():
        assert local(utc_now(), zone).utcoffset() is not None


@pytest.mark.parametrize(
    ("state", "zone"), [("MD", "America/New_York"), ("CA", "America/Los_Angeles"), ("AZ", "America/Phoenix")]
)
def test_the_zone_is_that_of_most_residents(state: str, zone: str) -> None:
    assert ZONE_OF_STATE[state] == zone
