"""A list for many people at once: the last place goes to who has no other, and nobody is named."""

import pytest

from resource_hub.accounts.work import Work
from resource_hub.core.errors import Invalid
from resource_hub.handoff import service
from resource_hub.matching.phrases import ward
from resource_hub.matching.phrases.factors import sentence
from resource_hub.matching.policy import current
from resource_hub.matching.values import Query
from resource_hub.matching.ward import ward_list
from tests.conftest import as_actor
from tests.factories import a_listing, a_market
from tests.handoff.stories import a_story, says_places


def asks(work: Work, *needs: str) -> Query:
    return Query(needs or ("food-insecurity",), work.now)


def test_one_place_is_given_once_and_the_other_person_is_told_why(work: Work) -> None:
    story = a_story(work, places=1)
    rows = ward_list(work, story.market, {"first": asks(work), "second": asks(work)})

    given = [row.match.listing.service_at_location_id if row.match else None for row in rows]
    assert given.count(story.pantry.service_at_location.id) == 1
    assert None not in given
    (moved,) = [row for row in rows if row.why]
    assert moved.why
    text = ward(moved.why, lambda text, /, **words: text % words)
    assert "has room for 1" in text
    assert "first" not in text.replace("first choice", "")
    assert "second" not in text


def test_with_room_for_all_everybody_gets_their_own_best(work: Work) -> None:
    story = a_story(work, places=10)
    rows = ward_list(work, story.market, {str(number): asks(work) for number in range(5)})
    assert [row.why for row in rows] == [None] * 5
    assert len({row.match.listing.service_at_location_id for row in rows if row.match}) == 1


def test_where_nobody_counts_a_list_says_how_many_already_wait_for_an_answer(work: Work) -> None:
    story = a_story(work, places=None)
    before = ward_list(work, story.market, {"first": asks(work)})
    service.refer(as_actor(work, story.coordinator), story.asks())
    after = ward_list(work, story.market, {"first": asks(work)})

    was, now = (
        next(one for one in (row.match, *row.alternatives) if one and one.listing.name == story.pantry.service.name)
        for (row,) in (before, after)
    )
    assert now.score == pytest.approx(was.score * current().accept.per_open)
    [accept] = [factor for factor in now.factors if factor.code == "accept"]
    assert "1 request waits" in sentence(accept, lambda text, /, **words: text % words)


def test_alternatives_have_room_and_are_others(work: Work) -> None:
    story = a_story(work, places=1)
    for row in ward_list(work, story.market, {"first": asks(work), "second": asks(work)}):
        others = [found.listing.service_at_location_id for found in row.alternatives]
        assert story.pantry.service_at_location.id not in others
        assert row.match
        assert row.match.listing.service_at_location_id not in others


def test_each_need_is_a_case_and_what_nothing_answers_says_so(work: Work) -> None:
    story = a_story(work)
    rows = ward_list(work, story.market, {"first": asks(work, "food-insecurity", "homelessness")})
    assert [(row.person_id, row.need) for row in rows] == [("first", "food-insecurity"), ("first", "homelessness")]
    assert rows[1].match is None
    assert rows[1].why
    assert rows[1].why.code == "ward_nothing"


def test_when_places_are_gone_nobody_is_sent_there(work: Work) -> None:
    market = a_market(work)
    only = a_listing(work, market)
    says_places(work, only, 2)
    rows = ward_list(work, market, {str(number): asks(work) for number in range(3)})
    assert sorted(row.match is not None for row in rows) == [False, True, True]


def test_too_long_a_list_is_refused_and_an_empty_one_is_empty(work: Work) -> None:
    market = a_market(work)
    assert ward_list(work, market, {}) == ()
    with pytest.raises(Invalid):
        ward_list(work, market, {str(number): asks(work) for number in range(61)})
