"""What may be shared on which basis; help with violence or substance use needs more, and is seen by fewer."""

import dataclasses
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.codes import NEEDS
from resource_hub.core.errors import NotFound
from resource_hub.handoff import queries, service
from resource_hub.handoff.errors import AlreadyReferred
from resource_hub.handoff.models import Referral
from resource_hub.handoff.rules.strict import labels_of_request
from resource_hub.handoff.service.links import revoke_links
from resource_hub.handoff.values.words import Reason, Status, YesNo
from resource_hub.inventory.models import Attribute, EligibilityRule, Market, Organization, TaxonomyTerm
from resource_hub.matching.models import Acceptance, TrackRecord
from resource_hub.people.errors import BadConsent
from resource_hub.people.rules.least import LEAST, faults_of_sharing, least
from resource_hub.people.values import SHAREABLE_FIELDS, Basis, ConsentTerms, HowGiven
from tests.conftest import as_actor
from tests.factories import Listing, a_listing, a_user, stamps
from tests.handoff.stories import Story, a_story, says_places
from tests.handoff.two_ways import two_ways

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


class TestWhoFindsIt:
    """Of the sending side only the sender and who added the person; of the other side everybody."""

    @pytest.fixture
    def referral_id(self, work: Work, story: Story) -> str:
        return _restricted(work, story)

    def test_colleagues_find_nothing(self, work: Work, story: Story, referral_id: str) -> None:
        colleague = as_actor(work, a_user(work, Role.SOCIAL_WORKER, story.market))

        assert queries.worklist(colleague) == []
        assert queries.of_person(colleague, story.person_id) == []
        for act in (
            lambda: queries.get_handoff(colleague, referral_id),
            lambda: service.move(colleague, referral_id, Status.CANCELLED, Reason.DUPLICATE),
            lambda: service.write_message(colleague, referral_id, "hello"),
            lambda: revoke_links(colleague, referral_id),
        ):
            with pytest.raises(NotFound):
                act()

    def test_the_sender_and_who_was_asked_find_it(self, work: Work, story: Story, referral_id: str) -> None:
        mine, theirs = as_actor(work, story.coordinator), as_actor(work, story.partner)

        assert [row.referral_id for row in queries.worklist(mine)] == [referral_id]
        assert [row.referral_id for row in queries.of_person(mine, story.person_id)] == [referral_id]
        assert [row.restricted for row in queries.inbox(theirs)] == [True]

    def test_who_added_the_person_finds_it_when_a_colleague_sent_it(self, work: Work, story: Story) -> None:
        colleague = a_user(work, Role.COORDINATOR, story.market)

        referral_id = _restricted(work, replace(story, coordinator=colleague))

        assert queries.get_handoff(as_actor(work, story.coordinator), referral_id).restricted
        assert queries.get_handoff(as_actor(work, colleague), referral_id).restricted

    def test_what_is_not_restricted_everybody_of_the_side_finds(self, work: Work, story: Story) -> None:
        colleague = as_actor(work, a_user(work, Role.COORDINATOR, story.market))

        referral_id = service.refer(as_actor(work, story.coordinator), story.asks()).referral_id

        assert queries.get_handoff(colleague, referral_id).restricted is False

    def test_no_refusal_tells_a_colleague_that_there_is_one(self, work: Work, story: Story, referral_id: str) -> None:
        colleague = replace(story, coordinator=a_user(work, Role.COORDINATOR, story.market))

        assert _restricted(work, colleague) != referral_id
        third = as_actor(work, a_user(work, Role.SOCIAL_WORKER, story.market))
        assert service.refer(third, story.asks()).referral_id != referral_id
        for sender in (story, colleague):
            with pytest.raises(AlreadyReferred):
                _restricted(work, sender)

    def test_among_partners_it_is_the_same(self, work: Work) -> None:
        ways = two_ways(work, "ways")
        work.session.add(detox_term(work, ways.pantry))
        work.session.flush()
        referral_id = ways.sends(work, ways.pantry, consent=SIGNED)
        organization = work.session.get_one(Organization, ways.sender.organization_id)
        colleague = as_actor(work, a_user(work, Role.PARTNER, ways.story.market, organization=organization))

        assert queries.sent(colleague) == []
        with pytest.raises(NotFound):
            queries.get_handoff(colleague, referral_id)
        assert [row.referral_id for row in queries.sent(as_actor(work, ways.sender))] == [referral_id]
        assert [row.referral_id for row in queries.inbox(as_actor(work, ways.receiver))] == [referral_id]

    def test_a_no_makes_no_suggestion_to_stewards(self, work: Work, story: Story, referral_id: str) -> None:
        partner = as_actor(work, story.partner)
        service.move(partner, referral_id, Status.REJECTED, Reason.NOT_ELIGIBLE, fact="veteran")

        assert work.session.scalars(select(EligibilityRule)).all() == []


@pytest.mark.parametrize(
    ("name", "terms", "label"),
    [
        ("Harbor House", ("Detox",), "substance-use"),
        ("Harbor House", ("Addiction & Recovery", "Food"), "substance-use"),
        ("Harbor House", ("Help Escape Violence",), "violence"),
        ("Grupo de Alcohólicos Anónimos", (), "substance-use"),
        ("Ayuda por violencia doméstica", (), "violence"),
        ("Food pantry", ("Domestic Violence Survivors", "Help Pay for Food"), None),
        ("Grape harvest lunch", (), None),
        ("Drug store vouchers", (), None),
    ],
)
def test_a_kind_of_help_is_known_by_its_terms_and_its_name(
    name: str, terms: tuple[str, ...], label: str | None
) -> None:
    assert labels_of_request((), name, (), terms) == ({label} if label else set())


def test_a_service_with_such_a_term_asks_for_a_signed_consent(work: Work, story: Story) -> None:
    work.session.add(detox_term(work, story.pantry))
    work.session.flush()

    with pytest.raises(BadConsent):
        service.refer(as_actor(work, story.coordinator), story.asks())


def detox_term(work: Work, listing: Listing) -> Attribute:
    """A term of the directory on a service."""
    market = work.session.get_one(Market, listing.service.market_id)
    term = TaxonomyTerm(**stamps(work, market), name="Detox")
    work.session.add(term)
    work.session.flush()
    return Attribute(
        **stamps(work, market), link_entity="service", link_id=listing.service.id, taxonomy_term_id=term.id
    )


def _restricted(work: Work, story: Story) -> str:
    """A handoff whose consent names what the person said about alcohol or drugs."""
    fields = SIGNED.fields | {"sensitive:substance-use"}
    consent = replace(SIGNED, fields=fields)
    return service.refer(as_actor(work, story.coordinator), story.asks(consent=consent)).referral_id
