"""A need about violence is asked of an organization only when the consent names it."""

import dataclasses

import pytest

from resource_hub.accounts.work import Work
from resource_hub.handoff import queries
from resource_hub.handoff.service import refer
from resource_hub.people.errors import BadConsent
from resource_hub.people.models import ConsentRecord
from resource_hub.people.values import Basis, HowGiven
from resource_hub.screening.service import choose_needs
from resource_hub.screening.values import WantsHelp
from tests.conftest import as_actor
from tests.handoff.stories import Story, a_story

NEEDS = ("food-insecurity", "intimate-partner-violence")


@pytest.fixture
def story(work: Work) -> Story:
    found = a_story(work)
    choose_needs(as_actor(work, found.coordinator), found.person_id, dict.fromkeys(NEEDS, WantsHelp.YES))
    return found


def consented(story: Story, *more: str) -> dict[str, object]:
    terms = story.asks().consent
    signed = dataclasses.replace(terms, basis=Basis.AUTHORIZATION, how_given=HowGiven.WRITTEN)
    return {"needs": NEEDS, "consent": dataclasses.replace(signed, fields=terms.fields | {"needs", *more})}


def test_without_its_name_in_the_consent_it_is_not_sent(work: Work, story: Story) -> None:
    with pytest.raises(BadConsent) as refusal:
        refer(as_actor(work, story.coordinator), story.asks(**consented(story)))
    assert [fault.field for fault in refusal.value.faults] == ["fields"]


def test_with_its_name_the_organization_sees_it(work: Work, story: Story) -> None:
    sent = refer(as_actor(work, story.coordinator), story.asks(**consented(story, "sensitive:violence")))

    partner = as_actor(work, story.partner)
    assert queries.get_handoff(partner, sent.referral_id).needs == NEEDS


def test_of_an_earlier_consent_that_names_nothing_the_organization_sees_the_rest(work: Work, story: Story) -> None:
    sent = refer(as_actor(work, story.coordinator), story.asks(**consented(story, "sensitive:violence")))
    partner = as_actor(work, story.partner)
    record = work.session.get_one(ConsentRecord, queries.get_handoff(partner, sent.referral_id).consent_id)
    record.fields = [name for name in record.fields if not name.startswith("sensitive:")]
    work.session.flush()

    assert queries.get_handoff(partner, sent.referral_id).needs == ("food-insecurity",)
    assert [row.needs for row in queries.inbox(partner)] == [("food-insecurity",)]
    assert queries.get_handoff(as_actor(work, story.coordinator), sent.referral_id).needs == NEEDS
