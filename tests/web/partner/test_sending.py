"""A partner sends somebody to the care team or to another organization, and the care team answers."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.handoff import queries, service
from resource_hub.handoff.models import Referral
from resource_hub.handoff.values.words import Status
from resource_hub.people import queries as people
from resource_hub.people.models import PersonRecord
from tests.conftest import as_actor
from tests.factories import a_user, an_organization
from tests.handoff.stories import says_places
from tests.handoff.two_ways import NAME, PHONE, TwoWays, two_ways
from tests.web.conftest import Page, page, post

WRITTEN = {
    "name": "Ida Lund",
    "kind": "phone",
    "value": "414-555-0133",
    "needs": ["food-insecurity", "stress"],
    "how_given": "verbal",
    "agreed": "y",
}
SENT = {
    "needs": ["food-insecurity"],
    "urgency": "urgent",
    "fields": ["name", "contact_routes", "needs"],
    "how_given": "verbal",
    "agreed": "y",
}
SignIn = Callable[[Actor], FlaskClient]


@pytest.fixture
def ways(work: Work) -> TwoWays:
    two_ways(work, "there")
    return two_ways(work)


@pytest.fixture
def partner(ways: TwoWays, signed_in: SignIn) -> FlaskClient:
    return signed_in(ways.sender)


def read(client: FlaskClient, address: str) -> Page:
    return page(client.get(address))


def sends(client: FlaskClient, ways: TwoWays, place_id: str, **fields: object) -> TestResponse:
    return post(
        client, f"/partner/people/{ways.person_id}/send", **(SENT | {"service_at_location_id": place_id} | fields)
    )


def test_from_who_they_are_to_sent(work: Work, ways: TwoWays, partner: FlaskClient) -> None:
    assert read(partner, "/partner/send").heading == "Send somebody"

    written = post(partner, "/partner/send", **WRITTEN)

    assert written.status_code == 303
    chosen = read(partner, written.location)
    assert chosen.heading == "To whom do you send Ida Lund?"
    assert "Care coordination" in chosen.text
    assert "Second pantry" in chosen.text
    assert "Food pantry people" not in chosen.text.replace("Second", "")
    assert "Neighbour" not in chosen.text
    asked = page(
        post(
            partner,
            written.location.replace("choose", "send-form"),
            service_at_location_id=ways.team.service_at_location.id,
        )
    )
    assert asked.heading == "Ask them to help Ida Lund"
    assert re.search(r'<input checked[^>]*value="name"', asked.html)
    place = {"service_at_location_id": ways.team.service_at_location.id}
    sent = post(partner, written.location.replace("choose", "send"), **(SENT | place))
    assert sent.status_code == 303
    shown = read(partner, sent.location)
    assert shown.heading == "Ida Lund"
    assert "Care coordination" in shown.text
    assert "Ida Lund · Care coordination" in read(partner, "/partner/sent").text


def test_the_care_team_answers_and_the_sender_sees_it(
    work: Work, ways: TwoWays, partner: FlaskClient, signed_in: SignIn
) -> None:
    referral_id = ways.sends(work, ways.team)
    desk = signed_in(ways.coordinator)

    assert f"{NAME} · Food Care coordination" in read(desk, "/desk/received").text
    opened = read(desk, f"/desk/received/{referral_id}")
    assert opened.heading == "Can you help?"
    assert "(414) 555-0188" in opened.text
    assert "Say whether you have room" not in opened.text
    for action, fields in (
        ("move", {"target": "accepted", "position": "1"}),
        ("attempts", {"route": "phone", "result": "reached"}),
        ("messages", {"text": "We saw her today"}),
        ("move", {"target": "completed"}),
        ("outcome", {"contacted": "yes", "received": "yes", "need_met": "partly", "experience": "good"}),
    ):
        assert post(desk, f"/desk/received/{referral_id}/{action}", **fields).status_code == 303, action

    seen = read(partner, f"/partner/handoffs/{referral_id}").text
    assert "We saw her today" in seen
    assert "Done" in seen
    assert "Nobody was sent to you." in read(desk, "/desk/received").text


def test_a_no_of_the_care_team_takes_its_reason(work: Work, ways: TwoWays, signed_in: SignIn) -> None:
    referral_id = ways.sends(work, ways.team)
    desk = signed_in(ways.coordinator)

    refused = post(desk, f"/desk/received/{referral_id}/move", target="rejected")
    assert refused.status_code == 422
    assert "Choose a reason." in page(refused).to_mend
    post(desk, f"/desk/received/{referral_id}/move", target="rejected", reason="out_of_area")
    assert work.session.get_one(Referral, referral_id).status == "rejected"


def test_what_is_late_stands_on_today_with_why(work: Work, ways: TwoWays, signed_in: SignIn) -> None:
    referral_id = ways.sends(work, ways.team)
    desk = signed_in(ways.coordinator)
    assert NAME not in read(desk, "/desk/").text

    work.session.get_one(Referral, referral_id).due_at = work.now - timedelta(hours=1)
    work.session.flush()

    today = read(desk, "/desk/")
    assert f"{NAME} · Care coordination Sent to you" in today.text
    assert "Asked: they wait for your answer" in today.text
    assert f"/desk/received/{referral_id}" in today.html


def test_the_sender_asks_takes_back_the_consent_and_withdraws(
    work: Work, ways: TwoWays, partner: FlaskClient, signed_in: SignIn
) -> None:
    referral_id = ways.sends(work, ways.team)
    address = f"/partner/handoffs/{referral_id}"

    assert post(partner, f"{address}/messages", text="Have you called?").status_code == 303
    assert post(partner, f"/partner/sent/{referral_id}/revoke").status_code == 303

    desk = read(signed_in(ways.coordinator), f"/desk/received/{referral_id}")
    assert "consent has ended" in desk.text
    assert PHONE[-4:] not in desk.text
    assert post(partner, f"{address}/move", target="cancelled", reason="declined_by_person").status_code == 303
    assert work.session.get_one(Referral, referral_id).status == Status.CANCELLED


def test_the_same_key_sends_once(work: Work, ways: TwoWays, partner: FlaskClient) -> None:
    for _time in range(2):
        done = sends(partner, ways, ways.team.service_at_location.id, idempotency_key="one-and-the-same")
        assert done.status_code == 303

    assert len(queries.sent(as_actor(work, ways.sender))) == 1


@pytest.mark.parametrize(
    ("missing", "said"),
    [("name", "Name"), ("value", "Number"), ("needs", "What do they want help with?"), ("agreed", "The person agrees")],
)
def test_what_is_missing_about_the_person_is_named(
    work: Work, ways: TwoWays, partner: FlaskClient, missing: str, said: str
) -> None:
    fields = {name: value for name, value in WRITTEN.items() if name != missing}

    refused = post(partner, "/partner/send", **fields)

    assert refused.status_code == 422
    assert said in page(refused).to_mend
    assert ("Ida Lund" in page(refused).html) == (missing != "name")


def test_a_number_that_is_none_is_refused_and_kept(ways: TwoWays, partner: FlaskClient) -> None:
    refused = post(partner, "/partner/send", **(WRITTEN | {"value": "12"}))

    assert refused.status_code == 422
    assert "Number, address or other way" in page(refused).to_mend
    assert 'value="12"' in page(refused).html


def test_without_agreement_nothing_is_sent(work: Work, ways: TwoWays, partner: FlaskClient) -> None:
    refused = sends(partner, ways, ways.team.service_at_location.id, agreed="")

    assert refused.status_code == 422
    assert queries.sent(as_actor(work, ways.sender)) == []


def test_a_full_place_is_asked_only_when_wanted(work: Work, ways: TwoWays, partner: FlaskClient) -> None:
    says_places(work, ways.pantry, 0)
    place_id = ways.pantry.service_at_location.id

    refused = sends(partner, ways, place_id)

    assert refused.status_code == 422
    assert "no room" in page(refused).text
    assert "despite_no_capacity" in page(refused).html
    assert sends(partner, ways, place_id, despite_no_capacity="y").status_code == 303


def test_words_find_other_services(ways: TwoWays, partner: FlaskClient) -> None:
    found = post(partner, f"/partner/people/{ways.person_id}/choose", words="pantry")
    nothing = post(partner, f"/partner/people/{ways.person_id}/choose", words="x" * 1000)

    assert "Second pantry" in page(found).text
    assert nothing.status_code == 422


def test_who_was_written_down_and_not_yet_sent_is_found_again(ways: TwoWays, partner: FlaskClient) -> None:
    listed = read(partner, "/partner/sent")

    assert "You have sent nobody yet." in listed.text
    assert f"/partner/people/{ways.person_id}/choose" in listed.html


def test_nobody_else_finds_the_person_or_what_was_sent(work: Work, ways: TwoWays, signed_in: SignIn) -> None:
    referral_id, onward = ways.sends(work, ways.team), ways.sends(work, ways.pantry)
    market = ways.story.market
    stranger = signed_in(a_user(work, Role.PARTNER, market, organization=an_organization(work, market, "Strangers")))
    elsewhere = signed_in(two_ways(work, "elsewhere").coordinator)
    desk = signed_in(ways.coordinator)
    steward = signed_in(a_user(work, Role.STEWARD, market))

    person = f"/partner/people/{ways.person_id}"
    for client, address in (
        (stranger, f"{person}/choose"),
        (stranger, f"/partner/handoffs/{referral_id}"),
        (stranger, f"/partner/handoffs/{onward}"),
        (elsewhere, f"/desk/received/{referral_id}"),
        (elsewhere, f"/desk/handoffs/{referral_id}"),
        (desk, f"/desk/received/{onward}"),
        (desk, f"/desk/handoffs/{onward}"),
        (desk, f"/desk/handoffs/{referral_id}"),
        (desk, f"/desk/people/{ways.person_id}"),
        (desk, f"/desk/people/{ways.person_id}/match"),
    ):
        assert client.get(address).status_code == 404, address
    for client, address in (
        (stranger, f"{person}/send"),
        (stranger, f"{person}/send-form"),
        (stranger, f"/partner/sent/{referral_id}/revoke"),
        (signed_in(ways.receiver), f"/partner/sent/{onward}/revoke"),
        (desk, f"/desk/handoffs/{referral_id}/revoke"),
    ):
        fields = SENT | {"service_at_location_id": ways.team.service_at_location.id}
        assert post(client, address, **fields).status_code == 404, address
    assert steward.get("/partner/send").status_code == 403
    assert desk.get(f"{person}/choose").status_code == 403


def test_the_desks_own_handoff_is_not_among_the_received(work: Work, ways: TwoWays, signed_in: SignIn) -> None:
    sent = service.refer(as_actor(work, ways.coordinator), ways.story.asks()).referral_id

    assert signed_in(ways.coordinator).get(f"/desk/received/{sent}").status_code == 404


def test_nothing_about_the_person_stands_in_an_address(work: Work, ways: TwoWays, partner: FlaskClient) -> None:
    written = post(partner, "/partner/send", **WRITTEN)
    record = work.session.scalars(select(PersonRecord).order_by(PersonRecord.created_at.desc())).all()
    names = {people.opened(work.vault, one, "sealed_name") for one in record}

    assert "Ida Lund" in names
    assert not any(part in written.location for name in names for part in name.split())
