"""Open requests: where nobody counts places the next person is not sent to where many already wait for an answer."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.accounts.work import Work
from resource_hub.capacity import service
from resource_hub.capacity.queries import open_requests
from resource_hub.inventory.models import Market
from resource_hub.matching import phrases
from resource_hub.matching.policy import current
from resource_hub.matching.rules.capacity import crowd
from resource_hub.matching.values import Factor, Match, Ranking, Rooms
from tests.factories import Listing, a_listing, a_market
from tests.matching.build import ENGLISH, Row, rooms
from tests.matching.records import names, only, room

POLICY = current().accept
WAIT = timedelta(days=3)


def ask(work: Work, listing: Listing, count: int, name: str = "r") -> None:
    """Send requests to a service, which has three days to answer."""
    work.session.flush()
    for number in range(count):
        service.hold(work, f"{name}-{number}", listing.service_at_location.id, work.now + WAIT)


def accept(found: Match) -> Factor:
    return next(part for part in found.factors if part.code == "accept")


def test_open_requests_lower_the_chance_and_the_sentence_says_so(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    listing = a_listing(work, market)
    before = only(ranking())
    ask(work, listing, 2)
    after = only(ranking())

    assert accept(after).value == pytest.approx(accept(before).value * POLICY.per_open**2, abs=1e-12)
    assert after.score == pytest.approx(np.prod([part.value for part in after.factors]) - after.price, abs=1e-9)
    assert "2 requests wait for an answer there" in phrases.sentence(accept(after), ENGLISH)
    assert "wait" not in phrases.sentence(accept(before), ENGLISH)


def test_one_request_is_said_of_one(work: Work, market: Market, ranking: Callable[..., Ranking]) -> None:
    ask(work, a_listing(work, market), 1)

    assert "1 request waits for an answer there" in phrases.sentence(accept(only(ranking())), ENGLISH)


def test_of_two_equals_the_one_with_fewer_open_requests_is_first(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    asked, free = (a_listing(work, market, name=name) for name in ("Asked", "Free"))
    room(work, market, asked, "capacity")
    room(work, market, free, "capacity")
    ask(work, asked, 2, "first")
    ask(work, free, 1, "second")

    assert names(ranking()) == ["Free", "Asked"]


def test_where_places_are_counted_the_count_alone_tells(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    listing = a_listing(work, market)
    ask(work, listing, 1, "before the count")
    room(work, market, listing, "capacity", free=5)
    before = only(ranking())
    ask(work, listing, 2)
    after = only(ranking())

    assert "wait" not in phrases.sentence(accept(before), ENGLISH)
    assert accept(after).value == pytest.approx(POLICY.no_capacity + (POLICY.capacity - POLICY.no_capacity) * (
        1 - 2 ** (-3 / POLICY.half_places)))  # fmt: skip


def test_what_was_answered_or_is_over_is_not_open(work: Work, market: Market, ranking: Callable[..., Ranking]) -> None:
    listing = a_listing(work, market)
    place = listing.service_at_location.id
    ask(work, listing, 3)
    service.use(work, "r-0")
    service.release(work, "r-1")

    assert open_requests(work.session, market.id, work.now) == {place: 1}
    assert open_requests(work.session, market.id, work.now + WAIT) == {}
    assert accept(only(ranking())).value == pytest.approx(POLICY.prior * POLICY.per_open)


def test_requests_in_the_neighbour_s_market_play_no_part(
    work: Work, market: Market, ranking: Callable[..., Ranking]
) -> None:
    there = a_market(work, "there")
    a_listing(work, market)
    elsewhere = a_listing(work, there, name="Elsewhere")
    ask(work, elsewhere, 4)

    assert accept(only(ranking())).value == POLICY.prior
    assert open_requests(work.session, market.id, work.now) == {}
    assert open_requests(work.session, there.id, work.now) == {elsewhere.service_at_location.id: 4}


def uncounted(count: int) -> Rooms:
    return rooms([Row()] * count)


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_more_open_requests_never_leave_more_and_always_leave_something(few: int, more: int) -> None:
    left, less = crowd(uncounted(2), np.array([few, few + more], dtype=np.float64), POLICY)

    assert 1 >= left >= less >= POLICY.open_limit > 0
    assert (left == 1) == (few == 0)


@given(st.integers(0, 9), st.integers(0, 3000))
def test_a_counted_place_keeps_its_chance(free: int, requests: int) -> None:
    assert crowd(rooms([Row(status="capacity", free=free)]), np.array([requests], dtype=np.float64), POLICY) == [1]
