"""A consent names one organization, its fields and its end; outside of that nothing is shown."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.encryption import Place, Vault
from resource_hub.core.errors import NotFound
from resource_hub.inventory.models import Market, Organization
from resource_hub.people import consent
from resource_hub.people.errors import BadConsent, ConsentExpired, ConsentMissing, ConsentRevoked
from resource_hub.people.models import ConsentRecord, PersonRecord
from resource_hub.people.service import add_person
from resource_hub.people.values import Basis, ConsentTerms, HowGiven, NewPerson
from tests.conftest import as_actor
from tests.factories import a_user, an_organization
from tests.people.ana import ANA

TERMS = ConsentTerms(frozenset({"name", "contact_routes", "fact:age"}), Basis.AUTHORIZATION, HowGiven.VERBAL, 90)


@pytest.fixture
def ana(mine: Work, here: Market) -> PersonRecord:
    noise = add_person(mine, here.id, NewPerson(name="Noise"))
    consent.give(mine, noise.id, an_organization(mine, here, "Noise").id, replace(TERMS, fields=frozenset({"note"})))
    return add_person(mine, here.id, ANA)


@pytest.fixture
def harbor(work: Work, here: Market) -> Organization:
    return an_organization(work, here, "Harbor")


@pytest.fixture
def given(mine: Work, ana: PersonRecord, harbor: Organization) -> ConsentRecord:
    return consent.give(mine, ana.id, harbor.id, TERMS)


@pytest.fixture
def partner(work: Work, here: Market, harbor: Organization) -> Work:
    return as_actor(work, a_user(work, Role.PARTNER, here, organization=harbor))


def later(work: Work, days: float) -> Work:
    return replace(work, now=work.now + timedelta(days=days))


def test_a_consent_shows_its_fields_to_its_organization_until_it_ends(
    partner: Work, given: ConsentRecord, harbor: Organization
) -> None:
    assert consent.check(partner, given.id, harbor.id) == TERMS.fields
    assert consent.check(later(partner, 89.9), given.id, harbor.id) == TERMS.fields
    with pytest.raises(ConsentExpired) as refusal:
        consent.check(later(partner, 90), given.id, harbor.id)
    assert refusal.value.code == "consent_expired"


def test_a_consent_is_for_one_organization(
    work: Work, here: Market, mine: Work, given: ConsentRecord, partner: Work, harbor: Organization
) -> None:
    other = an_organization(work, here, "Other")
    strangers = as_actor(work, a_user(work, Role.PARTNER, here, organization=other))

    asked = [
        (mine, given.id, other.id),
        (strangers, given.id, other.id),
        (strangers, given.id, harbor.id),
        (partner, "no-such-consent", harbor.id),
    ]
    for who, consent_id, organization_id in asked:
        with pytest.raises(ConsentMissing) as refusal:
            consent.check(who, consent_id, organization_id)
        assert refusal.value.code == "consent_missing"


def test_who_has_no_part_in_a_consent_does_not_learn_that_it_ended(
    neighbours: Work, given: ConsentRecord, harbor: Organization
) -> None:
    with pytest.raises(ConsentMissing):
        consent.check(later(neighbours, 100), given.id, harbor.id)


def test_a_consent_that_was_taken_back_shows_nothing_from_then_on(
    mine: Work, partner: Work, given: ConsentRecord, harbor: Organization
) -> None:
    consent.revoke(mine, given.id)
    consent.revoke(later(mine, 1), given.id)

    assert given.revoked_at == mine.now
    with pytest.raises(ConsentRevoked) as refusal:
        consent.check(partner, given.id, harbor.id)
    assert refusal.value.code == "consent_revoked"


def test_the_organization_sees_what_the_consent_covers_and_nothing_else_is_even_opened(
    partner: Work, given: ConsentRecord, harbor: Organization
) -> None:
    opened: list[str] = []

    class Watched(Vault):
        def open(self, sealed: bytes, place: Place) -> str:
            opened.append(f"{place.table}.{place.column}")
            return super().open(sealed, place)

    watched = replace(partner, vault=Watched((bytes(range(32)),)))
    shared = consent.shared_person(watched, given.id, harbor.id, partner.now.date())

    assert (shared.name, shared.birth, shared.postal_code, shared.language) == ("Ana Reyes", None, None, None)
    assert [(route.value, route.safe_to_leave_message) for route in shared.routes] == [
        ("+14105550123", True),
        ("the library", False),
    ]
    assert shared.facts == (("age", 76.0),)
    assert set(opened) == {
        "person.sealed_name", "person.sealed_birth", "person_fact.sealed_value",
        "contact_route.sealed_value", "contact_route.sealed_note",
    }  # fmt: skip


def test_giving_disclosing_and_taking_back_are_written_down_by_field(
    mine: Work, partner: Work, given: ConsentRecord, harbor: Organization, here: Market
) -> None:
    consent.shared_person(partner, given.id, harbor.id, mine.now.date())
    consent.revoke(mine, given.id)

    rows = list(
        mine.session.scalars(select(AuditRow).where(AuditRow.subject_id == given.id).order_by(AuditRow.position))
    )

    detail = {"organization": harbor.id, "fields": "contact_routes,fact:age,name"}
    assert [(row.action, row.actor_id, row.chain, row.detail) for row in rows] == [
        ("consent.given", mine.actor.user_id, here.id, detail),
        ("person.disclosed", partner.actor.user_id, here.id, detail),
        ("consent.revoked", mine.actor.user_id, here.id, detail),
    ]


def test_a_person_s_consents_are_listed_newest_first(mine: Work, ana: PersonRecord, given: ConsentRecord) -> None:
    newer = consent.give(later(mine, 1), ana.id, given.organization_id, TERMS)

    assert [record.id for record in consent.consents_of(mine, ana.id)] == [newer.id, given.id]


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (replace(TERMS, fields=frozenset()), "fields"),
        (replace(TERMS, fields=frozenset({"diagnosis"})), "fields"),
        (replace(TERMS, days=-1), "days"),
        (replace(TERMS, days=366), "days"),
    ],
)
def test_terms_that_cannot_be_are_refused(
    mine: Work, ana: PersonRecord, harbor: Organization, terms: ConsentTerms, field: str
) -> None:
    with pytest.raises(BadConsent) as refusal:
        consent.give(mine, ana.id, harbor.id, terms)

    assert [fault.field for fault in refusal.value.faults] == [field]
    assert consent.consents_of(mine, ana.id) == []


ENTRIES: dict[str, Callable[[Work, ConsentRecord], object]] = {
    "give": lambda work, given: consent.give(work, given.person_id, given.organization_id, TERMS),
    "revoke": lambda work, given: consent.revoke(work, given.id),
    "list": lambda work, given: consent.consents_of(work, given.person_id),
}


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("who", ["neighbours", "partner"])
def test_consents_are_given_and_taken_back_in_scope_only(
    request: pytest.FixtureRequest, given: ConsentRecord, entry: str, who: str
) -> None:
    stranger: Work = request.getfixturevalue(who)

    with pytest.raises(NotFound):
        ENTRIES[entry](stranger, given)

    assert given.revoked_at is None


def test_the_session_alone_is_enough_to_ask_for_a_consent_that_holds(mine: Work, given: ConsentRecord) -> None:
    assert consent.get_valid(mine.session, given.id, mine.now) is given
    with pytest.raises(ConsentMissing):
        consent.get_valid(mine.session, "none", mine.now)
