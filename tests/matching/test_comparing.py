"""Two policies side by side: who moved, and by which part most."""

from dataclasses import replace

import pytest

from resource_hub.matching import phrases
from resource_hub.matching.policy import current
from resource_hub.matching.rules import show
from resource_hub.matching.rules.assess import assess
from resource_hub.matching.rules.compare import changes
from resource_hub.matching.values import Listing, Match, Policy, Ranking
from resource_hub.matching.values.comparing import Change
from tests.matching.build import ENGLISH, ORIGIN, ZONE, Row, columns, query, ranked, rooms

PATIENT = replace(current(), travel=replace(current().travel, half_minutes=10_000.0), version="patient")
ROWS = [
    Row("near", status="no-capacity"),
    Row("middle", at=(ORIGIN.latitude + 0.03, ORIGIN.longitude)),
    Row("far, with room", at=(ORIGIN.latitude + 0.5, ORIGIN.longitude), status="capacity", free=9),
]


def under(policy: Policy) -> Ranking:
    asked, table, room = query(), columns(ROWS), rooms(ROWS)
    found = show.matches(table, room, asked, assess(table, room, asked, policy))
    return ranking_of(found, policy.version)


def ranking_of(found: tuple[Match, ...], version: str = "any") -> Ranking:
    return Ranking(version, "here", query().at, ZONE, None, len(found), len(found), found, {}, ())


def test_who_moved_is_told_with_the_factor_that_changed_most() -> None:
    moved = {change.listing.name: change for change in changes(under(current()), under(PATIENT), 3)}

    up = moved["far, with room"]
    assert (up.now, up.factor) == (1, "follow_through")
    assert up.was is not None
    assert up.was > 1
    assert up.value_was is not None
    assert up.value_now is not None
    assert up.value_was < 0.2
    assert up.value_now > 0.9
    assert phrases.change(up, ENGLISH).startswith(f"Up from {up.was} to 1: whether the person gets there (0.9")


def test_in_and_out_of_the_top() -> None:
    found = changes(under(current()), under(PATIENT), 1)

    assert [(change.was, change.now) for change in found] == [(None, 1), (1, None)]


def test_the_same_policy_changes_nothing() -> None:
    assert changes(under(current()), under(current()), 3) == ()


def test_a_price_can_be_what_changed_most() -> None:
    [dear] = ranked([Row("dear")])
    other = replace(dear, listing=replace(dear.listing, service_at_location_id="other"))
    priced = replace(dear, price=0.3, score=dear.score - 0.3)

    first, second = changes(ranking_of((dear, other)), ranking_of((other, priced)), 2)

    assert (first.factor, second.factor) == (None, "price")
    assert phrases.change(first, ENGLISH) == "Up from 2 to 1: others moved around it."
    assert phrases.change(second, ENGLISH) == "Down from 1 to 2: the price of a scarce place (0.30, was 0.00)."


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        (None, 2, "New in the list, at 2: how well it fits (0.50, was 0.25)."),
        (2, None, "Out of the list, was at 2: how well it fits (0.50, was 0.25)."),
        (3, 2, "Up from 3 to 2: how well it fits (0.50, was 0.25)."),
        (2, 3, "Down from 2 to 3: how well it fits (0.50, was 0.25)."),
    ],
)
def test_a_change_in_words(was: int | None, now: int | None, words: str) -> None:
    listing = Listing("1", "2", "3", "Pantry", "Somebody")

    assert phrases.change(Change(listing, was, now, "fit", 0.25, 0.5), ENGLISH) == words


def test_every_part_of_the_score_has_its_words() -> None:
    [match] = ranked([Row()])

    for code in [*(factor.code for factor in match.factors), "price"]:
        assert "_" not in phrases.change(Change(match.listing, 1, 2, code, 0.1, 0.2), ENGLISH)
