"""Putting a handoff off from today's list, and taking that back."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.handoff.models import PutOff
from tests.factories import a_user
from tests.handoff.stories import NAME, Story, a_handoff
from tests.web.conftest import page, post, send


@pytest.fixture
def later(work: Work, story: Story) -> str:
    return f"/desk/handoffs/{a_handoff(work, story)}/later"


@pytest.mark.parametrize("fields", [{"days": "1"}, {"days": "7"}])
def test_it_leaves_ones_own_list_and_comes_back_with_undo(
    desk: FlaskClient,
    signed_in: Callable[[Actor], FlaskClient],
    work: Work,
    story: Story,
    later: str,
    fields: dict[str, str],
) -> None:
    other = signed_in(a_user(work, Role.COORDINATOR, story.market))
    assert NAME in page(desk.get("/desk/")).text

    shown = page(desk.get(send(desk, "/desk/", later, **fields).location))
    assert NAME not in shown.text
    assert "Put off until" in shown.text
    assert NAME in page(other.get("/desk/")).text
    assert post(other, f"{later}/undo").status_code == 409

    shown = page(desk.get(send(desk, "/desk/", f"{later}/undo").location))
    assert NAME in shown.text
    assert "It is back on the list." in shown.text


def test_a_date_may_be_chosen_and_the_morning_of_it_brings_it_back(
    desk: FlaskClient, work: Work, later: str, now: datetime
) -> None:
    send(desk, "/desk/", later, day=(now + timedelta(days=4)).date().isoformat())
    assert NAME not in page(desk.get("/desk/")).text

    work.session.execute(update(PutOff).values(until=now))
    assert NAME in page(desk.get("/desk/")).text


def test_what_moves_comes_back_at_once(desk: FlaskClient, later: str) -> None:
    send(desk, "/desk/", later, days="7")
    handoff = later.removesuffix("/later")

    send(desk, handoff, f"{handoff}/move", target="accepted", on_behalf="y", position="1")

    assert NAME in page(desk.get("/desk/")).text


def test_undo_is_for_minutes(desk: FlaskClient, work: Work, later: str, now: datetime) -> None:
    send(desk, "/desk/", later, days="7")
    work.session.execute(update(PutOff).values(put_off_at=now - timedelta(minutes=11)))

    assert "Undo" not in page(desk.get("/desk/")).text
    assert post(desk, f"{later}/undo").status_code == 409


@pytest.mark.parametrize(
    "fields",
    [{}, {"days": "0"}, {"days": "-1"}, {"days": "999"}, {"days": "soon"}, {"day": "soon"}, {"day": "2020-01-01"}],
)
def test_another_day_is_refused(desk: FlaskClient, later: str, fields: dict[str, str]) -> None:
    assert page(post(desk, later, **fields)).status == 422
    assert NAME in page(desk.get("/desk/")).text


def test_what_is_elsewhere_is_not_there(desk: FlaskClient, work: Work, elsewhere: Story) -> None:
    theirs = f"/desk/handoffs/{a_handoff(work, elsewhere)}/later"

    assert post(desk, theirs, days="1").status_code == 404
    assert post(desk, f"{theirs}/undo").status_code == 404
