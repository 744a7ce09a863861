"""What somebody typed into a form of a handoff's page stays on it until it is saved, on both sides the same way."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.work import Work
from resource_hub.handoff import service
from resource_hub.handoff.rules.steps import next_steps
from resource_hub.handoff.values.words import ActorKind, Reason, Status
from resource_hub.web.shared.words import WORDS
from tests.conftest import as_actor
from tests.handoff.stories import Story, a_handoff
from tests.web.conftest import Page, page, send

TYPED = "She moved to her sister’s <place>"


@pytest.fixture(params=["desk", "partner"])
def side(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def user(side: str, desk: FlaskClient, partner: FlaskClient) -> FlaskClient:
    return desk if side == "desk" else partner


@pytest.fixture
def referral_id(work: Work, story: Story) -> str:
    """A handoff that was accepted."""
    referral_id = a_handoff(work, story)
    service.move(as_actor(work, story.partner), referral_id, Status.ACCEPTED)
    return referral_id


@pytest.fixture
def at(side: str, referral_id: str) -> str:
    return f"/{side}/handoffs/{referral_id}"


def texts(shown: Page) -> list[str]:
    return [unescape(one) for one in re.findall(r"<textarea[^>]*>(.*?)</textarea>", shown.html, re.DOTALL)]


def refused(answer: Page) -> None:
    """The page itself says what to mend, and each of its links leads to a field."""
    assert answer.status == 422
    assert answer.to_mend
    for target in re.findall(r'href="#([^"]+)"', answer.to_mend):
        assert target in answer.ids, target


def test_a_message_that_is_too_long_stays(user: FlaskClient, at: str) -> None:
    shown = page(send(user, at, f"{at}/messages", text=TYPED + "x" * 1000))

    refused(shown)
    assert any(text.startswith(TYPED) for text in texts(shown))


def test_an_attempt_without_a_result_keeps_the_way(user: FlaskClient, at: str) -> None:
    shown = page(send(user, at, f"{at}/attempts", route="visit"))

    refused(shown)
    assert re.search(r'<option value="visit" selected>', shown.html)


def test_a_step_without_a_reason_keeps_its_comment(user: FlaskClient, at: str) -> None:
    shown = page(send(user, at, f"{at}/move", target="cancelled", comment=TYPED))

    refused(shown)
    assert texts(shown).count(TYPED) == 1


def test_an_outcome_keeps_its_answers_and_another_form_asks_as_before(user: FlaskClient, at: str) -> None:
    shown = page(send(user, at, f"{at}/outcome", contacted="yes", received="no", need_met="no", experience="awful"))
    other = page(send(user, at, f"{at}/move", target="cancelled"))

    refused(shown)
    assert re.search(r'<input checked [^>]*name="received"[^>]*value="no"', shown.html)
    assert re.search(r'<input checked [^>]*name="received"[^>]*value="unknown"', other.html)


def test_a_day_that_is_none_stays(user: FlaskClient, at: str) -> None:
    shown = page(send(user, at, f"{at}/appointment", at="next Tuesday"))

    refused(shown)
    assert 'value="next Tuesday"' in shown.html


def test_somebody_was_faster_and_the_comment_is_still_there(
    user: FlaskClient, at: str, work: Work, story: Story, referral_id: str
) -> None:
    """The step is not on the page any more, nor is the form for messages."""
    service.move(as_actor(work, story.partner), referral_id, Status.FAILED, Reason.COULD_NOT_CONTACT)

    step = page(send(user, at, f"{at}/move", target="cancelled", reason="duplicate", comment=TYPED, position="2"))
    message = page(send(user, at, f"{at}/messages", text=TYPED))

    for shown in (step, message):
        refused(shown)
        assert texts(shown).count(TYPED) == 1


def test_every_step_that_can_be_offered_has_words(story: Story) -> None:
    for status in Status:
        for step in next_steps(status, ActorKind.REFERRER):
            assert step.target in WORDS["step"]
        for step in next_steps(status, ActorKind.RECIPIENT):
            assert {step.target} <= WORDS["step"].keys() & WORDS["recorded_step"].keys(), (status, step.target)
