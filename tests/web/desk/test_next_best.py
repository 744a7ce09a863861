"""A request that nobody answers shows the next best service; one click asks it in place of the silent one."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from resource_hub.accounts.models import Notice
from resource_hub.accounts.work import Work
from resource_hub.handoff.models import NextBest, Referral
from resource_hub.inventory.models import Service, ServiceAtLocation
from tests.handoff.stories import Story, a_handoff
from tests.web.conftest import page


@pytest.fixture
def silent(work: Work, story: Story) -> str:
    """A handoff for which the other pantry is proposed, and which no message could reach."""
    referral_id = a_handoff(work, story)
    other = work.session.scalars(
        select(ServiceAtLocation.id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .where(Service.name == "Other pantry", ServiceAtLocation.market_id == story.market.id)
    ).one()
    work.session.add(NextBest(referral_id=referral_id, service_at_location_id=other, proposed_at=work.now))
    work.session.execute(update(Notice).values(last_error="no_address"))
    work.session.flush()
    return referral_id


def test_it_is_shown_with_what_they_would_see_and_why(desk: FlaskClient, silent: str) -> None:
    shown = page(desk.get(f"/desk/handoffs/{silent}"))

    for text in (
        "Call them",
        "No answer for 4 business days",
        "The next best is Other pantry",
        "Other pantry people",
        "They would see",
    ):
        assert text in shown.text, text
    assert "no answer for 4 business days" in page(desk.get("/desk/")).text


def test_one_click_asks_the_other(desk: FlaskClient, work: Work, silent: str) -> None:
    at = f"/desk/handoffs/{silent}"
    shown = page(desk.get(at))
    data = {"csrf_token": shown.hidden("csrf_token"), "idempotency_key": "k", "how_given": "verbal"}

    first, second = (desk.post(f"{at}/next-best", data=data) for _ in range(2))

    assert first.location == second.location != at
    assert "Other pantry" in page(desk.get(first.location)).heading
    statuses = sorted(work.session.scalars(select(Referral.status)))
    assert statuses == ["cancelled", "requested"]


def test_without_how_the_person_agreed_nothing_is_asked(desk: FlaskClient, work: Work, silent: str) -> None:
    at = f"/desk/handoffs/{silent}"
    token = {"csrf_token": page(desk.get(at)).hidden("csrf_token")}

    shown = page(desk.post(f"{at}/next-best", data=token))

    assert (shown.status, 'href="#how_given"' in shown.to_mend, "how_given" in shown.ids) == (422, True, True)
    assert list(work.session.scalars(select(Referral.status))) == ["requested"]
