"""From a gap to help and back, as a social worker notices it."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.handoff import service as handoff
from resource_hub.handoff.episodes import queries, service
from resource_hub.handoff.episodes.values.asked import NewEpisode, NewGap
from resource_hub.handoff.episodes.values.words import GapSource
from resource_hub.handoff.models import Referral
from resource_hub.handoff.values.words import NeedMet, Reason, Status
from tests.conftest import as_actor
from tests.factories import a_user
from tests.handoff.stories import Story
from tests.web.conftest import Page, page, post

TODAY = date(2026, 11, 20)
SENT = {
    "fields": ["name"],
    "basis": "authorization",
    "how_given": "verbal",
    "days": "30",
    "agreed": "y",
    "only_route": "y",
}


@pytest.fixture
def episode_id(work: Work, story: Story) -> str:
    return service.open_episode(as_actor(work, story.coordinator), story.person_id, NewEpisode(TODAY))


@pytest.fixture
def at(episode_id: str) -> str:
    return f"/desk/episodes/{episode_id}"


def hands_off(desk: FlaskClient, listed: Page, story: Story, needs: list[str]) -> Page:
    """Press "Hand off" on the list and "Send" on the page behind it, with what both have hidden."""
    fields = {"service_at_location_id": story.pantry.service_at_location.id, "needs": needs}
    gap = re.search(r'<input type="hidden" name="gap" value="([^"]+)">', listed.html)
    form = page(post(desk, f"/desk/people/{story.person_id}/handoff-form", gap=gap[1] if gap else "", **fields))
    sent = post(desk, f"/desk/people/{story.person_id}/handoffs", gap=form.hidden("gap"), **fields, **SENT)
    assert sent.status_code == 303, page(sent).to_mend
    return page(desk.get(sent.location))


def the_gap(shown: Page, at: str) -> str:
    return str(re.findall(rf'href="{at}/gaps/([^"]+)"', shown.html)[-1])


def test_a_gap_leads_to_a_list_for_its_need_and_the_handoff_stands_with_it(
    desk: FlaskClient, at: str, story: Story
) -> None:
    shown = page(desk.get(at))
    assert "Nobody asked yet" in shown.text
    find = f"/desk/people/{story.person_id}/match?gap={the_gap(shown, at)}"
    assert f'href="{find}"' in shown.html

    listed = page(desk.get(find))
    assert "For the gap: Food." in listed.text
    assert "Food pantry" in listed.text
    sent = hands_off(desk, listed, story, ["food-insecurity"])
    assert "For the gap: Food." in sent.text

    shown = page(desk.get(at))
    assert "Food pantry , Food pantry people: Asked" in shown.text
    assert "Help is on its way" in shown.text
    # What a form of the list sends is no need in an address.
    assert "food" not in find


def test_a_gap_without_a_yes_is_asked_about_first_and_one_that_is_no_need_is_said(
    desk: FlaskClient, at: str, work: Work, story: Story, episode_id: str
) -> None:
    mine = as_actor(work, story.coordinator)
    rides = service.open_gap(mine, episode_id, NewGap(GapSource.ASSESSMENT, "rides"))
    ramp = service.open_gap(mine, episode_id, NewGap(GapSource.HAND, "other", "A ramp"))

    shown = page(desk.get(f"/desk/people/{story.person_id}/match?gap={rides}"))
    assert "whether they want help with this. Ask them first." in shown.text
    assert "Food pantry" not in shown.text
    listed = page(desk.get(f"/desk/people/{story.person_id}/match?gap={ramp}"))
    assert "No service is listed for this as such" in listed.text
    hands_off(desk, listed, story, ["food-insecurity"])

    text = page(desk.get(at)).text
    assert text.count("Food pantry , Food pantry people: Asked") == 2
    assert re.search(r"Something else Open A ramp .*? Food pantry , Food pantry people: Asked", text)


def test_all_open_gaps_begin_one_list(desk: FlaskClient, at: str, work: Work, story: Story, episode_id: str) -> None:
    assert "Find help for all open gaps" not in page(desk.get(at)).text
    service.open_gap(as_actor(work, story.coordinator), episode_id, NewGap(GapSource.HAND, "caregiver"))
    assert f"/desk/people/{story.person_id}/match?gap=all" in page(desk.get(at)).html

    assert "Food pantry" in page(desk.get(f"/desk/people/{story.person_id}/match?gap=all")).text


def test_a_basket_stands_with_the_gaps_it_is_for(desk: FlaskClient, at: str, story: Story) -> None:
    place = story.pantry.service_at_location.id
    sent = post(
        desk, f"/desk/people/{story.person_id}/basket", line=place, **{f"needs-{place}": "food-insecurity"}, **SENT
    )
    assert sent.status_code == 303
    assert "Help is on its way" in page(desk.get(at)).text


def test_a_met_need_is_closed_in_one_click_from_the_episode_or_the_handoff(
    desk: FlaskClient, at: str, work: Work, story: Story
) -> None:
    shown = hands_off(desk, page(desk.get(at)), story, ["food-insecurity"])
    assert "close the gap" not in shown.text
    (referral_id,) = linked(work, story)
    partner = as_actor(work, story.partner)
    handoff.move(partner, referral_id, Status.ACCEPTED)
    handoff.record_outcome(partner, referral_id, need_met=NeedMet.YES)

    assert "1 gap can be closed: they got the help." in page(desk.get("/desk/")).text
    assert "1 gap can be closed" in page(desk.get("/desk/episodes")).text
    for address in (at, f"/desk/handoffs/{referral_id}"):
        assert "They got the help: close the gap" in page(desk.get(address)).text
    gap = the_gap(page(desk.get(at)), at)
    closed = page(desk.get(post(desk, f"{at}/gaps/{gap}", how="helped").location))
    assert "Food They got the help" in closed.text
    assert "close the gap" not in page(desk.get(f"/desk/handoffs/{referral_id}")).text
    # Twice, or two at once: the second hears so.
    assert "closed in the meantime" in page(post(desk, f"{at}/gaps/{gap}", how="helped")).to_mend


def test_a_no_leaves_the_gap_open_and_the_first_page_says_why(
    desk: FlaskClient, at: str, work: Work, story: Story
) -> None:
    hands_off(desk, page(desk.get(at)), story, ["food-insecurity"])
    (referral_id,) = linked(work, story)
    handoff.move(as_actor(work, story.partner), referral_id, Status.REJECTED, Reason.AT_CAPACITY)

    assert "For 1 gap the handoff ended without help: find other help." in page(desk.get("/desk/")).text
    shown = page(desk.get(at))
    assert "Turned down: No room" in shown.text
    assert "Ended without help The gap stays open. Find other help." in shown.text
    assert f"match?gap={the_gap(shown, at)}" in page(desk.get(f"/desk/handoffs/{referral_id}")).html


def test_a_colleague_sees_no_trace_of_a_restricted_handoff(
    desk: FlaskClient, at: str, work: Work, story: Story, signed_in: Callable[[Actor], FlaskClient]
) -> None:
    hands_off(desk, page(desk.get(at)), story, ["food-insecurity"])
    (referral_id,) = linked(work, story)
    work.session.get_one(Referral, referral_id).restricted = True
    handoff.move(as_actor(work, story.partner), referral_id, Status.REJECTED, Reason.AT_CAPACITY)
    colleague = signed_in(a_user(work, Role.SOCIAL_WORKER, story.market))

    for address in (at, "/desk/", "/desk/episodes", f"/desk/people/{story.person_id}"):
        shown = page(colleague.get(address))
        assert referral_id not in shown.html
        assert "ended without help" not in shown.text.lower()
    assert "Nobody asked yet" in page(colleague.get(at)).text
    assert "Ended without help" in page(desk.get(at)).text


@pytest.mark.parametrize("gap", ["", "x", "00000000-0000-4000-8000-000000000000", "x" * 300, "all"])
def test_an_odd_gap_is_the_whole_list(desk: FlaskClient, story: Story, gap: str) -> None:
    shown = page(desk.get(f"/desk/people/{story.person_id}/match?gap={gap}"))
    assert (shown.status, "For the gap" in shown.text, "Food pantry" in shown.text) == (200, False, True)


def linked(work: Work, story: Story) -> list[str]:
    mine = as_actor(work, story.coordinator)
    (row,) = queries.open_of_person(mine, story.person_id)
    return [one.referral_id for gap in queries.get_episode(mine, row.episode_id).gaps for one in gap.asked]
