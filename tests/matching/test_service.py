"""Matching on the database: what the tables say is what is ranked, and the neighbour's market never is."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import (
    Market,
    ServiceArea,
    ServiceAtLocation,
)
from resource_hub.matching.values import OpenState, Ranking
from tests.factories import a_listing, stamps
from tests.matching.records import TODAY, a_rule, add, checked, names, only, open_on, room

FAR = (39.36, -76.60)


def test_the_market_alone_is_ranked_and_counted(work: Work, market: Market, ranking: Callable[..., Ranking]) -> None:
    a_listing(work, market, name="Pantry")
    a_listing(work, market, name="Rides", needs=("transportation-insecurity",))

    found = ranking()

    assert names(found) == ["Pantry"]
    assert found.considered == 2
    assert found.remaining == 1
    assert found.market == "here"
    assert found.policy == "2026-11.2"
    assert sum(found.excluded_counts.values()) == 0


def test_in_a_market_made_by_hand_the_order_is_plain(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    best = a_listing(work, market, name="near, open, has room, checked")
    closed = a_listing(work, market, name="near, opens Monday, has room, checked")
    full = a_listing(work, market, name="near, open, full, checked")
    stale = a_listing(work, market, name="near, open, has room, old")
    far = a_listing(work, market, name="far, open, has room, checked", at=FAR)
    for listing in (best, closed, full, far):
        checked(work, market, listing)
    checked(work, market, stale, TODAY - timedelta(days=900))
    for listing in (best, full, stale, far):
        open_on(work, market, listing)
    open_on(work, market, closed, "MO")
    for listing in (best, closed, stale, far):
        room(work, market, listing, "capacity", 5)
    room(work, market, full, "no-capacity")

    order = names(ranking())

    assert order[0] == best.service.name
    assert order[-1] == full.service.name
    assert set(order[1:-1]) == {closed.service.name, stale.service.name, far.service.name}


def test_what_is_known_of_a_listing_is_shown(work: Work, market: Market, ranking: Callable[..., Ranking]) -> None:
    listing = a_listing(work, market, at=FAR)
    checked(work, market, listing, date(2026, 10, 1))
    open_on(work, market, listing)
    room(work, market, listing, "capacity", 3)

    found = only(ranking())

    assert found.listing.organization == "Food pantry people"
    assert found.verified_on == date(2026, 10, 1)
    assert (found.room.status, found.room.available, found.room.as_of) == ("capacity", 3, TODAY)
    assert found.opening.state is OpenState.OPEN
    assert found.opening.next_open == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    assert found.travel.distance_km == pytest.approx(7.59, abs=0.05)
    assert found.eligible


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_what_does_not_run_is_left_out(
    work: Work, market: Market, ranking: Callable[..., Ranking], status: str
) -> None:
    a_listing(work, market, status=status)

    found = ranking(show_excluded=True)

    assert names(found) == []
    assert found.excluded_counts["inactive"] == 1
    assert [out.code for out in found.exclusions] == ["inactive"]


def test_known_rules_and_ages_exclude_and_say_which_fact(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    by_rule = a_listing(work, market, name="by rule")
    a_rule(work, market, by_rule, "age", 60)
    a_listing(work, market, name="by age", minimum_age=55.0)
    both = a_listing(work, market, name="veterans of any age, or elders", minimum_age=21.0)
    a_rule(work, market, both, "age", 60)
    a_rule(work, market, both, "veteran", value=True, operator="is", alternative=1)
    guess = a_listing(work, market, name="perhaps")
    a_rule(work, market, guess, "age", 60, status="suggested")

    found = ranking(facts={"age": 30.0, "veteran": True}, show_excluded=True)

    assert {out.listing.name: out.fact for out in found.exclusions} == {"by rule": "age", "by age": "age"}
    assert {match.listing.name: match.eligible for match in found.matches} == {
        "veterans of any age, or elders": True,
        "perhaps": False,
    }
    assert names(ranking(facts={"age": 20.0, "veteran": True})) == ["perhaps"]


@pytest.mark.parametrize(
    ("words", "eligible"), [("Open to anyone in need.", True), ("None", True), (None, True), ("See notes.", False)]
)
def test_conditions_in_words_are_not_taken_for_known(
    work: Work, market: Market, ranking: Callable[..., Ranking], words: str | None, *, eligible: bool
) -> None:
    a_listing(work, market, eligibility_description=words)

    assert only(ranking()).eligible is eligible


def test_an_area_of_the_place_wins_over_that_of_its_service(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    listing = a_listing(work, market, name="Two places")
    elsewhere = ServiceAtLocation(
        **stamps(work, market), service_id=listing.service.id, location_id=listing.location.id
    )
    work.session.add(elsewhere)
    work.session.flush()
    add(work, market, ServiceArea, service_id=listing.service.id, extent_type="county", extent="Baltimore city")
    add(work, market, ServiceArea, service_at_location_id=elsewhere.id, extent_type="county", extent="Garrett")

    found = ranking(show_excluded=True)

    assert [match.listing.service_at_location_id for match in found.matches] == [listing.service_at_location.id]
    assert [out.listing.service_at_location_id for out in found.exclusions] == [elsewhere.id]
    assert found.excluded_counts == {"inactive": 0, "outside_area": 1, "ineligible": 0, "too_far": 0}


def test_an_empty_market_has_an_empty_list(ranking: Callable[..., Ranking]) -> None:
    assert ranking(show_excluded=True).matches == ()
