"""What a yes by link opens: the packet to print and the appointment; before it, and without consent, nothing."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.work import Work
from resource_hub.handoff import service
from resource_hub.handoff.models import Referral
from resource_hub.people import consent
from tests.conftest import as_actor
from tests.handoff.stories import NAME, Story
from tests.web.conftest import page
from tests.web.partner.conftest import tap


def test_after_a_yes_all_of_it_prints_on_one_page(client: FlaskClient, work: Work, link: str, referral_id: str) -> None:
    before = page(client.get(f"{link}/packet"))
    assert (before.status, NAME in before.html) == (404, False)
    tap(client, link, "answer", answer="accepted")

    shown = page(client.get(f"{link}/packet"))

    for text in (NAME, "(410) 555-0142", "Who to call about this", "A coordinator", "What they will need to bring"):
        assert text in shown.text, text
    assert "21201" not in shown.text
    disclosed = select(func.count()).where(AuditRow.action == "person.disclosed")
    seen = work.session.scalar(disclosed)
    client.get(f"{link}/packet")
    assert work.session.scalar(disclosed) == (seen or 0) + 1


def test_the_appointment_goes_to_a_calendar_after_a_yes(
    client: FlaskClient, work: Work, story: Story, link: str, referral_id: str
) -> None:
    service.set_appointment(as_actor(work, story.coordinator), referral_id, work.now + timedelta(days=2))
    assert client.get(f"{link}/appointment.ics").status_code == 404
    tap(client, link, "answer", answer="accepted")
    assert f"{link}/appointment.ics" in page(client.get(link)).html

    answer = client.get(f"{link}/appointment.ics")

    assert (answer.status_code, "BEGIN:VEVENT" in answer.text, NAME in answer.text) == (200, True, False)
    service.set_appointment(as_actor(work, story.coordinator), referral_id, None)
    assert client.get(f"{link}/appointment.ics").status_code == 404


@pytest.mark.parametrize("what", ["", "/packet", "/appointment.ics"])
def test_once_the_consent_is_taken_back_nothing_opens(
    client: FlaskClient, work: Work, story: Story, link: str, referral_id: str, what: str
) -> None:
    service.set_appointment(as_actor(work, story.coordinator), referral_id, work.now + timedelta(days=2))
    tap(client, link, "answer", answer="accepted")
    consent.revoke(as_actor(work, story.coordinator), work.session.get_one(Referral, referral_id).consent_id)

    answer = client.get(f"{link}{what}")

    assert (answer.status_code, NAME in answer.text, "555-0142" in answer.text) == (409, False, False)
