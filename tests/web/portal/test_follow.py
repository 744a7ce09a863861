"""Following one's own handoff: by a code in a form, in plain words, without a word on who, what or where."""

import logging

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from resource_hub.accounts.models import Notice
from resource_hub.accounts.work import Work
from resource_hub.handoff import service
from resource_hub.handoff.models import Outcome
from resource_hub.handoff.values.words import Status
from tests.conftest import as_actor
from tests.handoff.stories import NAME, Story, a_handoff
from tests.web.conftest import page, words_of


@pytest.fixture
def referral_id(work: Work, story: Story) -> str:
    return a_handoff(work, story)


@pytest.fixture
def code(work: Work, story: Story, referral_id: str) -> str:
    return service.code_for_paper(as_actor(work, story.coordinator), referral_id)


def test_the_code_shows_where_it_stands_and_nothing_else(client: FlaskClient, code: str, story: Story) -> None:
    shown = page(client.post("/follow", data={"code": code}))

    assert (shown.status, shown.heading) == (200, "Your request")
    assert "We asked them. They did not answer yet." in shown.text
    for told in (NAME, "Uses a walker", "Food", story.pantry.service.name, story.pantry.organization.name, "410"):
        assert told not in shown.text, told


def test_no_address_holds_the_code(client: FlaskClient, code: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="resource_hub"):
        answer = client.post("/follow", data={"code": code})

    plain = code.replace("-", "")
    assert "Location" not in answer.headers
    for text in [*map(words_of, caplog.records), *map(str, answer.headers.values())]:
        assert code not in text
        assert plain not in text
    assert client.get(f"/follow?code={code}").get_data(as_text=True).count(code) == 0


def test_wrong_codes_are_counted_although_they_are_refused(client: FlaskClient, code: str) -> None:
    for _try in range(8):
        wrong = page(client.post("/follow", data={"code": "BBBB-BBBB-BBBB"}))
        assert (wrong.status, "We do not know this code" in wrong.text) == (422, True)

    late = page(client.post("/follow", data={"code": code}))
    assert (late.status, "Too many wrong codes" in late.text) == (422, True)


def test_taking_it_back_ends_what_the_organization_sees_at_an_open_page(
    client: FlaskClient, partner: FlaskClient, code: str, referral_id: str
) -> None:
    at = f"/partner/handoffs/{referral_id}"
    opened = page(partner.get(at))
    assert NAME in opened.text
    token = {"csrf_token": opened.hidden("csrf_token"), "position": opened.hidden("position")}

    done = page(client.post("/follow/withdraw", data={"code": code, "idempotency_key": "one"}))
    again = page(client.post("/follow/withdraw", data={"code": code, "idempotency_key": "two"}))

    assert (done.status, "It is taken back" in done.text) == (200, True)
    assert again.status == 422
    late = partner.post(f"{at}/move", data={**token, "target": "accepted"})
    assert late.status_code == 404
    assert partner.get(f"{at}/appointment.ics").status_code == 404
    for path in (at, "/partner/"):
        shown = partner.get(path).get_data(as_text=True)
        assert NAME not in shown
        assert "walker" not in shown


def test_one_press_says_whether_it_helped(client: FlaskClient, code: str, work: Work, story: Story) -> None:
    early = page(client.post("/follow/helped", data={"code": code, "helped": "yes"}))
    assert early.status == 422
    (referral_id,) = {row.dedup_key.rpartition(":")[2] for row in work.session.scalars(select(Notice))}
    service.move(as_actor(work, story.partner), referral_id, Status.ACCEPTED)

    said = page(client.post("/follow/helped", data={"code": code, "helped": "partly"}))

    assert (said.status, "You said: In part" in said.text) == (200, True)
    assert work.session.scalars(select(Outcome.need_met)).all() == ["partly"]


@pytest.mark.parametrize("fields", [{}, {"code": "x" * 500}, {"code": "2B4C-6D8F-9GHJ", "helped": "perhaps"}])
def test_odd_forms_are_refused(client: FlaskClient, referral_id: str, fields: dict[str, str]) -> None:
    for path in ("/follow", "/follow/helped", "/follow/withdraw"):
        assert client.post(path, data=fields).status_code == 422, path
