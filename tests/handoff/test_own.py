"""Somebody asks a service by themself: the same handoff, owned by the market's desk; safety goes before convenience."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from resource_hub.accounts.models import Notice
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.core.errors import HubError
from resource_hub.handoff import queries, service
from resource_hub.handoff.models import HandoffStatus, Referral
from resource_hub.handoff.queries.own import why_not_asked
from resource_hub.handoff.rules.own import MOST_A_DAY, Askable, OwnAsked, OwnRequest, WhyNot, why_not
from resource_hub.handoff.values.words import Reason, Status
from resource_hub.inventory.models import Phone
from resource_hub.people.models import ConsentRecord, PersonRecord
from resource_hub.people.values import NewPerson, NewRoute, RouteKind
from tests.conftest import as_actor
from tests.factories import Listing, a_listing, stamps
from tests.handoff.stories import Story, a_story, says_places

HERE = "192.0.2.7"
ROSA = NewPerson("Rosa Quispe", language="es", routes=(NewRoute(RouteKind.TEXT, "410-555-0143", "after 5 pm"),))


@pytest.fixture
def story(work: Work) -> Story:
    return a_story(work)


def asks(work: Work, listing: Listing, person: NewPerson = ROSA, need: str = "food-insecurity") -> OwnAsked:
    return service.ask_for_oneself(work, OwnRequest(listing.service_at_location.id, person, need), HERE)


def refusal(work: Work, listing: Listing) -> str:
    with pytest.raises(HubError) as refused:
        asks(work, listing)
    return refused.value.code


def the_referral(work: Work) -> Referral:
    return work.session.scalars(select(Referral)).one()


def heard(work: Work, kind: str) -> set[str | None]:
    return set(work.session.scalars(select(Notice.user_id).where(Notice.kind == kind)))


def test_the_organization_sees_what_was_agreed_to_and_nothing_else(work: Work, story: Story) -> None:
    asks(work, story.pantry)

    (row,) = queries.inbox(as_actor(work, story.partner))
    view = service.open_handoff(as_actor(work, story.partner), row.referral_id)
    consent = work.session.scalars(select(ConsentRecord)).one()
    assert (row.person_name, view.needs, view.requested_by) == ("Rosa Quispe", ("food-insecurity",), "")
    assert view.packet is not None
    assert [(one.kind, one.value, one.note) for one in view.packet.routes] == [("text", "+14105550143", "after 5 pm")]
    assert (view.packet.language, view.packet.birth, view.packet.facts) == ("es", None, ())
    assert (consent.basis, consent.how_given, consent.recorded_by) == ("self-referral", "electronic", None)
    assert [(step.set_as, step.who) for step in view.history] == [("person", "")]


def test_the_code_takes_it_back(work: Work, story: Story) -> None:
    code = asks(work, story.pantry).code

    service.withdraw(as_actor(work, SYSTEM), service.find_by_code(work, code, HERE))

    assert the_referral(work).status == Status.CANCELLED
    assert work.session.scalars(select(ConsentRecord.revoked_at)).one() == work.now


def test_it_stands_on_the_list_of_the_markets_desk_and_no_other(work: Work, story: Story) -> None:
    elsewhere = a_story(work, "elsewhere")
    asks(work, story.pantry)

    (row,) = queries.worklist(as_actor(work, story.coordinator))
    assert (row.person_name, row.due_at is not None) == ("Rosa Quispe", True)
    assert queries.worklist(as_actor(work, elsewhere.coordinator)) == []


def test_the_desk_is_told_when_it_must_act_and_only_then(work: Work, story: Story) -> None:
    asks(work, story.pantry)
    referral = the_referral(work)
    service.move(as_actor(work, story.partner), referral.id, Status.ACCEPTED)
    assert heard(work, "handoff.moved") == set()

    service.move(as_actor(work, story.partner), referral.id, Status.FAILED, Reason.COULD_NOT_CONTACT)
    service.raise_overdue(replace(work, now=work.now + timedelta(days=7)))

    assert heard(work, "handoff.moved") == {story.coordinator.user_id}
    assert heard(work, "handoff.overdue") == {story.coordinator.user_id}


def test_whoever_is_signed_in_at_this_browser_did_not_ask(work: Work, story: Story) -> None:
    asks(as_actor(work, story.coordinator), story.pantry)

    referral = the_referral(work)
    added = work.session.get_one(PersonRecord, referral.person_id)
    step = work.session.scalars(select(HandoffStatus)).one()
    assert (referral.requested_by, added.created_by, step.set_by) == (None, None, None)


def test_who_does_not_say_what_they_need_is_asked_by_the_organization(work: Work, story: Story) -> None:
    asks(work, story.pantry, need="")

    assert the_referral(work).needs == ["sdoh-category-unspecified"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"needs": ("intimate-partner-violence",)}, "not_offered"),
        ({"name": "Detox and sobriety"}, "not_offered"),
        ({"status": "temporarily closed"}, "not_offered"),
    ],
    ids=["violence", "alcohol", "closed"],
)
def test_where_it_would_not_be_safe_or_of_use_nothing_is_written(
    work: Work, story: Story, changes: dict[str, object], code: str
) -> None:
    before = work.session.scalar(select(func.count()).select_from(PersonRecord))

    assert refusal(work, a_listing(work, story.market, **changes)) == code  # type: ignore[arg-type]  # fields by name
    assert work.session.scalar(select(func.count()).select_from(PersonRecord)) == before
    assert work.session.scalars(select(Referral)).all() == []


def test_a_secret_place_is_not_asked(work: Work, story: Story) -> None:
    story.pantry.location.confidential = True
    work.session.flush()

    assert refusal(work, story.pantry) == "not_offered"


def test_a_service_without_room_says_so_and_nothing_is_written(work: Work, story: Story) -> None:
    says_places(work, story.pantry, 0)

    assert refusal(work, story.pantry) == "no_capacity"
    assert work.session.scalars(select(ConsentRecord)).all() == []


@pytest.mark.parametrize(("kind", "reached"), [("sms", True), ("Mobile", True), ("voice", False), (None, False)])
def test_without_a_mail_address_a_number_for_texts_will_do(
    work: Work, story: Story, kind: str | None, *, reached: bool
) -> None:
    listing = a_listing(work, story.market, name="Closet")
    listing.organization.email = None
    stamped = stamps(work, story.market)
    work.session.add(Phone(**stamped, organization_id=listing.organization.id, number="410-555-0100", type=kind))
    work.session.flush()

    place = listing.service_at_location.id
    assert why_not_asked(work.session, [place])[place] == (None if reached else WhyNot.NO_WAY)


def test_from_one_place_only_so_many_come_in_a_quarter_of_an_hour(work: Work, story: Story) -> None:
    pantries = [a_listing(work, story.market, name=f"Pantry {number}") for number in range(9)]
    for pantry in pantries[:8]:
        asks(work, pantry)

    assert refusal(work, pantries[8]) == "too_many_tries"
    asks(replace(work, now=work.now + timedelta(minutes=16)), pantries[8])


def test_one_service_is_asked_only_so_often_a_day(work: Work, story: Story) -> None:
    wanted = OwnRequest(story.pantry.service_at_location.id, ROSA)
    says_places(work, story.pantry, MOST_A_DAY + 5)
    for number in range(MOST_A_DAY):
        service.ask_for_oneself(work, wanted, f"192.0.2.{number}")

    with pytest.raises(HubError) as refused:
        service.ask_for_oneself(work, wanted, "198.51.100.1")
    assert refused.value.code == "too_many"


@given(
    st.builds(Askable, st.sets(st.sampled_from(["violence", "substance-use", "mental-health"])), *[st.booleans()] * 3)
)
def test_safety_goes_first(service_asked: Askable) -> None:
    found = why_not(service_asked)

    dangerous = service_asked.confidential or bool({"violence", "substance-use"} & set(service_asked.labels))
    assert (found is WhyNot.CAREFUL) == dangerous
    assert (found is None) == (not dangerous and service_asked.active and service_asked.reachable)
