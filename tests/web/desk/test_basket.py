"""A whole basket sent in one act, somebody only told about a service, and the person's copy."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.handoff.models import InformationGiven, Referral
from resource_hub.handoff.queries.figures import market_figures
from resource_hub.people import service as people
from resource_hub.people.values import Corrections
from tests.conftest import as_actor
from tests.factories import a_listing, a_user
from tests.handoff.stories import NAME, Story, a_handoff, says_places
from tests.web.conftest import page, post, send

TERMS = {"fields": ["name", "needs"], "basis": "authorization", "how_given": "verbal", "days": "30", "agreed": "y",
         "only_route": "y", "urgency": "routine"}  # fmt: skip


@pytest.fixture
def at(story: Story) -> str:
    return f"/desk/people/{story.person_id}"


@pytest.fixture
def lines(work: Work, story: Story) -> dict[str, object]:
    kitchen = a_listing(work, story.market, name="Kitchen")
    says_places(work, kitchen, 1)
    places = [story.pantry.service_at_location.id, kitchen.service_at_location.id]
    return {"line": places, **{f"needs-{place}": "food-insecurity" for place in places}}


def count(work: Work, table: type) -> int:
    return work.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_basket_is_shown_and_sent_whole(desk: FlaskClient, work: Work, at: str, lines: dict[str, object]) -> None:
    shown = page(post(desk, f"{at}/basket-form", **lines))
    assert (shown.status, shown.heading) == (200, f"Ask them all to help {NAME}")

    sent = post(desk, f"{at}/basket", **lines, **TERMS)

    assert "2 handoffs were sent." in page(desk.get(sent.location)).text
    assert count(work, Referral) == 2


def test_a_line_that_is_refused_is_named_and_nothing_is_sent(
    desk: FlaskClient, work: Work, story: Story, at: str, lines: dict[str, object]
) -> None:
    says_places(work, story.pantry, 0)

    refused = page(post(desk, f"{at}/basket", **lines, **TERMS))

    assert refused.status == 422
    assert "Food pantry: This service has no room now." in refused.to_mend
    assert count(work, Referral) == 0


def test_a_basket_of_another_market_is_not_there(
    desk: FlaskClient, elsewhere: Story, at: str, lines: dict[str, object]
) -> None:
    foreign = elsewhere.pantry.service_at_location.id
    assert post(desk, f"{at}/basket-form", line=foreign).status_code == 404
    assert post(desk, f"/desk/people/{elsewhere.person_id}/basket", **lines, **TERMS).status_code == 404


def test_who_was_only_told_is_counted_apart(desk: FlaskClient, work: Work, story: Story, at: str) -> None:
    told = post(desk, f"{at}/informed", service_at_location_id=story.pantry.service_at_location.id,
                needs="food-insecurity")  # fmt: skip

    assert told.status_code == 303
    assert (count(work, InformationGiven), count(work, Referral)) == (1, 0)
    found = market_figures(work, story.market)
    assert (found.informed, found.total.asked) == (1, 0)


def test_the_copy_is_in_the_persons_language_with_their_code(desk: FlaskClient, work: Work, story: Story) -> None:
    referral_id = a_handoff(work, story)
    people.correct_person(as_actor(work, story.coordinator), story.person_id, Corrections(language="es"))

    copy = page(desk.get(f"/desk/handoffs/{referral_id}/copy"))

    assert 'lang="es"' in copy.html
    assert "1 Light St" in copy.text
    assert "/follow" in copy.text


def test_who_takes_calls_stands_on_the_packet(
    desk: FlaskClient, partner: FlaskClient, work: Work, story: Story
) -> None:
    referral_id = a_handoff(work, story)
    assert send(desk, "/desk/calls", call_phone="410-555-0177", call_hours="8 to 4").status_code == 303

    shown = page(partner.get(f"/partner/handoffs/{referral_id}"))

    assert "A coordinator, 410-555-0177 , 8 to 4" in shown.text


def test_an_appointment_goes_into_a_calendar_and_says_nothing(
    desk: FlaskClient, partner: FlaskClient, work: Work, story: Story
) -> None:
    referral_id = a_handoff(work, story)
    at = f"/partner/handoffs/{referral_id}"
    assert post(partner, f"{at}/appointment", at="2026-11-20T09:00").status_code == 422

    assert post(partner, f"{at}/appointment", at="2026-12-01T09:30").status_code == 303

    file = desk.get(f"/desk/handoffs/{referral_id}/appointment.ics")
    text = file.get_data(as_text=True)
    assert file.content_type == "text/calendar; charset=utf-8"
    assert "DTSTART:20261201T143000Z\r\n" in text
    assert "SUMMARY:Appointment\r\n" in text
    for told in (NAME, "walker", "pantry", "Food"):
        assert told not in text


def test_figures_are_shown_to_the_organization_and_to_stewards(
    partner: FlaskClient, signed_in: Callable[[Actor], FlaskClient], work: Work, story: Story
) -> None:
    a_handoff(work, story)
    steward = signed_in(a_user(work, Role.STEWARD, story.market))

    assert "Food pantry" in page(partner.get("/partner/figures")).text
    shown = page(steward.get("/steward/figures"))
    assert (shown.status, shown.heading) == (200, "What came of handoffs")
    # One request would tell of one person.
    assert "Food pantry" not in shown.text
