"""From a list to a handoff: where the service stood is kept, and nobody but us can say so."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.exc import DatabaseError

from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Hold
from resource_hub.handoff.models import ReferralRanking
from resource_hub.inventory.models import Market
from resource_hub.matching.asking import Wish, query_of
from resource_hub.matching.service import match
from resource_hub.matching.values import Ranking
from resource_hub.people import service as people
from resource_hub.people.values import Corrections
from resource_hub.web.desk import listed
from tests.conftest import as_actor
from tests.factories import a_listing
from tests.handoff.stories import Story, a_person
from tests.web.conftest import page, post

FILLED = {
    "needs": ["food-insecurity"],
    "urgency": "soon",
    "fields": ["name", "contact_routes", "needs"],
    "how_given": "verbal",
    "days": "30",
    "agreed": "y",
    "only_route": "y",
}


@pytest.fixture
def at(work: Work, story: Story) -> str:
    """Somebody who lives where four pantries are about equally good."""
    for number in (2, 3, 4):
        a_listing(work, story.market, name=f"Pantry {number}")
    people.correct_person(as_actor(work, story.coordinator), story.person_id, Corrections(postal_code="21201"))
    return f"/desk/people/{story.person_id}"


def shown(desk: FlaskClient, at: str) -> list[tuple[str, str]]:
    """The services of the list, best first, each with its seal."""
    html = page(desk.get(f"{at}/match")).html
    ids = re.findall(r'name="service_at_location_id" value="([^"]+)"', html)
    seals = re.findall(r'name="listed" value="([^"]+)"', html)
    return list(zip(ids, map(unescape, seals), strict=True))


def kept(work: Work) -> list[ReferralRanking]:
    return list(work.session.scalars(select(ReferralRanking)))


def test_the_place_in_the_list_is_kept_with_the_handoff(desk: FlaskClient, work: Work, at: str, story: Story) -> None:
    rows = shown(desk, at)
    chosen, seal = rows[2]

    form = page(post(desk, f"{at}/handoff-form", service_at_location_id=chosen, needs="food-insecurity", listed=seal))
    against = {**FILLED, "override": "person_prefers", "listed": form.hidden("listed")}
    post(desk, f"{at}/handoffs", **against, service_at_location_id=chosen)

    [row] = kept(work)
    # The list as it was before this request waited for an answer.
    work.session.execute(delete(Hold))
    again = drawn(work, story.market, row.seed)
    found = again.matches[row.position - 1]
    assert (row.position, row.listed, row.policy) == (3, len(rows), again.policy)
    assert found.listing.service_at_location_id == chosen
    assert (row.score, row.price, row.propensity) == (found.score, found.price, found.propensity)
    assert 0 < row.propensity < 1
    assert [match.listing.service_at_location_id for match in again.matches] == [name for name, _seal in rows]


def drawn(work: Work, market: Market, seed: int) -> Ranking:
    """The list of a seed, drawn again."""
    wish = Wish(("food-insecurity",), near="21201", facts={"zip": "21201"}, limit=25, seed=seed)
    return match(work.session, market, query_of(wish, market.time_zone, work.now))


def test_a_list_is_drawn_anew_each_time_and_says_so(desk: FlaskClient, at: str) -> None:
    firsts = {shown(desk, at)[1][0] for _time in range(12)}

    assert len(firsts) > 1
    assert "are about equally good. Which comes first was drawn by lot." in page(desk.get(f"{at}/match")).text


@pytest.mark.parametrize("spoil", ["", "x", "x.{}", "é.", "0" * 5000])
def test_what_we_did_not_seal_is_not_kept(desk: FlaskClient, work: Work, at: str, spoil: str) -> None:
    chosen, _seal = shown(desk, at)[0]

    answer = post(desk, f"{at}/handoffs", **FILLED, service_at_location_id=chosen, listed=spoil)

    assert answer.status_code == 303
    assert kept(work) == []


def test_a_seal_that_was_changed_or_is_of_another_service_is_not_kept(desk: FlaskClient, work: Work, at: str) -> None:
    (first, seal), (second, other) = shown(desk, at)[:2]
    changed = re.sub(r'"position":1\b', '"position":2', seal)
    assert changed != seal

    post(desk, f"{at}/handoffs", **FILLED, service_at_location_id=first, listed=changed)
    post(desk, f"{at}/handoffs", **FILLED, service_at_location_id=second, listed=seal)

    assert kept(work) == []
    assert other != seal


def test_a_seal_holds_for_one_person_and_for_half_a_day(work: Work, story: Story, at: str) -> None:
    ranking, person = drawn(work, story.market, 7), story.person_id
    [(chosen, seal), *_rest] = listed.seals(work, person, ranking, 7).items()
    later = replace(work, now=work.now + timedelta(hours=13))

    assert listed.opened(work, person, chosen, seal) is not None
    assert listed.opened(work, "somebody else", chosen, seal) is None
    assert listed.opened(later, person, chosen, seal) is None


def test_a_seal_says_nothing_of_the_person(desk: FlaskClient, story: Story, at: str) -> None:
    _chosen, seal = shown(desk, at)[0]

    assert story.person_id not in seal
    assert "food" not in seal


def test_what_was_kept_is_never_changed(desk: FlaskClient, work: Work, at: str) -> None:
    chosen, seal = shown(desk, at)[0]
    post(desk, f"{at}/handoffs", **FILLED, service_at_location_id=chosen, listed=seal)
    [row] = kept(work)

    row.propensity = 0.5
    with pytest.raises(DatabaseError, match="never changed"), work.session.begin_nested():
        work.session.flush()


def test_several_needs_are_planned_together_on_the_page(desk: FlaskClient, work: Work, story: Story) -> None:
    a_listing(work, story.market, name="Power help", needs=("utility-insecurity",))
    person = a_person(work, story.coordinator, name="Two Needs", wants=("food-insecurity", "utility-insecurity"))

    text = page(desk.get(f"/desk/people/{person}/match")).text

    assert "For all of it together" in text
    plan = text.split("For all of it together")[1].split("Not shown, and why")[0]
    for said in ("1 trip · 2 handoffs", "Food: Food pantry", "Light, heat and water: Power help , Power help people"):
        assert said in plan, said
