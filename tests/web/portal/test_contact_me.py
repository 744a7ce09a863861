"""Ask them to contact me: the form, what it says yes to, the code, and who is told what to do instead."""

import logging

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from resource_hub.accounts.models import Notice
from resource_hub.accounts.work import Work
from resource_hub.handoff.models import Referral
from tests.factories import a_listing
from tests.handoff.stories import Story, says_places
from tests.web.conftest import page, send, words_of

ROSA = {"name": "Rosa Quispe", "by": "text", "reach": "410-555-0143", "times": "after 5 pm", "agree": "y"}


@pytest.fixture
def at(story: Story) -> str:
    return f"/services/{story.pantry.service_at_location.id}/contact-me"


def test_a_listing_leads_to_the_form_and_the_form_to_a_code(client: FlaskClient, story: Story, at: str) -> None:
    assert f'href="{at}"' in page(client.get(at.removesuffix("/contact-me"))).html
    form = page(client.get(at))
    assert story.pantry.organization.name + " sees your name" in form.text

    done = page(send(client, at, **ROSA))

    assert (done.status, done.heading) == (200, "Your request was sent")
    code = done.html.partition('class="code">')[2][:14]
    followed = page(client.post("/follow", data={"code": code}))
    assert "We asked them. They did not answer yet." in followed.text


def test_a_second_press_sends_nothing_more(client: FlaskClient, work: Work, at: str) -> None:
    key = {"idempotency_key": page(client.get(at)).hidden("idempotency_key")}
    first, second = (client.post(at, data={**ROSA, **key}) for _press in range(2))

    assert first.get_data() == second.get_data()
    assert len(work.session.scalars(select(Referral)).all()) == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Type your name"),
        ({"by": ""}, "Choose one"),
        ({"by": "pigeon"}, "Not a valid choice"),
        ({"reach": "12"}, "with its area code"),
        ({"by": "email"}, "Write an e-mail address"),
        ({"agree": ""}, "Tick this"),
        ({"name": "x" * 5000}, "Use at most"),
        ({"times": "x" * 5000}, "Use at most"),
        ({"need": "gold"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(
    client: FlaskClient, work: Work, at: str, wrong: dict[str, str], says: str
) -> None:
    answer = page(send(client, at, **{**ROSA, **wrong}))

    assert (answer.status, says in answer.to_mend) == (422, True)
    assert work.session.scalars(select(Referral)).all() == []


def test_a_service_without_room_is_said_on_the_form(client: FlaskClient, work: Work, story: Story, at: str) -> None:
    says_places(work, story.pantry, 0)

    answer = page(send(client, at, **ROSA))
    assert (answer.status, "no room now. Call them, or choose another place." in answer.to_mend) == (422, True)


def test_where_a_call_could_hurt_the_page_says_what_to_do_instead(
    client: FlaskClient, work: Work, story: Story
) -> None:
    shelter = a_listing(work, story.market, name="House", needs=("intimate-partner-violence",))
    listing = f"/services/{shelter.service_at_location.id}"

    shown = page(client.get(f"{listing}/contact-me"))
    assert "tel:18007997233" in shown.html
    assert 'name="reach"' not in shown.html
    assert f"{listing}/contact-me" not in page(client.get(listing)).html
    assert client.post(f"{listing}/contact-me", data=ROSA).status_code == 422
    assert work.session.scalars(select(Referral)).all() == []


def test_my_list_offers_it_where_it_may_be_asked(client: FlaskClient, work: Work, story: Story, at: str) -> None:
    shelter = a_listing(work, story.market, name="House", needs=("elder-abuse",)).service_at_location.id
    kept = page(client.post("/my-list", data={"keep": [story.pantry.service_at_location.id, shelter]}))

    assert f'href="{at}"' in kept.html
    assert f"{shelter}/contact-me" not in kept.html


def test_what_was_said_stands_in_no_log_notice_or_address(
    client: FlaskClient, work: Work, at: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = send(client, at, **ROSA)
        send(client, at, **{**ROSA, "by": "email"})

    notices = [str(vars(row)) for row in work.session.scalars(select(Notice))]
    left = [*map(words_of, caplog.records), *map(str, answer.headers.values()), *notices]
    code = page(answer).html.partition('class="code">')[2][:14]
    for secret in ("Rosa", "Quispe", "410-555-0143", "4105550143", "after 5 pm", "food-insecurity", code):
        assert not [text for text in left if secret in text], secret


def test_the_organization_reads_that_the_person_asks(client: FlaskClient, partner: FlaskClient, at: str) -> None:
    send(client, at, **ROSA)

    inbox = page(partner.get("/partner/"))
    assert "Rosa Quispe" in inbox.text
    request = inbox.html.partition('href="/partner/handoffs/')[2].partition('"')[0]
    shown = page(partner.get(f"/partner/handoffs/{request}"))
    assert "Somebody asks you to contact them:" in shown.text
    assert "after 5 pm" in shown.text
