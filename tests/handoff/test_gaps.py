"""Gaps: what answers a need where, what is full, and how few people are never counted aloud."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Room
from resource_hub.core.errors import Invalid, NotAllowed
from resource_hub.handoff.errors import BadRequest
from resource_hub.handoff.models import UnmetNeed
from resource_hub.handoff.queries.gaps import gaps_of
from resource_hub.handoff.rules.gaps import Answered, Cell, GapRow, Offer, cells_of, shown_count
from resource_hub.handoff.service import record_unmet
from resource_hub.inventory.errors import NoSuchMarket
from resource_hub.inventory.models import Market, MarketArea, ServiceArea
from resource_hub.matching.queries.zero import count_zero
from tests.conftest import as_actor
from tests.factories import a_listing, a_market, a_user, stamps

FOOD, RIDES = "food-insecurity", "transportation-insecurity"


@pytest.fixture
def market(work: Work) -> Market:
    market = a_market(work)
    market.areas = [MarketArea(kind="postal_code", value=code) for code in ("21201", "20601")]
    work.session.flush()
    return market


def row(work: Work, market: Market, need: str = FOOD) -> GapRow:
    return next(row for row in gaps_of(work, market).rows if row.need == need)


def test_a_need_is_answered_where_a_service_is_and_is_a_hole_elsewhere(work: Work, market: Market) -> None:
    a_listing(work, market)
    table = gaps_of(work, market)
    assert table.areas == ("Baltimore (city)", "Charles")
    assert [cell.answered for cell in row(work, market).cells] == [Answered.ONE, Answered.HOLE]
    assert row(work, market, RIDES).holes == 2


def test_a_service_also_counts_where_it_says_that_it_serves(work: Work, market: Market) -> None:
    listing = a_listing(work, market)
    area = ServiceArea(**stamps(work, market), service_id=listing.service.id, extent_type="postal_code", extent="20601")
    work.session.add(area)
    work.session.flush()
    assert [cell.services for cell in row(work, market).cells] == [1, 1]


def test_a_market_of_one_county_is_told_apart_by_three_digits(work: Work, market: Market) -> None:
    market.areas = [MarketArea(kind="county", value="Charles")]
    work.session.flush()
    assert gaps_of(work, market).areas == ("206",)


def test_a_secret_place_is_in_no_area(work: Work, market: Market) -> None:
    a_listing(work, market).location.confidential = True
    work.session.flush()
    assert [cell.services for cell in row(work, market).cells] == [0, 0]
    assert row(work, market).anywhere.services == 1


def test_services_that_are_not_active_answer_nothing(work: Work, market: Market) -> None:
    a_listing(work, market, status="inactive")
    assert row(work, market).cells[0].answered is Answered.HOLE


def test_where_all_are_known_to_be_full_the_word_is_full(work: Work, market: Market) -> None:
    place = a_listing(work, market).service_at_location.id
    room = Room(
        service_at_location_id=place, market_id=market.id, status="no-capacity", free=0, maximum=5, as_of=work.now
    )
    work.session.add(room)
    work.session.flush()
    assert row(work, market).cells[0].answered is Answered.FULL
    a_listing(work, market, name="Another pantry")
    assert row(work, market).cells[0] == Cell(services=2, with_room=0, full=1)


def test_what_was_written_down_and_searched_in_vain_is_counted_from_eleven_on(work: Work, market: Market) -> None:
    coordinator = as_actor(work, a_user(work, Role.COORDINATOR, market))
    for _time in range(10):
        record_unmet(coordinator, market.id, [FOOD], "21201", "no_room")
        count_zero(work.session, market.id, [FOOD], work.now.date())
    assert (row(work, market).unmet, row(work, market).searches, row(work, market).reasons) == (None, None, ())
    record_unmet(coordinator, market.id, [FOOD], "21201", "no_room")
    count_zero(work.session, market.id, [FOOD], work.now.date())
    assert (row(work, market).unmet, row(work, market).searches) == (11, 11)
    assert row(work, market).reasons == (("no_room", 11),)
    later = replace(work, now=work.now + timedelta(days=91))
    assert (row(later, market).unmet, row(later, market).searches) == (0, 0)


def test_only_need_area_reason_and_who_wrote_it_are_kept(work: Work, market: Market) -> None:
    coordinator = as_actor(work, a_user(work, Role.SOCIAL_WORKER, market))
    assert record_unmet(coordinator, market.id, [FOOD, RIDES, FOOD], "21201", "too_far") == 2
    kept = list(work.session.scalars(select(UnmetNeed).order_by(UnmetNeed.need)))
    assert [(one.need, one.area, one.reason, one.recorded_by) for one in kept] == [
        (FOOD, "212", "too_far", coordinator.actor.user_id),
        (RIDES, "212", "too_far", coordinator.actor.user_id),
    ]
    assert {column.name for column in UnmetNeed.__table__.columns} == {
        "id", "market_id", "need", "area", "reason", "recorded_by", "recorded_at",
    }  # fmt: skip


def test_what_is_no_need_or_reason_is_refused_and_so_is_whoever_may_not(work: Work, market: Market) -> None:
    coordinator = as_actor(work, a_user(work, Role.COORDINATOR, market))
    for needs, reason in (([], "too_far"), ([FOOD], "because")):
        with pytest.raises(BadRequest):
            record_unmet(coordinator, market.id, needs, "21201", reason)
    with pytest.raises(Invalid):
        record_unmet(coordinator, market.id, ["gold"], "21201", "too_far")
    with pytest.raises(NoSuchMarket):
        record_unmet(coordinator, a_market(work, "elsewhere", noise=False).id, [FOOD], "21201", "too_far")
    with pytest.raises(NotAllowed):
        record_unmet(as_actor(work, a_user(work, Role.STEWARD, market)), market.id, [FOOD], "21201", "too_far")


@given(st.integers(0, 1000))
def test_few_people_are_never_counted_aloud(people: int) -> None:
    shown = shown_count(people)
    assert shown is None if 0 < people < 11 else shown == people


offers = st.builds(
    Offer,
    st.sampled_from("abc"),
    st.sampled_from(["food", "rides"]),
    st.frozensets(st.sampled_from(["1", "2"])),
    st.sampled_from([True, False, None]),
)


@given(st.lists(offers, max_size=12))
def test_a_service_counts_once_in_a_cell_and_its_best_room_counts(found: list[Offer]) -> None:
    cells = cells_of(found, ("1", "2"), ["food", "rides"])
    assert cells == cells_of(reversed(found), ("1", "2"), ["food", "rides"])
    for (need, area), cell in cells.items():
        here = [offer for offer in found if offer.need == need and area in (offer.areas or {""})]
        services = {offer.service_id for offer in here}
        assert cell.services == len(services)
        assert cell.with_room == len({offer.service_id for offer in here if offer.room})
        assert cell.with_room + cell.full <= cell.services
