"""The discharge board: who leaves, what they need, what is arranged, and what is missing."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.handoff import service as handoff
from resource_hub.handoff.episodes import service
from resource_hub.handoff.episodes.values.asked import NewEpisode
from resource_hub.handoff.models import Referral
from resource_hub.handoff.values.words import Reason, Status
from tests.conftest import as_actor
from tests.factories import a_user
from tests.handoff.stories import NAME, Story, a_handoff, a_person
from tests.web.conftest import page
from tests.web.desk.test_episodes import TODAY, TOMORROW, acts


@pytest.fixture
def at(work: Work, story: Story, elsewhere: Story) -> str:
    """The page of an episode whose person leaves tomorrow; the next market has the like."""
    service.open_episode(as_actor(work, elsewhere.coordinator), elsewhere.person_id, NewEpisode(TOMORROW))
    mine = as_actor(work, story.coordinator)
    return f"/desk/episodes/{service.open_episode(mine, story.person_id, NewEpisode(TOMORROW))}"


def test_who_leaves_stands_there_with_what_is_missing(desk: FlaskClient, at: str, work: Work, story: Story) -> None:
    shown = page(desk.get("/desk/discharges"))
    for text in (f"Tomorrow {NAME}", "Bedside visit", "Physician visit", "Help with: Food", "Nothing yet"):
        assert text in shown.text, text

    a_handoff(work, story)
    acts(desk, at, "doctor", state="made", at="2026-11-25T09:00")
    acts(desk, at, "contact", kind="bedside-visit", mode="visit", result="done")
    shown = page(desk.get(f"/desk/discharges?market={story.market.slug}"))

    assert "Food pantry" in shown.text
    assert re.search(r"Date made: Nov 25, 2026, 9:00\sAM", shown.text)
    for text in ("Bedside visit", "Physician visit", "Help with: Food"):
        assert text not in shown.text, text
    assert "Missing Record review Plan" in shown.text


def test_the_handoff_of_a_gap_stands_beside_it_and_what_ended_without_help_is_missing_again(
    desk: FlaskClient, at: str, work: Work, story: Story
) -> None:
    referral_id = a_handoff(work, story)
    service.link_handoffs(as_actor(work, story.coordinator), story.person_id, [referral_id])
    shown = page(desk.get("/desk/discharges"))
    assert "Food: Food pantry , asked" in shown.text
    assert f'href="/desk/handoffs/{referral_id}"' in shown.html
    assert "Help with: Food" not in shown.text

    handoff.move(as_actor(work, story.partner), referral_id, Status.REJECTED, Reason.AT_CAPACITY)
    shown = page(desk.get("/desk/discharges"))
    assert "Food: Food pantry , turned down" in shown.text
    assert "Help with: Food : ended without help" in shown.text
    gap = re.findall(rf'href="(/desk/people/{story.person_id}/match\?gap=[^"]+)"', shown.html)[0]
    assert "For the gap: Food." in page(desk.get(gap)).text


def test_a_colleague_reads_nothing_of_a_restricted_one_there(
    desk: FlaskClient, at: str, work: Work, story: Story, signed_in: Callable[[Actor], FlaskClient]
) -> None:
    referral_id = a_handoff(work, story)
    service.link_handoffs(as_actor(work, story.coordinator), story.person_id, [referral_id])
    work.session.get_one(Referral, referral_id).restricted = True
    colleague = page(signed_in(a_user(work, Role.SOCIAL_WORKER, story.market)).get("/desk/discharges"))

    assert (referral_id in colleague.html, "Food pantry" in colleague.text) == (False, False)
    assert "Help with: Food" in colleague.text
    assert "Food: Food pantry" in page(desk.get("/desk/discharges")).text


def test_who_should_have_left_stands_first(desk: FlaskClient, work: Work, story: Story) -> None:
    yesterday = a_person(work, story.coordinator, name="Yasmin Early")
    mine = as_actor(work, story.coordinator)
    service.open_episode(mine, story.person_id, NewEpisode(TODAY))
    service.open_episode(mine, yesterday, NewEpisode(TODAY - timedelta(days=1)))

    shown = page(desk.get("/desk/discharges"))

    assert shown.text.index("not yet left") < shown.text.index("Yasmin Early") < shown.text.index(NAME)


def test_an_empty_board_says_what_to_do(desk: FlaskClient) -> None:
    shown = page(desk.get("/desk/discharges?market=nowhere"))
    assert "Open an episode on the page of whoever will" in shown.text
