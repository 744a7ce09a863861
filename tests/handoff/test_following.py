"""A person with their code: sees where it stands, says whether it helped, takes it back; and nobody guesses a code."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from resource_hub.accounts.models import Notice
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.core.errors import HubError, NotFound
from resource_hub.handoff import queries, service
from resource_hub.handoff.models import Outcome, Referral
from resource_hub.handoff.rules import codes
from resource_hub.handoff.rules.reports import Helped
from resource_hub.handoff.values.words import NeedMet, Status
from resource_hub.screening.models import NeedRecord
from tests.conftest import as_actor
from tests.handoff.stories import Story, a_handoff, a_person, a_story

HERE = "192.0.2.7"


@pytest.fixture
def story(work: Work) -> Story:
    return a_story(work)


@pytest.fixture
def referral_id(work: Work, story: Story) -> str:
    a_handoff(work, story, person_id=a_person(work, story.coordinator, name="Noise"))
    return a_handoff(work, story)


def opened(work: Work, story: Story, referral_id: str) -> Referral:
    code = service.code_for_paper(as_actor(work, story.coordinator), referral_id)
    return service.find_by_code(as_actor(work, SYSTEM), code, HERE)


def test_the_code_finds_the_handoff_however_it_is_typed(work: Work, story: Story, referral_id: str) -> None:
    code = service.code_for_paper(as_actor(work, story.coordinator), referral_id)

    for typed in (code, code.lower(), code.replace("-", " "), f"  {code.replace('-', '')} "):
        assert service.find_by_code(work, typed, HERE).id == referral_id


def test_the_organization_has_no_code(work: Work, story: Story, referral_id: str) -> None:
    assert service.code_for_paper(as_actor(work, story.partner), referral_id) == ""


@pytest.mark.parametrize("typed", ["", "B", "BBBB-BBBB-BBBB", "ñ" * 3000])
def test_another_code_finds_nothing(work: Work, referral_id: str, typed: str) -> None:
    with pytest.raises(HubError) as refusal:
        service.find_by_code(work, typed, HERE)
    assert refusal.value.code == "no_such_code"


def test_after_eight_wrong_codes_one_place_waits_a_quarter_of_an_hour(
    work: Work, story: Story, referral_id: str
) -> None:
    code = service.code_for_paper(as_actor(work, story.coordinator), referral_id)
    said = []
    for _try in range(9):
        with pytest.raises(HubError) as refusal:
            service.find_by_code(work, "BBBB-BBBB-BBBB", HERE)
        said.append(refusal.value.code)

    assert said == ["no_such_code"] * 8 + ["too_many_tries"]
    with pytest.raises(HubError, match="15 minutes"):
        service.find_by_code(work, code, HERE)
    assert service.find_by_code(work, code, "192.0.2.8").id == referral_id
    later = replace(work, now=work.now + codes.TRIES_COUNT_FOR)
    assert service.find_by_code(later, code, HERE).id == referral_id


def test_withdrawing_ends_the_handoff_and_the_consent_and_tells_both_sides(
    work: Work, story: Story, referral_id: str
) -> None:
    work.session.query(Notice).delete()
    referral = opened(work, story, referral_id)

    service.withdraw(work, referral)

    assert service.followed(work, referral).status is Status.CANCELLED
    assert queries.get_handoff(as_actor(work, story.partner), referral_id).needs == ()
    steps = queries.get_handoff(as_actor(work, story.coordinator), referral_id).history
    assert [(step.status, step.set_as) for step in steps][-1] == (Status.CANCELLED, "person")
    with pytest.raises(NotFound):
        service.move(as_actor(work, story.partner), referral_id, Status.ENTERED_IN_ERROR)
    told = {(notice.user_id, notice.organization_id) for notice in work.session.scalars(select(Notice))}
    assert told == {(story.coordinator.user_id, None), (None, story.pantry.organization.id)}
    with pytest.raises(HubError):
        service.withdraw(work, referral)


def test_before_an_answer_there_is_no_question(work: Work, story: Story, referral_id: str) -> None:
    referral = opened(work, story, referral_id)

    assert not service.followed(work, referral).may_answer
    with pytest.raises(HubError) as refusal:
        service.say_helped(work, referral, Helped.YES)
    assert refusal.value.code == "outcome_too_early"


def need_state(work: Work, story: Story) -> str:
    query = select(NeedRecord.state).where(NeedRecord.person_id == story.person_id, NeedRecord.wants_help == "yes")
    return work.session.scalars(query).one()


def test_the_persons_word_on_their_need_goes_before_everybodys(work: Work, story: Story, referral_id: str) -> None:
    partner, referral = as_actor(work, story.partner), opened(work, story, referral_id)
    service.move(partner, referral_id, Status.ACCEPTED)
    service.record_outcome(partner, referral_id, need_met=NeedMet.YES)
    assert need_state(work, story) == "met"

    service.say_helped(work, referral, Helped.NO)
    assert need_state(work, story) == "open"
    later = replace(partner, now=work.now + timedelta(hours=1))
    service.record_outcome(later, referral_id, need_met=NeedMet.YES)
    assert need_state(work, story) == "open"

    service.say_helped(replace(work, now=work.now + timedelta(days=1)), referral, Helped.YES)
    assert need_state(work, story) == "met"


def test_not_yet_writes_nothing_and_a_later_answer_counts(work: Work, story: Story, referral_id: str) -> None:
    referral = opened(work, story, referral_id)
    service.move(as_actor(work, story.partner), referral_id, Status.ACCEPTED)

    service.say_helped(work, referral, Helped.NOT_YET)
    assert work.session.scalars(select(Outcome)).all() == []

    service.say_helped(work, referral, Helped.PARTLY)
    (row,) = work.session.scalars(select(Outcome))
    assert (row.contacted, row.received, row.need_met, row.reported_as) == ("unknown", "yes", "partly", "person")
    assert service.followed(work, referral).answered is Helped.PARTLY


@given(st.text(max_size=80))
def test_what_is_typed_is_a_code_or_nothing(text: str) -> None:
    code = codes.normal(text)
    assert code == "" or (len(code) == codes.LENGTH and set(code) <= set(codes.ALPHABET))
    assert codes.normal(codes.shown(code)) == code
