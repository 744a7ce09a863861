"""Two write the same at the same moment, and nothing else caught it: the page says so, and nothing is written."""

import json
import logging
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text, update

from resource_hub.accounts.models import User
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Market, Service
from resource_hub.people.models import ContactRoute
from resource_hub.people.service import add_person
from resource_hub.people.values import NewPerson, NewRoute, RouteKind
from resource_hub.web.shared.guards import PUBLIC, guarded
from resource_hub.web.shared.hub import current_work
from tests.factories import a_listing, a_market, a_user
from tests.web.conftest import page, post, words_of

EMAIL = "canary@example.org"
SENTENCE = "Somebody else changed this at the same moment. Nothing was changed."
Write = Callable[[Work], object]


def adds_what_is_there(work: Work) -> None:
    work.session.add(User(id=work.new_id(), email=EMAIL, name="Canary", password_hash="x", role=Role.STEWARD,
                          created_at=work.now))  # fmt: skip
    work.session.flush()


def changes_what_is_gone(work: Work) -> None:
    route = work.session.scalars(select(ContactRoute)).first()
    assert route
    # As somebody else would: the session does not learn of it.
    work.session.connection().execute(text("DELETE FROM contact_route"))
    route.sealed_value = b"canary"
    work.session.flush()


def adds_what_hangs_on_nothing(work: Work) -> None:
    service = work.session.scalars(select(Service)).first()
    assert service
    work.session.execute(update(Service).where(Service.id == service.id).values(name=None))


@pytest.fixture
def client(app_of_its_own: Flask, work: Work) -> FlaskClient:
    """Somebody who finds each of the writers at an address, and a market with somebody and something in it."""
    market = a_market(work)
    a_listing(work, market)
    a_user(work, Role.STEWARD, market, email=EMAIL)
    add_person(work, market.id, NewPerson("Ana", routes=(NewRoute(RouteKind.PHONE, "410-555-0142"),)))
    for write in (adds_what_is_there, changes_what_is_gone, adds_what_hangs_on_nothing):
        _add(app_of_its_own, write)
    return app_of_its_own.test_client()


def _add(app: Flask, write: Write) -> None:
    @guarded(PUBLIC)
    def view() -> str:
        work = current_work()
        work.session.execute(update(Market).values(name="Renamed"))
        write(work)
        return "done"

    for start in ("", "/api"):
        app.add_url_rule(f"{start}/{write.__name__}", f"{start}{write.__name__}", view, methods=["POST"])
    app.extensions["csrf"].exempt(view)


def renamed(work: Work) -> int | None:
    return work.session.scalar(select(func.count()).select_from(Market).where(Market.name == "Renamed"))


@pytest.mark.parametrize("write", [adds_what_is_there, changes_what_is_gone])
def test_the_second_is_told_and_nothing_is_written(
    client: FlaskClient, work: Work, write: Write, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    shown = page(post(client, f"/{write.__name__}"))
    problem = client.post(f"/api/{write.__name__}", json={})

    assert (shown.status, SENTENCE in shown.text) == (409, True)
    assert (problem.status_code, problem.content_type) == (409, "application/problem+json")
    assert json.loads(problem.data)["code"] == "changed_meanwhile"
    assert renamed(work) == 0
    lines = [words_of(record) for record in caplog.records]
    assert any("changed_meanwhile" in line and "Error" in line for line in lines)
    assert not any("canary" in said.lower() for said in [shown.html, problem.get_data(as_text=True), *lines])


def test_it_is_said_in_spanish(client: FlaskClient) -> None:
    post(client, "/language", language="es", back="/")

    assert "Otra persona cambió esto en el mismo momento." in page(post(client, "/adds_what_is_there")).text


def test_what_else_a_constraint_refuses_is_our_mistake(client: FlaskClient, work: Work) -> None:
    assert page(post(client, "/adds_what_hangs_on_nothing")).status == 500
    assert renamed(work) == 0
