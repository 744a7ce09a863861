"""A link opens one handoff for an organization without an account, until the handoff, the consent or its time ends."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow, Notice
from resource_hub.accounts.work import Work
from resource_hub.core.errors import HubError, NotAllowed, NotFound
from resource_hub.handoff import queries, service
from resource_hub.handoff.models import HandoffLink, Referral
from resource_hub.handoff.rules.links import OPEN_DAYS
from resource_hub.handoff.service.links import make_path, open_link, open_links, revoke_links
from resource_hub.handoff.values.words import NeedMet, Reason, Status, YesNo
from resource_hub.people import consent
from tests.conftest import as_actor
from tests.handoff.stories import Story, a_handoff, a_person, a_story


@pytest.fixture
def story(work: Work) -> Story:
    return a_story(work)


@pytest.fixture
def referral_id(work: Work, story: Story) -> str:
    return a_handoff(work, story)


def a_token(work: Work, referral_id: str) -> str:
    path = make_path(work, referral_id)
    assert path
    return path.removeprefix("/answer/")


def refusal(work: Work, token: str) -> str:
    with pytest.raises(HubError) as caught:
        open_link(work, token)
    return caught.value.code


def test_a_yes_by_link_is_the_organizations_and_says_so(work: Work, story: Story, referral_id: str) -> None:
    opened = open_link(work, a_token(work, referral_id))

    service.move(opened.work, opened.referral_id, Status.ACCEPTED)

    step = queries.get_handoff(as_actor(work, story.coordinator), referral_id).history[-1]
    assert (step.status, step.who, step.set_as) == (
        Status.ACCEPTED,
        story.pantry.organization.name,
        "recipient-by-link",
    )
    (told,) = work.session.scalars(select(Notice).where(Notice.kind == "handoff.moved"))
    assert told.user_id == story.coordinator.user_id


def test_only_a_keyed_hash_of_the_token_is_stored(work: Work, referral_id: str) -> None:
    token = a_token(work, referral_id)

    (link,) = work.session.scalars(select(HandoffLink))

    values = [str(getattr(link, column.name)) for column in HandoffLink.__table__.columns]
    assert all(token not in value for value in values)
    assert all(token not in str(row.detail) for row in work.session.scalars(select(AuditRow)))


def test_a_token_that_is_not_ours_opens_nothing(work: Work, referral_id: str) -> None:
    token = a_token(work, referral_id)

    assert {refusal(work, other) for other in (token[:-1], token.swapcase(), "", "x" * 64)} == {"no_such_answer_link"}


def test_a_link_shows_no_other_handoff_of_the_organization(work: Work, story: Story, referral_id: str) -> None:
    other = a_handoff(work, story, person_id=a_person(work, story.coordinator, name="Other"))

    assert open_link(work, a_token(work, referral_id)).referral_id == referral_id
    assert open_link(work, a_token(work, other)).referral_id == other


def test_it_runs_out(work: Work, referral_id: str) -> None:
    token = a_token(work, referral_id)
    last = replace(work, now=work.now + timedelta(days=OPEN_DAYS, seconds=-1))

    assert open_link(last, token).referral_id == referral_id
    assert refusal(replace(last, now=last.now + timedelta(seconds=1)), token) == "answer_link_over"


def test_it_ends_at_once_with_the_consent(work: Work, story: Story, referral_id: str) -> None:
    token = a_token(work, referral_id)

    consent.revoke(as_actor(work, story.coordinator), work.session.get_one(Referral, referral_id).consent_id)

    assert refusal(work, token) == "answer_link_over"
    assert make_path(work, referral_id) is None


@pytest.mark.parametrize(
    ("target", "reason"), [(Status.REJECTED, Reason.OUT_OF_AREA), (Status.CANCELLED, Reason.DECLINED_BY_PERSON)]
)
def test_it_ends_with_the_handoff(work: Work, story: Story, referral_id: str, target: Status, reason: Reason) -> None:
    token = a_token(work, referral_id)

    service.move(as_actor(work, story.coordinator), referral_id, target, reason, on_behalf=target is Status.REJECTED)

    assert refusal(work, token) == "answer_link_over"


def test_after_the_end_it_takes_the_outcome_once(work: Work, referral_id: str) -> None:
    token = a_token(work, referral_id)
    service.move(open_link(work, token).work, referral_id, Status.ACCEPTED)
    service.move(open_link(work, token).work, referral_id, Status.COMPLETED)

    service.record_outcome(open_link(work, token).work, referral_id, YesNo.YES, YesNo.YES, NeedMet.YES)

    assert refusal(work, token) == "answer_link_over"
    (outcome,) = queries.get_handoff(work, referral_id).outcomes
    assert outcome.reported_as == "recipient-by-link"


def test_a_referrer_takes_all_links_back(work: Work, story: Story, referral_id: str) -> None:
    tokens = [a_token(work, referral_id), a_token(work, referral_id)]
    desk = as_actor(work, story.coordinator)

    assert revoke_links(desk, referral_id) == 2

    assert {refusal(work, token) for token in tokens} == {"answer_link_over"}
    assert (open_links(work, referral_id), revoke_links(desk, referral_id)) == (0, 0)


def test_nobody_else_takes_them_back(work: Work, story: Story, referral_id: str) -> None:
    elsewhere = a_story(work, "elsewhere")

    with pytest.raises(NotFound):
        revoke_links(as_actor(work, elsewhere.coordinator), referral_id)
    with pytest.raises(NotAllowed):
        revoke_links(as_actor(work, story.partner), referral_id)
