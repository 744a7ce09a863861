"""Each factor alone: distance, room, freshness, language, documents, fit."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from geopy.distance import great_circle
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_hub.core.geography import Point
from resource_hub.matching.policy import current
from resource_hub.matching.rules.distance import kilometres, ways
from resource_hub.matching.values import Mode, Travel, TravelMode
from tests.matching.build import AT, ORIGIN, TODAY, ZONE, Row, columns, factor, left_out, names, query, ranked

FAR = (39.40, -76.62)
FARTHER = (39.60, -76.62)
latitudes, longitudes = st.floats(-89, 89), st.floats(-180, 180)


@settings(deadline=None)
@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_agrees_with_geopy(lat_1: float, lon_1: float, lat_2: float, lon_2: float) -> None:
    expected = great_circle((lat_1, lon_1), (lat_2, lon_2)).km

    [found] = kilometres(columns([Row(at=(lat_2, lon_2))]), Point(lat_1, lon_1))

    # At the far side of the earth a rounding error is centimetres.
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-6 if expected < 19_000 else 1e-2)


def test_minutes_are_the_straight_line_by_the_declared_detour_and_speed() -> None:
    policy = current().travel
    there = ways(columns([Row(at=FAR)]), query(by=TravelMode.DRIVE), policy)
    km = great_circle((ORIGIN.latitude, ORIGIN.longitude), FAR).km

    assert there.minutes[0] == pytest.approx(
        policy.drive.fixed_minutes + km * policy.drive.detour * 60 / policy.drive.km_per_hour
    )


def test_without_a_stated_way_short_ways_are_walked_and_long_ones_ridden() -> None:
    near = (39.2966, -76.6252)

    modes = {match.listing.name: match.travel.mode for match in ranked([Row("near", at=near), Row("far", at=FAR)])}

    assert modes == {"near": TravelMode.WALK, "far": TravelMode.TRANSIT}
    assert all(match.travel.mode is TravelMode.DRIVE for match in ranked([Row(at=near)], query(by=TravelMode.DRIVE)))


@settings(deadline=None, max_examples=40)
@given(st.floats(0, 300), st.floats(0.01, 300))
def test_nearer_is_never_worth_less(km: float, more: float) -> None:
    near, far = (
        Row(at=(ORIGIN.latitude + distance / 111.2, ORIGIN.longitude)) for distance in (km / 4, (km + more) / 4)
    )

    assert factor(near, "follow_through") >= factor(far, "follow_through")


def test_without_an_origin_distance_plays_no_part() -> None:
    rows = [Row("near"), Row("far", at=FARTHER), Row("nowhere", at=None)]

    matches = ranked(rows, query(origin=None, max_km=1))

    assert len({match.score for match in matches}) == 1
    assert {match.travel for match in matches} == {Travel(None, None, None, approximate=False)}


def test_too_far_leaves_out_what_must_be_travelled_to() -> None:
    rows = [
        Row("near"),
        Row("far", at=FAR),
        Row("phone", at=FAR, modes=Mode.IN_PERSON | Mode.PHONE),
        Row("nowhere", at=None),
    ]

    assert set(names(rows, query(max_km=5))) == {"near", "phone", "nowhere"}
    assert left_out(rows, query(max_km=5)) == {"far": "too_far"}


@pytest.mark.parametrize("mode", [Mode.PHONE, Mode.ONLINE, Mode.HOME])
def test_what_comes_to_the_person_is_not_penalised_for_distance(mode: Mode) -> None:
    assert factor(Row(at=FARTHER, modes=mode), "follow_through") == 1.0


def test_a_place_known_only_by_its_zip_code_is_not_taken_for_next_door() -> None:
    rows = [Row("somewhere in the ZIP Code", approximate=True), Row("next door", at=(39.2976, -76.6252))]

    somewhere, next_door = sorted(ranked(rows), key=lambda match: match.score)

    assert next_door.listing.name == "next door"
    assert somewhere.travel.distance_km == 0
    assert somewhere.travel.minutes is not None
    assert somewhere.travel.minutes > 15


def test_a_place_known_only_by_its_zip_code_says_so() -> None:
    [match] = ranked([Row(at=FAR, approximate=True)])

    assert match.travel.approximate
    assert match.travel.distance_km == pytest.approx(great_circle((ORIGIN.latitude, ORIGIN.longitude), FAR).km)


@settings(deadline=None, max_examples=20)
@given(latitudes, longitudes)
def test_moving_a_confidential_place_changes_nothing(latitude: float, longitude: float) -> None:
    here, there = ([Row("pantry"), Row("shelter", confidential=True, at=at)] for at in (FAR, (latitude, longitude)))

    for asked in (query(), query(max_km=1), query(origin=None)):
        assert ranked(here, asked) == ranked(there, asked)
        assert all(match.travel.minutes is None for match in ranked(there, asked) if match.confidential)


places = st.integers(0, 50)


@settings(deadline=None, max_examples=40)
@given(places, places, st.integers(0, 200))
def test_emptier_is_never_worth_less(free: int, more: int, age: int) -> None:
    as_of = AT - timedelta(days=age)
    full, empty = (Row(status="capacity", free=count, as_of=as_of) for count in (free, free + more))

    assert factor(empty, "accept") >= factor(full, "accept")


@pytest.mark.parametrize("age", [0, 1, 13, 60, 700])
def test_statuses_keep_their_order_at_every_age(age: int) -> None:
    order = ("no-capacity", "waitlist", "additional-assessment-required", "capacity")
    values = [factor(Row(status=status, as_of=AT - timedelta(days=age)), "accept") for status in order]

    assert values == sorted(values)


def test_what_was_said_about_room_fades_towards_the_prior() -> None:
    accept = current().accept
    ages = (0, 14, 28, 700)
    good, bad = (
        [factor(Row(status=status, as_of=AT - timedelta(days=age)), "accept") for age in ages]
        for status in ("capacity", "no-capacity")
    )

    assert good == sorted(good, reverse=True)
    assert bad == sorted(bad)
    assert bad[1] == pytest.approx((accept.no_capacity + accept.prior) / 2)
    assert good[-1] == pytest.approx(accept.prior)
    assert factor(Row(), "accept") == accept.prior


def test_no_room_leaves_nobody_out_but_comes_last() -> None:
    rows = [
        Row("full", status="no-capacity"),
        Row("silent"),
        Row("room", status="capacity", free=4),
        Row("none left", status="capacity", free=0),
    ]

    assert names(rows)[:2] == ["room", "silent"]
    assert len(names(rows)) == 4


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 3000), st.integers(1, 4000))
def test_fresher_listings_are_never_worth_less(age: int, more: int) -> None:
    fresh, stale = (factor(Row(checked=TODAY - timedelta(days=days)), "listing_right") for days in (age, age + more))

    assert fresh >= stale
    assert 0 < stale <= fresh <= 1


def test_the_day_of_checking_is_counted_in_the_market_s_zone() -> None:
    late = AT.astimezone(ZoneInfo(ZONE)).replace(hour=23)

    assert factor(Row(checked=TODAY), "listing_right", query(at=late)) == 1.0
    assert factor(Row(checked=TODAY + timedelta(days=3)), "listing_right") == 1.0


def test_a_listing_that_was_never_checked_is_neither_fresh_nor_worthless() -> None:
    never = factor(Row(checked=None), "listing_right")

    assert 0.3 < never < factor(Row(checked=TODAY - timedelta(days=60)), "listing_right")


def test_languages_in_order_of_help() -> None:
    spanish = query(language="es-MX")
    rows = (Row(languages=("es", "ko")), Row(interpreted=True, languages=("ko",)), Row(), Row(languages=("ko",)))
    values = [factor(row, "follow_through", spanish) for row in rows]

    assert values == sorted(set(values), reverse=True)
    assert values[0] == factor(Row(), "follow_through", query(language="en")) == factor(Row(), "follow_through")


def test_documents_held_asked_and_missing() -> None:
    row = Row(documents=("has_id",))
    held, asked, missing = (
        factor(row, "follow_through", query(facts=facts)) for facts in ({"has_id": True}, {}, {"has_id": False})
    )

    assert held == 1.0 > asked > missing
    assert [question.fact for question in ranked([row])[0].questions] == ["has_id"]
    assert ranked([row])[0].eligible
    assert ranked([row], query(facts={"has_id": True}))[0].questions == ()
    assert factor(Row(other_documents=True), "follow_through") < 1.0


def test_fit_is_the_best_weight_and_covering_more_needs_is_worth_a_little_more() -> None:
    both = query(needs=("food-insecurity", "utility-insecurity"))
    one = Row("one")
    two = Row("two", needs={"food-insecurity": 1.0, "utility-insecurity": 0.3})

    assert factor(Row(needs={"food-insecurity": 0.4}), "fit") == 0.4
    assert factor(two, "fit", both) == 1.0 > factor(one, "fit", both)
    assert ranked([two], both)[0].needs == ("food-insecurity", "utility-insecurity")
    assert ranked([one], both)[0].needs == ("food-insecurity",)


def test_what_answers_no_need_is_neither_shown_nor_counted() -> None:
    rows = [
        Row("ride", needs={"transportation-insecurity": 1.0}),
        Row("nothing", needs={}),
        Row("closed", active=False),
    ]

    assert names(rows) == []
    assert left_out(rows) == {"closed": "inactive"}


def test_nan_never_reaches_a_score() -> None:
    rows = [
        Row("a", at=None, checked=None, schedules=()),
        Row("b", confidential=True, status="waitlist", waiting_days=3),
    ]

    assert all(np.isfinite(match.score) for match in ranked(rows))
