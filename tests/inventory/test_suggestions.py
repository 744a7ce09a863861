"""A steward's decisions on suggestions: approved, rejected, remembered, taken back, and never another market's."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.errors import NoSuchMarket, StewardsOnly
from resource_hub.inventory.models import (
    Change,
    EligibilityRule,
    Market,
    ServiceNeed,
    ServiceNeedSuggestion,
)
from resource_hub.inventory.queries import suggestions
from resource_hub.inventory.service import bulk
from resource_hub.inventory.service.eligibility import read_eligibility
from resource_hub.inventory.service.rule_suggestions import decide_rules, undo
from resource_hub.inventory.service.suggestions import decide_needs, store_suggestions
from resource_hub.inventory.values import NeedSuggestion
from tests.conftest import as_actor
from tests.factories import Listing, a_listing, a_market, a_user

FOOD, RIDES = "food-insecurity", "transportation-insecurity"


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def listing(work: Work, market: Market) -> Listing:
    listing = a_listing(
        work,
        market,
        needs=(),
        eligibility_description="Veterans and families with children, with an appointment.",
    )
    listing.service.source_id = "7"
    store_suggestions(work, market, [suggested(listing, FOOD, 0.97), suggested(listing, RIDES, 0.6)])
    return listing


@pytest.fixture
def steward(work: Work, market: Market) -> Work:
    return as_actor(work, a_user(work, Role.STEWARD, market))


def suggested(listing: Listing, need: str, probability: float) -> NeedSuggestion:
    return NeedSuggestion(listing.service.id, need, probability, ("pantry",))


def needs_of(work: Work, listing: Listing) -> dict[str, tuple[float, str]]:
    rows = work.session.scalars(select(ServiceNeed).where(ServiceNeed.service_id == listing.service.id))
    return {row.need: (row.weight, row.source) for row in rows}


def test_an_approved_need_is_the_stewards_with_history_and_audit(
    steward: Work, market: Market, listing: Listing
) -> None:
    revision = market.revision
    decided = decide_needs(steward, market.id, [(listing.service.id, FOOD)], approve=True)
    steward.session.refresh(market)
    assert (decided.done, decided.stale, market.revision) == (1, 0, revision + 1)
    assert needs_of(steward, listing) == {FOOD: (1.0, "steward")}
    (change,) = steward.session.scalars(select(Change).where(Change.resource_id == listing.service.id))
    assert (change.field_name, change.source, change.updated_by) == ("need:" + FOOD, "steward", steward.actor.user_id)
    assert [row.action for row in steward.session.scalars(select(AuditRow))] == ["suggestions.approved"]


def test_what_was_rejected_is_not_suggested_again(steward: Work, market: Market, listing: Listing) -> None:
    decide_needs(steward, market.id, [(listing.service.id, FOOD)], approve=False)
    left = store_suggestions(steward, market, [suggested(listing, FOOD, 0.99), suggested(listing, RIDES, 0.7)])
    assert (left, needs_of(steward, listing)) == (1, {})
    assert suggestions.count_needs(steward.session, market.id, 0.0) == {RIDES: 1}


def test_the_second_of_two_stewards_is_told_and_changes_nothing(
    work: Work, steward: Work, market: Market, listing: Listing
) -> None:
    decide_needs(steward, market.id, [(listing.service.id, FOOD)], approve=True)
    other = as_actor(work, a_user(work, Role.STEWARD, market))
    late = decide_needs(other, market.id, [(listing.service.id, FOOD), (listing.service.id, RIDES)], approve=False)
    assert (late.done, late.stale) == (1, 1)
    assert needs_of(work, listing) == {FOOD: (1.0, "steward")}


def test_a_need_that_was_written_down_meanwhile_is_no_suggestion(
    steward: Work, market: Market, listing: Listing
) -> None:
    row = ServiceNeed(service_id=listing.service.id, need=FOOD, market_id=market.id, weight=0.5, source="crosswalk")
    steward.session.add(row)
    steward.session.flush()
    assert suggestions.count_needs(steward.session, market.id, 0.0) == {RIDES: 1}
    assert decide_needs(steward, market.id, [(listing.service.id, FOOD)], approve=True).stale == 1
    assert needs_of(steward, listing) == {FOOD: (0.5, "crosswalk")}


def test_undo_gives_the_suggestions_back_once(steward: Work, market: Market, listing: Listing) -> None:
    decide_needs(steward, market.id, [(listing.service.id, FOOD), (listing.service.id, RIDES)], approve=True)
    last = suggestions.last_decision(steward.session, market.id, bulk.NEEDS)
    assert last
    assert undo(steward, market.id, last.id) == 2
    assert needs_of(steward, listing) == {}
    assert suggestions.count_needs(steward.session, market.id, 0.0) == {FOOD: 1, RIDES: 1}
    assert suggestions.last_decision(steward.session, market.id, bulk.NEEDS) is None
    with pytest.raises(bulk.AlreadyUndone):
        undo(steward, market.id, last.id)


def test_undo_leaves_what_was_changed_since(steward: Work, market: Market, listing: Listing) -> None:
    decide_needs(steward, market.id, [(listing.service.id, FOOD)], approve=True)
    need = steward.session.get_one(ServiceNeed, (listing.service.id, FOOD))
    need.weight = 0.5
    last = suggestions.last_decision(steward.session, market.id, bulk.NEEDS)
    assert last
    assert undo(steward, market.id, last.id) == 0
    assert needs_of(steward, listing) == {FOOD: (0.5, "steward")}


def test_another_markets_suggestions_are_out_of_reach(work: Work, market: Market, listing: Listing) -> None:
    elsewhere = a_market(work, "elsewhere")
    stranger = as_actor(work, a_user(work, Role.STEWARD, elsewhere))
    with pytest.raises(NoSuchMarket):
        decide_needs(stranger, market.id, [(listing.service.id, FOOD)], approve=True)
    assert decide_needs(stranger, elsewhere.id, [(listing.service.id, FOOD)], approve=True).done == 0
    with pytest.raises(StewardsOnly):
        decide_needs(as_actor(work, _with_role(stranger.actor, Role.COORDINATOR)), elsewhere.id, [], approve=True)
    assert work.session.get_one(ServiceNeedSuggestion, (listing.service.id, FOOD)).status == "open"


def _with_role(actor: Actor, role: Role) -> Actor:
    return replace(actor, role=role)


def rules_of(work: Work, listing: Listing) -> list[tuple[str, str, str]]:
    query = select(EligibilityRule).where(EligibilityRule.service_id == listing.service.id)
    rows = work.session.scalars(query.execution_options(populate_existing=True))
    return sorted((row.fact, row.status, row.source) for row in rows)


def _rule_ids(work: Work, market: Market, fact: str) -> list[str]:
    found = suggestions.waiting_rules(work.session, market.id, fact, limit=9, offset=0)
    return [row.id for row, _service, _organization in found.rows]


def test_an_approved_rule_stays_when_the_texts_are_read_again(steward: Work, market: Market, listing: Listing) -> None:
    read_eligibility(steward, market)
    assert suggestions.count_rules(steward.session, market.id) == {"veteran": 1, "children": 1}
    assert decide_rules(steward, market.id, _rule_ids(steward, market, "veteran"), approve=True).done == 1
    wanted = [("children", "suggested", "steward"), ("veteran", "approved", "steward")]
    assert rules_of(steward, listing) == wanted
    assert not read_eligibility(steward, market)
    assert rules_of(steward, listing) == wanted


def test_a_rejected_rule_is_gone_and_undo_brings_it_back(steward: Work, market: Market, listing: Listing) -> None:
    read_eligibility(steward, market)
    gone = _rule_ids(steward, market, "children")
    assert decide_rules(steward, market.id, gone, approve=False).done == 1
    assert [fact for fact, _status, _source in rules_of(steward, listing)] == ["veteran"]
    assert decide_rules(steward, market.id, gone, approve=False).stale == 1
    last = suggestions.last_decision(steward.session, market.id, bulk.RULES)
    assert last
    assert undo(steward, market.id, last.id) == 1
    assert [fact for fact, _status, _source in rules_of(steward, listing)] == ["children", "veteran"]


def test_a_rule_in_several_alternatives_is_shown_once_and_decided_in_all(
    steward: Work, market: Market, listing: Listing
) -> None:
    listing.service.eligibility_description = "Women, ages 18 to 25, or ages 60 and older, and others by arrangement"
    read_eligibility(steward, market)
    (only,) = _rule_ids(steward, market, "gender")
    decide_rules(steward, market.id, [only], approve=True)
    assert [status for fact, status, _ in rules_of(steward, listing) if fact == "gender"] == ["approved", "approved"]
