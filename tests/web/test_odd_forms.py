"""Whatever is sent to a form, nobody ever sees a failure of ours: every POST route, with the right role."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.core.codes import FACTS, NEEDS
from resource_hub.core.ids import new_id
from resource_hub.handoff.episodes import service as episodes
from resource_hub.handoff.episodes.values.asked import NewEpisode
from resource_hub.handoff.episodes.values.words import DOMAINS, ContactKind, ContactResult, DoctorState, Mode
from resource_hub.handoff.values.words import Reason, Status
from resource_hub.people.values import SHAREABLE_FIELDS
from resource_hub.screening import instruments
from resource_hub.web.desk.episode_forms import ACTS
from resource_hub.web.shared.guards import policy_of
from tests.conftest import as_actor
from tests.factories import a_user
from tests.handoff.stories import Story, a_handoff
from tests.web.conftest import page

SignedIn = Callable[[Actor], FlaskClient]

SCREENER = instruments.load("short-screener")
NAMES = [
    "name", "record_number", "birth", "postal_code", "language", "phone", "safe_to_leave_message", "market", "kind",
    "value", "note", "needs", "near", "by", "max_km", "at", "urgency", "fields", "how_given", "days", "agreed",
    "despite_no_capacity", "service_at_location_id", "target", "reason", "comment", "position", "on_behalf",
    "contacted", "received", "need_met", "experience", "status", "available", "waiting_days", "need", "zip", "more",
    "first", "email", "password", "back", "idempotency_key", *FACTS, *(f"help.{code}" for code in NEEDS),
    *(f"item.{item.code}" for item in SCREENER.items), "item.", "help.", "help.gold", "field", "version", "query",
    "planned_on", "discharged_on", "destination", "place", "mode", "result", "began_on", "ended_on", "state", "source",
    "code", "what", "closes", "how", *DOMAINS,
]  # fmt: skip
RIGHT = [
    "", "y", "yes", "no", "on", "1", "0", "-1", "3", "30", "2.5", "nan", "sNaN", "Infinity", "1e999", "9" * 400,
    "9" * 5000, "1950", "1950-03-14", "2026-11-21T10:00", "9999-12-31T23:59", "0001-01-01T00:00", "21201", "00000",
    "99501", "39.29,-76.62", "es", "walk", "phone", "email", "other", "410-555-0123", "a@b.example", "routine",
    "verbal", "unknown", "capacity", "waitlist", "/desk/", "//example.org", "/\r\nSet-Cookie: a=b", "/\t/example.org",
    "x" * 300, "x" * 3000, "\0", "a\0b", "é" * 300, "\u202e", "👩‍👩‍👧", "\r\n", " ", "%00", "{{7*7}}", "<script>",
    *NEEDS, *Status, *Reason, *SHAREABLE_FIELDS, *(answer.code for item in SCREENER.items for answer in item.answers),
    *ContactKind, *ContactResult, *Mode, *DoctorState, "home", "facility", "hospital", "hand", "concern", "2026-11-20",
]  # fmt: skip


@pytest.fixture
def posts(app: Flask, signed_in: SignedIn, work: Work, story: Story) -> list[tuple[FlaskClient, str, str]]:
    """Return a client of a right role, its token, and the address, of every POST route."""
    ids = {
        "person_id": story.person_id,
        "episode_id": episodes.open_episode(
            as_actor(work, story.coordinator), story.person_id, NewEpisode(work.now.date())
        ),
        "referral_id": a_handoff(work, story),
        "service_at_location_id": story.pantry.service_at_location.id,
        "service_id": story.pantry.service.id,
        "number": "1",
    }
    clients = {role: signed_in(user(work, story, role)) for role in Role}
    tokens = {role: page(client.get("/sign-in")).hidden("csrf_token") for role, client in clients.items()}
    found = []
    for rule in app.url_map.iter_rules():
        policy = policy_of(app.view_functions[rule.endpoint])
        # Signing out ends the session that the other requests need.
        if policy and "POST" in (rule.methods or ()) and rule.endpoint != "sign_in.sign_out":
            role = Role.COORDINATOR if not policy.roles else min(policy.roles)
            acts = ACTS if "act" in rule.arguments else ("",)
            found += [(clients[role], tokens[role], address(rule.rule, ids | {"act": act})) for act in acts]
    assert len(found) >= 18
    return found


def user(work: Work, story: Story, role: Role) -> Actor:
    organization = story.pantry.organization if role is Role.PARTNER else None
    return a_user(work, role, story.market, organization=organization)


def address(rule: str, ids: Mapping[str, str]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: ids.get(found[1], new_id()), rule)


texts = st.sampled_from(RIGHT) | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
forms = st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=8), texts), max_size=14)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), fields=forms)
def test_no_form_surprises_a_route(
    posts: list[tuple[FlaskClient, str, str]], data: st.DataObject, fields: list[tuple[str, str]]
) -> None:
    client, token, path = data.draw(st.sampled_from(posts))

    answer = client.post(path, data=MultiDict([("csrf_token", token), *fields]))

    assert answer.status_code < 500, (path, fields)


ODD = [
    {"data": b"\xff\xfe=\x80&name=%FF%00", "content_type": "application/x-www-form-urlencoded"},
    {"data": b"a" * 3_000_000, "content_type": "application/x-www-form-urlencoded"},
    {"data": "&".join(f"f{number}=1" for number in range(5000)), "content_type": "application/x-www-form-urlencoded"},
    {"data": b"--x\r\nContent-Disposition: form-data; name=", "content_type": "multipart/form-data; boundary=x"},
    {"data": b"", "content_type": "multipart/form-data"},
    {"json": [1]},
    {"json": {"name": 5, "need": {"a": 1}, "target": None}},
    {"data": b"{", "content_type": "application/json"},
    {"data": "[" * 100_000, "content_type": "application/json"},
    {"data": "x", "content_type": "text/plain; charset=nonsense"},
]


@pytest.mark.parametrize("sent", ODD, ids=range(len(ODD)))
def test_no_kind_of_body_surprises_a_route(posts: list[tuple[FlaskClient, str, str]], sent: dict[str, object]) -> None:
    for client, token, path in posts:
        answer = client.post(path, headers={"X-CSRFToken": token, "Idempotency-Key": new_id()}, **sent)

        assert answer.status_code < 500, path


def test_a_file_is_no_text(posts: list[tuple[FlaskClient, str, str]]) -> None:
    for client, token, path in posts:
        files = {name: (BytesIO(b"x"), f"{name}.txt") for name in NAMES[:40]}

        answer = client.post(path, data={"csrf_token": token, **files}, content_type="multipart/form-data")

        assert answer.status_code < 500, path


@example(key="x" * 256)
@example(key="\x1f")
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=300))
def test_no_key_surprises_a_route(posts: list[tuple[FlaskClient, str, str]], key: str) -> None:
    client, token, path = next(post for post in posts if post[2] == "/desk/people/add")

    answer = client.post(path, headers={"X-CSRFToken": token, "Idempotency-Key": key})

    assert answer.status_code in {303, 422}


def test_a_form_that_holds_no_text_is_refused_in_words(posts: list[tuple[FlaskClient, str, str]]) -> None:
    for client, token, path in posts:
        answer = client.post(path, data={"csrf_token": token, "name": "a\0b"})
        assert answer.status_code in {415, 422}, path
        if answer.status_code == 422:
            assert "signs that are no text" in page(answer).text
