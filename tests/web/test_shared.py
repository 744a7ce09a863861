"""What holds on every page: sign-in, errors, headers, languages, requests that are repeated."""

import json
import logging
from collections.abc import Callable

import pytest
from flask import Flask, redirect
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue

from resource_hub.accounts import service
from resource_hub.accounts.models import User
from resource_hub.accounts.values import Actor, NewUser, Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import Conflict, HubError, Invalid, NotAllowed, NotFound, Refused
from resource_hub.web.shared.guards import PARTNER, PUBLIC, NoPolicy, check_policies, guarded
from resource_hub.web.shared.hub import current_work
from tests.factories import a_market, a_user
from tests.web.conftest import page, send

ROSA = NewUser("rosa@example.org", "Rosa", Role.COORDINATOR, "correct horse battery")
SignedIn = Callable[[Actor], FlaskClient]


@pytest.fixture
def app(app_of_its_own: Flask) -> Flask:
    """Tests here add addresses."""
    return app_of_its_own


def test_the_process_and_the_database_say_that_they_answer(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ok"}


def test_signing_in_leads_to_the_desk_and_signing_out_ends_it(client: FlaskClient, work: Work) -> None:
    service.add_user(work, ROSA)

    answer = send(client, "/sign-in", email=ROSA.email, password=ROSA.password)
    assert (answer.status_code, answer.location) == (303, "/desk/")

    assert send(client, "/sign-in", "/sign-out").location == "/sign-in"
    with client.session_transaction() as session:
        assert "user" not in session


def test_a_wrong_password_is_said_without_naming_what_is_wrong(client: FlaskClient, work: Work) -> None:
    service.add_user(work, ROSA)

    shown = page(send(client, "/sign-in", email=ROSA.email, password="wrong horse battery"))

    assert (shown.status, shown.heading) == (422, "Sign in")
    assert "do not belong together" in shown.text
    assert work.session.get_one(User, work.session.query(User).one().id, populate_existing=True).failed_sign_ins == 1


def test_a_form_from_elsewhere_is_refused(client: FlaskClient) -> None:
    shown = page(client.post("/sign-in", data={"email": ROSA.email, "password": ROSA.password}))

    assert shown.status == 400
    assert "too old" in shown.text


def test_the_sign_in_page_is_in_the_language_that_was_chosen(client: FlaskClient) -> None:
    assert page(client.get("/sign-in")).html.count('lang="en"') == 1

    answer = send(client, "/sign-in", "/language", language="es", back="/sign-in")

    assert answer.location == "/sign-in"
    assert '<html lang="es">' in page(client.get("/sign-in")).html


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "/\\example.org", ""])
def test_choosing_a_language_never_leads_to_another_site(client: FlaskClient, elsewhere: str) -> None:
    assert send(client, "/sign-in", "/language", language="es", back=elsewhere).location == "/"


def test_nothing_on_a_page_may_come_from_elsewhere_or_be_kept(client: FlaskClient) -> None:
    headers = client.get("/sign-in").headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_a_route_without_a_policy_stops_the_start(app: Flask) -> None:
    app.view_functions["open_door"] = lambda: "open"
    app.url_map.add(app.url_rule_class("/open-door", endpoint="open_door"))

    with pytest.raises(NoPolicy, match="/open-door"):
        check_policies(app)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Invalid("Write a number."), 422),
        (NotFound("There is no such page."), 404),
        (NotAllowed("No."), 403),
        (Refused("No room."), 409),
        (Conflict("Changed."), 409),
    ],
)
def test_a_refusal_is_a_page_for_people_and_a_problem_for_programs(app: Flask, error: HubError, status: int) -> None:
    @guarded(PUBLIC)
    def refuse() -> str:
        raise error

    app.add_url_rule("/refuse", view_func=refuse)
    app.add_url_rule("/api/refuse", endpoint="again", view_func=refuse)

    shown, problem = page(app.test_client().get("/refuse")), app.test_client().get("/api/refuse")

    assert (shown.status, error.text in shown.text) == (status, True)
    assert (problem.status_code, problem.content_type) == (status, "application/problem+json")
    assert set(json.loads(problem.data)) >= {"type", "title", "status", "code", "detail", "incident"}


def test_an_unexpected_error_shows_and_logs_nothing_that_was_typed(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    @guarded(PUBLIC)
    def break_down(word: str) -> str:
        raise RuntimeError(f"canary-4711 {word}")

    app.add_url_rule("/break/<word>", view_func=break_down)
    caplog.set_level(logging.INFO, logger="resource_hub.web")

    shown = page(app.test_client().get("/break/canary-4712?q=canary-4713"))

    assert shown.status == 500
    logged = [json.dumps(vars(record), default=str) for record in caplog.records]
    assert any("RuntimeError" in line for line in logged)
    assert not any("canary" in text for text in [shown.html, *logged])


def test_another_role_has_no_access_and_a_stranger_signs_in_first(app: Flask, work: Work, signed_in: SignedIn) -> None:
    app.add_url_rule("/only-partners", view_func=guarded(PARTNER)(lambda: "welcome"))
    coordinator = a_user(work, Role.COORDINATOR, a_market(work))

    assert app.test_client().get("/only-partners").location == "/sign-in"
    assert signed_in(coordinator).get("/only-partners").status_code == 403


class TestRepeating:
    """The same unsafe request twice is done once."""

    @pytest.fixture
    def counter(self, app: Flask) -> list[str]:
        done: list[str] = []

        @guarded(PUBLIC)
        def count() -> ResponseReturnValue:
            done.append(current_work().new_id())
            return redirect(f"/done/{len(done)}", 303)

        app.add_url_rule("/api/count", view_func=count, methods=["POST"])
        app.extensions["csrf"].exempt(count)
        return done

    def test_with_the_same_key_it_is_answered_as_before(self, app: Flask, counter: list[str]) -> None:
        first, second = (
            app.test_client().post("/api/count", json={"a": 1}, headers={"Idempotency-Key": "k"}) for _ in range(2)
        )

        assert len(counter) == 1
        assert first.location == second.location == "/done/1"

    def test_with_another_body_it_is_refused(self, app: Flask, counter: list[str]) -> None:
        client = app.test_client()
        client.post("/api/count", json={"a": 1}, headers={"Idempotency-Key": "k"})

        answer = client.post("/api/count", json={"a": 2}, headers={"Idempotency-Key": "k"})

        assert (answer.status_code, len(counter)) == (422, 1)
        assert json.loads(answer.data)["code"] == "idempotency_key_reused"

    def test_without_a_key_it_is_done_each_time(self, app: Flask, counter: list[str]) -> None:
        for _ in range(2):
            app.test_client().post("/api/count", json={"a": 1})

        assert len(counter) == 2
