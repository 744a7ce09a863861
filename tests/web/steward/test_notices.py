"""Stewards see what did not arrive, and have it tried again or give it up; nobody else."""

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import select, update

from resource_hub.accounts.models import Notice
from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from tests.factories import a_user
from tests.handoff.stories import NAME, Story, a_handoff
from tests.web.conftest import page

AT = "/steward/notices"


def test_a_failed_notice_is_shown_without_the_person_tried_again_and_given_up(
    signed_in: Callable[[Actor], FlaskClient], work: Work, story: Story
) -> None:
    a_handoff(work, story)
    work.session.execute(update(Notice).values(last_error="smtp_away", attempts=20, next_attempt_at=None))
    client = signed_in(a_user(work, Role.STEWARD, story.market))

    shown = page(client.get(AT))

    assert shown.heading == "Messages that did not arrive"
    for text in ("New request", "Food pantry people", "The mail server does not answer", "Given up"):
        assert text in shown.text, text
    assert NAME not in shown.html
    notice = work.session.scalars(select(Notice)).one()
    token = {"csrf_token": shown.hidden("csrf_token")}
    assert client.post(f"{AT}/{notice.id}/retry", data=token).status_code == 303
    work.session.refresh(notice)
    assert (notice.attempts, notice.next_attempt_at) == (0, work.now)
    assert client.post(f"{AT}/{notice.id}/give-up", data=token).status_code == 303
    work.session.refresh(notice)
    assert (notice.next_attempt_at, notice.last_error) == (None, "given_up")


def test_where_all_arrived_that_is_said(signed_in: Callable[[Actor], FlaskClient], work: Work, story: Story) -> None:
    client = signed_in(a_user(work, Role.ADMIN, story.market))

    assert "All messages have arrived" in page(client.get(AT)).text


def test_the_desk_does_not_look(desk: FlaskClient) -> None:
    assert desk.get(AT).status_code == 403
