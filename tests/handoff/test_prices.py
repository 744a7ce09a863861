"""Prices of scarce places: learnt from requests, stored by one worker, set by hand, charged in the list."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotAllowed, NotFound
from resource_hub.handoff import pricing, service
from resource_hub.inventory.models import Market
from resource_hub.matching.asking import Wish, query_of
from resource_hub.matching.errors import BadPrice
from resource_hub.matching.models import PlacePrice
from resource_hub.matching.phrases import summary
from resource_hub.matching.scarcity import set_price
from resource_hub.matching.service import match
from resource_hub.matching.values import Match
from tests.conftest import as_actor
from tests.factories import a_listing, a_market, a_user
from tests.handoff.stories import Story, a_person, a_story, says_places

REQUESTS = 24


def crowd(work: Work, places: int) -> Story:
    """A pantry with so many free places, one that is never free of its hurdles, and more people than places."""
    story = a_story(work, places=REQUESTS + 6)
    for _one in range(REQUESTS):
        person = a_person(work, story.coordinator)
        service.refer(as_actor(work, story.coordinator), story.asks(person_id=person))
    says_places(work, story.pantry, places)
    return story


def learnt(work: Work, story: Story) -> float:
    return pricing.learn_prices(work, story.market).prices[story.pantry.service_at_location.id]


def the_pantry(work: Work, story: Story, *, ignore_prices: bool = False) -> Match:
    work.session.expire_all()
    wish = Wish(("food-insecurity",), prices=not ignore_prices)
    query = query_of(wish, story.market.time_zone, work.now)
    ranking = match(work.session, work.session.get_one(Market, story.market.id), query)
    wanted = story.pantry.service_at_location.id
    return next(found for found in ranking.matches if found.listing.service_at_location_id == wanted)


def test_a_place_that_many_want_has_a_price_and_one_with_slack_has_none(work: Work) -> None:
    scarce = crowd(work, places=1)
    assert learnt(work, scarce) > 0.01
    says_places(work, scarce.pantry, 100)
    assert learnt(work, scarce) == 0


def test_few_requests_say_nothing(work: Work) -> None:
    story = a_story(work, places=10)
    service.refer(as_actor(work, story.coordinator), story.asks())
    says_places(work, story.pantry, 0)
    assert learnt(work, story) == 0


def test_old_requests_are_not_those_to_come(work: Work) -> None:
    story = crowd(work, places=1)
    later = replace(work, now=work.now + timedelta(weeks=9))
    assert pricing.learn_prices(later, story.market).cases == 0


def test_prices_are_stored_once_an_hour_whoever_comes(work: Work) -> None:
    story = crowd(work, places=1)
    assert story.market.id in {market.id for market in pricing.markets_due(work)}
    found = pricing.learn_prices(work, story.market)
    assert pricing.store_prices(work, found)
    assert not pricing.store_prices(work, found)
    assert story.market.id not in {market.id for market in pricing.markets_due(work)}
    later = replace(work, now=work.now + timedelta(hours=2))
    assert story.market.id in {market.id for market in pricing.markets_due(later)}
    assert pricing.store_prices(later, replace(found, prices={}))
    assert work.session.scalar(select(PlacePrice.price)) == 0


def test_the_list_charges_the_price_and_says_so_unless_it_is_told_not_to(work: Work) -> None:
    story = crowd(work, places=1)
    before = the_pantry(work, story)
    pricing.store_prices(work, pricing.learn_prices(work, story.market))
    after, without = the_pantry(work, story), the_pantry(work, story, ignore_prices=True)

    assert before.price == without.price == 0
    assert after.price > 0
    assert abs(before.score - after.price - after.score) < 1e-9
    assert "Kept for people with no other option" in summary(after, _english)
    assert "Kept" not in summary(without, _english)


def test_a_price_set_by_hand_stays_in_force_until_it_is_taken_back(work: Work) -> None:
    story = crowd(work, places=1)
    place = story.pantry.service_at_location.id
    pricing.store_prices(work, pricing.learn_prices(work, story.market))
    computed = the_pantry(work, story).price
    steward = as_actor(work, a_user(work, Role.STEWARD, story.market))
    set_price(steward, place, 0.0)
    assert the_pantry(work, story).price == 0
    set_price(steward, place, 1.0)
    dear = the_pantry(work, story)
    assert dear.score > 0
    set_price(steward, place, None)
    assert the_pantry(work, story).price == computed
    written = work.session.scalars(select(AuditRow).where(AuditRow.action == "price.set").order_by(AuditRow.position))
    assert [row.detail for row in written] == [{"price": "0"}, {"price": "1"}, {"price": "computed"}]


def test_only_who_works_in_the_market_sets_its_prices(work: Work) -> None:
    story = a_story(work)
    place = story.pantry.service_at_location.id
    stranger = a_user(work, Role.STEWARD, a_market(work, "elsewhere"))
    with pytest.raises(NotFound):
        set_price(as_actor(work, stranger), place, 0.1)
    with pytest.raises(NotAllowed):
        set_price(as_actor(work, story.partner), place, 0.1)
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(BadPrice):
            set_price(as_actor(work, story.coordinator), place, wrong)
    assert work.session.scalars(select(PlacePrice)).all() == []


def test_a_market_where_nobody_counts_is_left_alone(work: Work) -> None:
    a_listing(work, a_market(work))
    assert pricing.markets_due(work) == []


def _english(text: str, /, **words: object) -> str:
    return text % words if words else text
