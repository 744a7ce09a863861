"""Attempts and questions between the steps: seen by both sides, told without content, ended by the consent."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from resource_hub.accounts.models import Notice
from resource_hub.accounts.work import Work
from resource_hub.core.errors import HubError
from resource_hub.handoff import service
from resource_hub.handoff.models import HandoffMessage, Referral
from resource_hub.handoff.queries.attempts import attempts_of
from resource_hub.handoff.queries.messages import messages_of
from resource_hub.handoff.rules.attempts import Attempt, AttemptResult, AttemptRoute, out_of_reach
from resource_hub.handoff.rules.links import MOST_MESSAGES_A_DAY
from resource_hub.handoff.service.links import make_path, open_link
from resource_hub.handoff.values.words import Status
from resource_hub.people import consent
from tests.conftest import NOW, as_actor
from tests.handoff.stories import Story, a_handoff, a_story

PHONE, TEXT = AttemptRoute.PHONE, AttemptRoute.TEXT
MISSED, REACHED = AttemptResult.NO_ANSWER, AttemptResult.REACHED


@pytest.fixture
def story(work: Work) -> Story:
    return a_story(work)


@pytest.fixture
def referral_id(work: Work, story: Story) -> str:
    """A handoff that was accepted."""
    referral_id = a_handoff(work, story)
    service.move(as_actor(work, story.partner), referral_id, Status.ACCEPTED)
    return referral_id


def told(work: Work, kind: str) -> list[str | None]:
    return list(work.session.scalars(select(Notice.user_id).where(Notice.kind == kind)))


def refusal(act: object) -> str:
    with pytest.raises(HubError) as caught:
        act()  # type: ignore[operator]  # a piece of work that is refused
    return caught.value.code


def tries(work: Work, referral_id: str, *made: tuple[AttemptRoute, AttemptResult]) -> None:
    for minute, (route, result) in enumerate(made):
        service.log_attempt(replace(work, now=work.now + timedelta(minutes=minute)), referral_id, route, result)


def test_three_failed_attempts_on_two_routes_bring_it_back_to_the_referrer_once(
    work: Work, story: Story, referral_id: str
) -> None:
    partner = as_actor(work, story.partner)
    tries(partner, referral_id, (PHONE, MISSED), (PHONE, MISSED))
    assert told(work, "handoff.attempts") == []

    tries(replace(partner, now=work.now + timedelta(hours=1)), referral_id, (TEXT, MISSED), (PHONE, MISSED))

    assert told(work, "handoff.attempts") == [story.coordinator.user_id]
    referral = work.session.get_one(Referral, referral_id, populate_existing=True)
    assert referral.due_at == work.now + timedelta(hours=1)
    assert service.raise_overdue(replace(work, now=work.now + timedelta(hours=2))) == 0


def test_both_sides_see_who_tried_how(work: Work, story: Story, referral_id: str) -> None:
    tries(as_actor(work, story.partner), referral_id, (PHONE, REACHED))

    seen = [attempts_of(as_actor(work, who), referral_id) for who in (story.coordinator, story.partner)]

    assert seen[0] == seen[1] == [Attempt(PHONE, REACHED, work.now, story.partner.name, "recipient")]


def test_before_the_answer_nobody_tries(work: Work, story: Story) -> None:
    asked = a_handoff(work, a_story(work, "second"))

    assert refusal(lambda: service.log_attempt(work, asked, PHONE, MISSED)) == "not_now"


@given(st.lists(st.tuples(st.sampled_from(AttemptRoute), st.sampled_from(AttemptResult)), max_size=8))
def test_out_of_reach_is_three_failures_on_two_routes_since_the_last_contact(
    made: list[tuple[AttemptRoute, AttemptResult]],
) -> None:
    attempts = [Attempt(route, result, NOW + timedelta(minutes=at)) for at, (route, result) in enumerate(made)]
    last = max((at for at, (_route, result) in enumerate(made) if result is REACHED), default=-1)
    since = made[last + 1 :]

    assert out_of_reach(reversed(attempts)) == (len(since) >= 3 and len({route for route, _result in since}) >= 2)


def test_a_question_is_answered_and_no_notice_holds_it(work: Work, story: Story, referral_id: str) -> None:
    partner, desk = as_actor(work, story.partner), as_actor(work, story.coordinator)

    service.write_message(partner, referral_id, " Does Maria need a ramp? ")
    service.write_message(replace(desk, now=work.now + timedelta(minutes=1)), referral_id, "Yes, a ramp.")

    for side in (partner, desk):
        shown = [(one.text, one.who, one.written_as) for one in messages_of(side, referral_id)]
        assert shown == [
            ("Does Maria need a ramp?", story.partner.name, "recipient"),
            ("Yes, a ramp.", story.coordinator.name, "referrer"),
        ]
    assert told(work, "handoff.message") == [story.coordinator.user_id, None]
    assert all(b"ramp" not in sealed for sealed in work.session.scalars(select(HandoffMessage.sealed_text)))
    for notice in work.session.scalars(select(Notice)):
        assert "ramp" not in f"{notice.dedup_key} {notice.path} {notice.kind}"


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_a_message_says_something_and_not_too_much(work: Work, referral_id: str, text: str) -> None:
    assert refusal(lambda: service.write_message(work, referral_id, text)) == "bad_request"


def test_with_the_consent_the_thread_ends_for_the_organization(work: Work, story: Story, referral_id: str) -> None:
    partner, desk = as_actor(work, story.partner), as_actor(work, story.coordinator)
    service.write_message(partner, referral_id, "A question")
    tries(partner, referral_id, (PHONE, MISSED))

    consent.revoke(desk, work.session.get_one(Referral, referral_id).consent_id)

    assert (messages_of(partner, referral_id), attempts_of(partner, referral_id)) == ([], [])
    assert refusal(lambda: service.write_message(partner, referral_id, "Another")) == "not_found"
    assert refusal(lambda: service.write_message(desk, referral_id, "Another")) == "not_now"
    assert len(messages_of(desk, referral_id)) == 1


def test_another_market_reads_and_writes_nothing(work: Work, referral_id: str) -> None:
    stranger = as_actor(work, a_story(work, "elsewhere").partner)

    assert refusal(lambda: messages_of(stranger, referral_id)) == "not_found"
    assert refusal(lambda: attempts_of(stranger, referral_id)) == "not_found"
    assert refusal(lambda: service.write_message(stranger, referral_id, "Hello")) == "not_found"


def test_a_link_cannot_flood(work: Work, referral_id: str) -> None:
    path = make_path(work, referral_id)
    assert path
    by_link = open_link(work, path.removeprefix("/answer/")).work
    for _ in range(MOST_MESSAGES_A_DAY):
        service.write_message(by_link, referral_id, "Hello?")

    assert refusal(lambda: service.write_message(by_link, referral_id, "Hello?")) == "too_many"
    tomorrow = replace(by_link, now=work.now + timedelta(days=1, seconds=1))
    service.write_message(tomorrow, referral_id, "Hello?")
