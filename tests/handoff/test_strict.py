"""What may be shared on which basis; help with violence or substance use needs more, and is seen by fewer."""

import dataclasses
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.core.codes import NEEDS
from resource_hub.handoff import service
from resource_hub.handoff.models import Referral
from resource_hub.handoff.values import Status, YesNo
from resource_hub.matching.models import Acceptance, TrackRecord
from resource_hub.people.errors import BadConsent
from resource_hub.people.rules.least import LEAST, faults_of_sharing, least
from resource_hub.people.values import SHAREABLE_FIELDS, Basis, ConsentTerms, HowGiven
from tests.conftest import as_actor
from tests.factories import a_listing
from tests.handoff.stories import Story, a_story, says_places

SIGNED = ConsentTerms(frozenset({"name", "contact_routes"}), Basis.AUTHORIZATION, HowGiven.WRITTEN, days=90)


@pytest.fixture
def story(work: Work) -> Story:
    return a_story(work)


def codes_of(terms: ConsentTerms, needs: tuple[str, ...] = (), labels: tuple[str, ...] = ()) -> set[str]:
    return {fault.code for fault in faults_of_sharing(terms, needs, labels)}


def test_every_field_of_the_table_can_be_shared() -> None:
    for basis, need in product(Basis, NEEDS):
        assert least(basis, [need]) <= SHAREABLE_FIELDS.keys()
    assert LEAST.keys() == set(Basis)


@given(
    st.frozensets(st.sampled_from(sorted(SHAREABLE_FIELDS))),
    st.sampled_from(Basis),
    st.lists(st.sampled_from(sorted(NEEDS))),
)
def test_more_than_the_least_needs_the_persons_authorization(
    fields: frozenset[str], basis: Basis, needs: list[str]
) -> None:
    terms = ConsentTerms(fields, basis, HowGiven.VERBAL, 90)

    refused = "more_than_needed" in codes_of(terms, tuple(needs))

    assert refused == (basis is not Basis.AUTHORIZATION and not fields <= least(basis, needs))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"basis": Basis.TREATMENT}, "authorization_needed"),
        ({"how_given": HowGiven.VERBAL}, "written_needed"),
        ({"days": 91}, "too_long"),
    ],
)
def test_stricter_rules_want_a_signature_and_an_end(change: dict[str, object], code: str) -> None:
    terms = dataclasses.replace(SIGNED, **change)  # type: ignore[arg-type]  # a test names fields

    assert codes_of(SIGNED, labels=("violence",)) == set()
    assert codes_of(terms, labels=("violence",)) == {code}
    assert codes_of(terms, labels=("mental-health",)) == set()


@pytest.mark.parametrize(
    "fields", [{"name": "Northside Detox"}, {"name": "Shelter", "needs": ("intimate-partner-violence",)}]
)
def test_a_service_that_is_for_it_needs_a_signature_whatever_is_asked(
    work: Work, story: Story, fields: dict[str, object]
) -> None:
    shelter = a_listing(work, story.market, **fields)  # type: ignore[arg-type]  # a test names fields
    says_places(work, shelter, 3)
    ask = {"service_at_location_id": shelter.service_at_location.id}
    coordinator = as_actor(work, story.coordinator)

    with pytest.raises(BadConsent):
        service.refer(coordinator, story.asks(**ask))
    sent = service.refer(coordinator, story.asks(**ask, consent=SIGNED))
    service.move(coordinator, sent.referral_id, Status.ACCEPTED, on_behalf=True)
    service.record_outcome(coordinator, sent.referral_id, received=YesNo.YES)

    assert work.session.get_one(Referral, sent.referral_id).restricted
    assert work.session.scalars(select(TrackRecord)).all() == []
    assert work.session.scalars(select(Acceptance)).all() == []
