"""Partners send people too: the side of an actor is that of the handoff, and nobody else finds it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from resource_hub.accounts.models import AuditRow, Notice
from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import HubError, Invalid, NotAllowed, NotFound
from resource_hub.exchange.notices.receivers import receiver_of
from resource_hub.handoff import queries, service
from resource_hub.handoff.models import Referral
from resource_hub.handoff.queries.attempts import attempts_of
from resource_hub.handoff.queries.messages import messages_of
from resource_hub.handoff.rules.attempts import AttemptResult, AttemptRoute
from resource_hub.handoff.rules.steps import next_steps
from resource_hub.handoff.rules.today import Why
from resource_hub.handoff.service.links import make_path, revoke_links
from resource_hub.handoff.service.sending import care_team_doors
from resource_hub.handoff.values.words import ActorKind, NeedMet, Reason, Status, Urgency, YesNo
from resource_hub.people import consent
from resource_hub.people import queries as people
from resource_hub.people.errors import ConsentMissing
from resource_hub.people.models import ConsentRecord
from tests.conftest import as_actor
from tests.factories import a_user, an_organization
from tests.handoff.stories import a_handoff
from tests.handoff.two_ways import NAME, TO_SEND, TwoWays, two_ways

REFERRER, RECIPIENT = ActorKind.REFERRER, ActorKind.RECIPIENT


@pytest.fixture
def ways(work: Work) -> TwoWays:
    """Beside it the same in another market, with a handoff of its own."""
    there = two_ways(work, "there")
    there.sends(work, there.team)
    return two_ways(work)


def actors(work: Work, ways: TwoWays) -> dict[str, Actor]:
    """Everybody who could try."""
    elsewhere = two_ways(work, "elsewhere")
    market = ways.story.market
    stranger = a_user(work, Role.PARTNER, market, organization=an_organization(work, market, "Strangers"))
    return {
        "sender": ways.sender,
        "receiver": ways.receiver,
        "coordinator": ways.coordinator,
        "social worker": replace(ways.coordinator, role=Role.SOCIAL_WORKER),
        "coordinator without a care team": ways.story.coordinator,
        "coordinator elsewhere": elsewhere.coordinator,
        "another partner": stranger,
        "partner elsewhere": elsewhere.sender,
        "partner without organization": replace(stranger, organization_id=None),
        **{role: a_user(work, role, market) for role in (Role.STEWARD, Role.PROGRAMME_LEAD, Role.ADMIN)},
    }


# Which handoff, and who stands on which side of it; nobody else finds it.
WAYS: dict[str, tuple[Callable[[Work, TwoWays], str], dict[str, ActorKind]]] = {
    "partner to care team": (
        lambda work, ways: ways.sends(work, ways.team),
        {"sender": REFERRER, "coordinator": RECIPIENT, "social worker": RECIPIENT},
    ),
    "partner to partner": (
        lambda work, ways: ways.sends(work, ways.pantry),
        {"sender": REFERRER, "receiver": RECIPIENT},
    ),
    "care team to partner": (
        lambda work, ways: a_handoff(work, ways.story),
        {
            "sender": RECIPIENT, "coordinator": REFERRER, "social worker": REFERRER,
            "coordinator without a care team": REFERRER,
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_every_actor_has_in_every_status_the_steps_of_their_side_or_finds_nothing(
    work: Work, ways: TwoWays, way: str
) -> None:
    make, sides = WAYS[way]
    referral_id = make(work, ways)
    tried = actors(work, ways)
    for status in Status:
        work.session.execute(update(Referral).where(Referral.id == referral_id).values(status=status))
        for name, actor in tried.items():
            side, mine = sides.get(name), as_actor(work, actor)
            if side is None or (side is RECIPIENT and status is Status.DRAFT):
                with pytest.raises((NotFound, NotAllowed)):
                    queries.get_handoff(mine, referral_id)
                continue
            view = queries.get_handoff(mine, referral_id)
            assert view.viewer is side
            assert view.steps == tuple(next_steps(status, side)), (name, status)
            assert bool(view.on_behalf_steps) == (side is REFERRER and any(next_steps(status, RECIPIENT)))


@pytest.mark.parametrize("way", WAYS)
def test_who_has_no_side_can_do_nothing(work: Work, ways: TwoWays, way: str) -> None:
    make, sides = WAYS[way]
    referral_id = make(work, ways)
    for name, actor in actors(work, ways).items():
        if name in sides:
            continue
        mine = as_actor(work, actor)
        for act in (
            lambda mine=mine: service.move(mine, referral_id, Status.ACCEPTED),
            lambda mine=mine: service.log_attempt(mine, referral_id, AttemptRoute.PHONE, AttemptResult.REACHED),
            lambda mine=mine: service.write_message(mine, referral_id, "hello"),
            lambda mine=mine: service.record_outcome(mine, referral_id, YesNo.YES),
            lambda mine=mine: service.open_handoff(mine, referral_id),
            lambda mine=mine: service.code_for_paper(mine, referral_id),
            lambda mine=mine: messages_of(mine, referral_id),
            lambda mine=mine: attempts_of(mine, referral_id),
            lambda mine=mine: revoke_links(mine, referral_id),
        ):
            with pytest.raises((NotFound, NotAllowed)):
                act()
        assert make_path(mine, referral_id) is None


def test_a_handoff_to_the_care_team_goes_all_the_way(work: Work, ways: TwoWays) -> None:
    referral_id = ways.sends(work, ways.team)
    sender, team = as_actor(work, ways.sender), as_actor(work, ways.coordinator)

    service.move(team, referral_id, Status.ACCEPTED, expected_position=1)
    service.log_attempt(team, referral_id, AttemptRoute.PHONE, AttemptResult.NO_ANSWER)
    service.write_message(team, referral_id, "Is the evening better?")
    service.write_message(sender, referral_id, "Yes, after six")
    service.move(team, referral_id, Status.COMPLETED)
    service.record_outcome(team, referral_id, YesNo.YES, YesNo.YES, NeedMet.YES)

    seen = queries.get_handoff(sender, referral_id)
    assert [(step.status, step.set_as) for step in seen.history] == [
        (Status.REQUESTED, "referrer"), (Status.ACCEPTED, "recipient"), (Status.COMPLETED, "recipient"),
    ]  # fmt: skip
    assert [message.written_as for message in messages_of(sender, referral_id)] == ["recipient", "referrer"]
    assert seen.outcomes[0].reported_as == "recipient"
    told = select(Notice.kind).where(Notice.user_id == ways.sender.user_id)
    assert sorted(work.session.scalars(told)) == [
        "handoff.message", "handoff.moved", "handoff.moved", "handoff.outcome"
    ]  # fmt: skip


def test_the_care_team_sees_what_the_consent_covers_and_only_while_it_holds(work: Work, ways: TwoWays) -> None:
    referral_id = ways.sends(work, ways.team)
    team = as_actor(work, ways.coordinator)

    packet = service.open_handoff(team, referral_id).packet

    assert packet
    assert (packet.name, packet.postal_code) == (NAME, None)
    assert [row.person_name for row in queries.inbox(team)] == [NAME]
    consent.revoke(as_actor(work, ways.sender), queries.get_handoff(team, referral_id).consent_id)
    assert service.open_handoff(team, referral_id).packet is None
    assert [(row.person_name, row.needs, row.why) for row in queries.inbox(team)] == [(None, None, "consent_ended")]
    with pytest.raises(NotFound):
        service.move(team, referral_id, Status.ACCEPTED)


def test_the_care_team_cannot_take_the_consent_back_nor_read_that_of_others(work: Work, ways: TwoWays) -> None:
    to_team, to_pantry = (
        work.session.get_one(Referral, ways.sends(work, to)).consent_id for to in (ways.team, ways.pantry)
    )
    team = as_actor(work, ways.coordinator)

    with pytest.raises(NotFound):
        consent.revoke(team, to_team)
    with pytest.raises(ConsentMissing):
        consent.check(team, to_pantry, ways.pantry.organization.id)


def test_each_side_has_its_own_lists(work: Work, ways: TwoWays) -> None:
    inbound, onward, outbound = ways.sends(work, ways.team), ways.sends(work, ways.pantry), a_handoff(work, ways.story)
    coordinator, sender, receiver = (as_actor(work, one) for one in (ways.coordinator, ways.sender, ways.receiver))

    assert {row.referral_id for row in queries.worklist(coordinator)} == {outbound}
    assert {row.referral_id for row in queries.inbox(coordinator)} == {inbound}
    assert {row.referral_id for row in queries.sent(sender)} == {inbound, onward}
    assert {row.referral_id for row in queries.inbox(sender)} == {outbound}
    assert {row.referral_id for row in queries.inbox(receiver)} == {onward}


def test_what_is_over_stays_on_the_senders_list_at_its_end(work: Work, ways: TwoWays) -> None:
    over, runs = ways.sends(work, ways.team), ways.sends(work, ways.pantry)
    service.move(as_actor(work, ways.sender), over, Status.CANCELLED, Reason.DUPLICATE)

    assert [row.referral_id for row in queries.sent(as_actor(work, ways.sender))] == [runs, over]


@pytest.mark.parametrize(("urgency", "days"), [(Urgency.ROUTINE, 2), (Urgency.URGENT, 1)])
def test_the_care_team_has_two_business_days_to_answer_and_one_when_urgent(
    work: Work, ways: TwoWays, urgency: Urgency, days: int
) -> None:
    ways.sends(work, ways.team, urgency=urgency)
    (row,) = queries.inbox(as_actor(work, ways.coordinator))
    assert row.due_at
    assert timedelta(days=days - 1) < row.due_at - work.now < timedelta(days=days + 4)
    assert (row.overdue, row.why) == (False, Why.NEXT)

    (row,) = queries.inbox(replace(as_actor(work, ways.coordinator), now=row.due_at))
    assert (row.overdue, row.why) == (True, Why.NO_ANSWER)


def test_a_question_of_the_sender_is_why_it_is_on_the_list(work: Work, ways: TwoWays) -> None:
    referral_id = ways.sends(work, ways.team)
    service.write_message(as_actor(work, ways.sender), referral_id, "Did you reach her?")

    assert [row.why for row in queries.inbox(as_actor(work, ways.coordinator))] == [Why.QUESTION]


def test_the_care_teams_members_are_told_at_their_own_page(work: Work, ways: TwoWays) -> None:
    ways.sends(work, ways.team)
    notice = work.session.scalars(select(Notice).where(Notice.organization_id == ways.team.organization.id)).one()

    receiver = receiver_of(work.session, notice)

    assert (len(receiver.addresses), receiver.page) == (1, "/desk/received")
    of_sender = Notice(user_id=ways.sender.user_id, kind="handoff.moved")
    assert receiver_of(work.session, of_sender).page == "/partner/"


def test_nobody_sends_to_themselves(work: Work, ways: TwoWays) -> None:
    with pytest.raises(Invalid) as refusal:
        ways.sends(work, ways.story.pantry)

    assert refusal.value.code == "bad_request"


def test_a_partner_sends_only_whom_they_recorded(work: Work, ways: TwoWays) -> None:
    for person_id in (ways.story.person_id, two_ways(work, "far").person_id):
        with pytest.raises(NotFound):
            ways.sends(work, ways.team, person_id=person_id)
    with pytest.raises(NotFound):
        service.refer(as_actor(work, ways.coordinator), ways.asks(ways.pantry))


def test_a_person_is_written_down_with_their_word_and_nothing_else(work: Work, ways: TwoWays) -> None:
    person = people.get_person(as_actor(work, ways.sender), ways.person_id)
    given = work.session.scalars(select(ConsentRecord).where(ConsentRecord.person_id == ways.person_id)).one()

    assert (person.name, person.birth, person.record_number, person.facts) == (NAME, "", "", ())
    assert (given.organization_id, given.fields) == (ways.sender.organization_id, ["contact_routes", "name", "needs"])
    written = work.session.scalars(select(AuditRow).where(AuditRow.subject_id == ways.person_id))
    assert all(NAME not in str(row.detail) for row in written)


@pytest.mark.parametrize(
    ("sent", "field"), [(replace(TO_SEND, needs=()), "needs"), (replace(TO_SEND, routes=()), "routes.0.value")]
)
def test_a_need_and_a_way_to_reach_the_person_are_asked_for(
    work: Work, ways: TwoWays, sent: object, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        service.record_person(as_actor(work, ways.sender), sent)  # type: ignore[arg-type]  # each is a PersonToSend

    assert [fault.field for fault in refusal.value.faults] == [field]


def test_a_partner_whose_account_names_no_market_records_at_home(work: Work, ways: TwoWays) -> None:
    partner = replace(ways.sender, market_ids=frozenset())

    person_id = service.record_person(as_actor(work, partner), TO_SEND)

    assert people.get_person(as_actor(work, partner), person_id).market_id == ways.story.market.id


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.STEWARD])
def test_only_partners_record_so(work: Work, ways: TwoWays, role: Role) -> None:
    with pytest.raises(HubError):
        service.record_person(as_actor(work, a_user(work, role, ways.story.market)), TO_SEND)


def test_an_organization_by_link_records_nobody_and_has_no_list(work: Work, ways: TwoWays) -> None:
    by_link = as_actor(work, replace(ways.sender, user_id=None))
    for act in (lambda: service.record_person(by_link, TO_SEND), lambda: queries.sent(by_link)):
        with pytest.raises(NotAllowed):
            act()


def test_the_doors_of_the_care_team_are_those_of_the_market(work: Work, ways: TwoWays) -> None:
    doors = care_team_doors(as_actor(work, ways.sender), ways.story.market.id)

    assert [(door.service, door.service_at_location_id) for door in doors] == [
        ("Care coordination", ways.team.service_at_location.id)
    ]
