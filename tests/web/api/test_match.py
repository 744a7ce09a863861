"""`POST /api/v1/match`: the contract to the letter, the command's own answer, and no surprise from any body."""

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from resource_hub import cli
from resource_hub.accounts.work import Work
from resource_hub.app import create_app
from resource_hub.core import migrations
from resource_hub.core.codes import FACTS, NEEDS
from resource_hub.core.db import Database
from resource_hub.inventory.models import Market
from tests.factories import a_listing, a_market
from tests.handoff.stories import Story
from tests.web.conftest import SETTINGS

MATCH = "/api/v1/match"
FOOD: dict[str, Any] = {"market": "here", "needs": ["food-insecurity"], "near": "21201"}
KEYS = ["policy", "market", "at", "considered", "matches", "excluded_counts"]
MATCH_KEYS = [
    "service_at_location_id", "service_id", "organization_id", "name", "organization", "needs", "score", "factors",
    "price", "distance_km", "travel_minutes", "travel_mode", "eligibility", "questions", "capacity", "open",
    "next_open", "verified_on",
]  # fmt: skip
FACTORS = ["fit", "listing_right", "accept", "follow_through", "timeliness"]


def ask(client: FlaskClient, **changes: object) -> TestResponse:
    return client.post(MATCH, json={name: value for name, value in (FOOD | changes).items() if value is not ...})


def test_the_answer_has_the_contracts_shape(client: FlaskClient, work: Work, story: Story) -> None:
    a_listing(work, story.market, name="Far pantry", at=(41.0, -76.6))

    answer = ask(client, max_km=50, show_excluded=True)

    document = json.loads(answer.data)
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert list(document) == [*KEYS, "excluded"]
    assert (document["market"], document["considered"]) == ("here", 3)
    assert document["at"].endswith("-05:00")
    assert document["excluded_counts"]["too_far"] == 1
    assert {tuple(excluded) for excluded in document["excluded"]} == {
        ("service_at_location_id", "code", "fact", "text")
    }
    assert {match["name"] for match in document["matches"]} == {"Food pantry", "Other pantry"}
    for match in document["matches"]:
        assert list(match) == MATCH_KEYS
        assert [factor["code"] for factor in match["factors"]] == FACTORS
        assert all(list(factor) == ["code", "value", "text"] for factor in match["factors"])
        product = math.prod(factor["value"] for factor in match["factors"]) - match["price"]
        assert match["score"] == pytest.approx(product, abs=1e-9)
        assert list(match["capacity"]) == ["status", "available", "as_of"]
        assert match["eligibility"] in {"eligible", "unknown"}
        assert match["open"] in {"open", "closed", "unknown"}
    pantry = next(match for match in document["matches"] if match["name"] == "Food pantry")
    assert pantry["capacity"] == {"status": "capacity", "available": 10, "as_of": "2026-11-20"}
    assert "excluded" not in json.loads(ask(client).data)


def test_what_is_left_out_of_the_question_plays_no_part(client: FlaskClient, story: Story) -> None:
    document = json.loads(ask(client, near=...).data)

    assert {match["distance_km"] for match in document["matches"]} == {None}


def test_every_field_is_used(client: FlaskClient, work: Work, story: Story) -> None:
    everything = {
        "facts": {"age": 40, "veteran": False, "insurance": "none", "zip": "21201", "household_size": 2.0},
        "language": "es", "by": "drive", "max_km": 10.5, "at": "2026-11-21T10:00", "limit": 1, "seed": 7,
    }  # fmt: skip

    document = json.loads(ask(client, **everything).data)

    assert document["at"] == "2026-11-21T10:00:00-05:00"
    assert [match["travel_mode"] for match in document["matches"]] == ["drive"]


def test_the_sentences_are_in_the_readers_language(client: FlaskClient, story: Story) -> None:
    english, spanish = (
        json.loads(client.post(MATCH, json=FOOD, headers={"Accept-Language": language}).data)
        for language in ("en", "es")
    )

    assert english["matches"][0]["factors"][0]["text"] != spanish["matches"][0]["factors"][0]["text"]


class TestTheCommand:
    """The same question gets the same answer on the command line."""

    @pytest.fixture
    def here(self, tmp_path: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
        url = f"sqlite:///{tmp_path}/hub.db"
        database = Database.from_url(url)
        migrations.upgrade(database.engine)
        with database.write() as session:
            fill(replace(work, session=session))
        monkeypatch.setenv("RESOURCE_HUB_DATABASE_URL", url)
        monkeypatch.setenv("RESOURCE_HUB_INSTANCE", str(tmp_path))
        yield create_app(SETTINGS, database=database)
        database.engine.dispose()

    @pytest.mark.parametrize("more", [{}, {"by": "walk", "limit": 3}, {"max_km": 4, "show_excluded": True}])
    def test_answers_alike(self, here: Flask, more: dict[str, Any]) -> None:
        at = "2026-11-21T10:00:00-05:00"
        words = ["match", "--market", "here", "--near", "21201", "--need", "food-insecurity", "--at", at, "--json"]
        words += ["--fact", "age=30"]
        for name, value in more.items():
            words += [f"--{name.replace('_', '-')}"] if value is True else [f"--{name.replace('_', '-')}", str(value)]

        told = CliRunner().invoke(cli.hub, words)

        assert told.exit_code == 0
        answer = here.test_client().post(MATCH, json=FOOD | {"at": at, "facts": {"age": 30}} | more)
        document = json.loads(answer.data)
        assert document == json.loads(told.stdout)
        assert len(document["matches"]) >= 3


def fill(work: Work) -> Market:
    """Equals, among whom the lot decides, and unequals."""
    market = a_market(work)
    for number in range(6):
        a_listing(work, market, name=f"Pantry {number}")
    a_listing(work, market, name="Further pantry", at=(39.35, -76.6))
    return market


WRONG = [
    ("market", "nowhere", 404),
    ("market", ..., 422),
    ("market", 5, 422),
    ("market", "x" * 201, 422),
    ("market", "he\0re", 422),
    ("market", "\ud800", 422),
    ("needs", ..., 422),
    ("needs", [], 422),
    ("needs", "food-insecurity", 422),
    ("needs", ["gold"], 422),
    ("needs", [5], 422),
    ("needs", ["food-insecurity"] * 25, 422),
    ("needs", {"a": 1}, 422),
    ("near", "Baltimore", 422),
    ("near", "91,0", 422),
    ("near", [39.29, -76.62], 422),
    ("near", "00000", 422),
    ("facts", [], 422),
    ("facts", {"shoe_size": 9}, 422),
    ("facts", {"age": "old"}, 422),
    ("facts", {"age": [30]}, 422),
    ("facts", {"age": None}, 422),
    ("facts", {"age": -1}, 422),
    ("facts", {"age": 10**400}, 422),
    ("facts", {"veteran": "maybe"}, 422),
    ("facts", {"x" * 1000: 1}, 422),
    ("facts", {"zip": 21201.5}, 422),
    ("language", "not a language", 422),
    ("language", 5, 422),
    ("by", "camel", 422),
    ("max_km", "far", 422),
    ("max_km", 0, 422),
    ("max_km", -1, 422),
    ("max_km", True, 422),
    ("max_km", 10**400, 422),
    ("at", "soon", 422),
    ("at", "0001-01-01", 422),
    ("at", "9999-12-31T23:59:59", 422),
    ("at", "2026-11-21T10:00-24:00", 422),
    ("limit", 0, 422),
    ("limit", -5, 422),
    ("limit", 2.5, 422),
    ("limit", "10", 422),
    ("limit", 1001, 422),
    ("limit", 10**400, 422),
    ("seed", -1, 422),
    ("seed", 1.5, 422),
    ("seed", True, 422),
    ("seed", 2**53, 422),
    ("show_excluded", "yes", 422),
    ("show_excluded", 1, 422),
]


@pytest.mark.parametrize(("field", "value", "status"), WRONG)
def test_a_wrong_field_is_named(client: FlaskClient, story: Story, field: str, value: object, status: int) -> None:
    answer = ask(client, **{field: value})

    assert answer.status_code == status
    problem = check_problem(answer)
    if status == 422:
        named = {fault["field"] for fault in problem["errors"]}
        names = {field, "need"} | (set(value) if isinstance(value, dict) else set())
        assert named & {name[:40] for name in names}


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("", "application/json", 400),
        ("{", "application/json", 400),
        ("null", "application/json", 422),
        ("[]", "application/json", 422),
        ('"x"', "application/json", 422),
        ('{"market": "here", "needs": ["food-insecurity"], "max_km": NaN}', "application/json", 422),
        ('{"market": "here", "needs": ["food-insecurity"], "max_km": Infinity}', "application/json", 422),
        ('{"market": "here", "needs": ["food-insecurity"], "limit": 1' + "0" * 400 + "}", "application/json", 422),
        ('{"market": "here", "needs": ["food-insecurity"], "limit": 1' + "0" * 9000 + "}", "application/json", 400),
        ('{"market": "here", "facts": ' + '{"a":' * 100_000 + "1" + "}" * 100_001, "application/json", 400),
        ("[" * 200_000 + "]" * 200_000, "application/json", 400),
        (b"\xff\xfe{}", "application/json", 400),
        ("x" * 3_000_000, "application/json", 413),
        ('{"market": "here"}', "text/plain", 415),
        ("market=here", "application/x-www-form-urlencoded", 415),
    ],
    ids=range(15),
)
def test_a_body_that_is_no_question_is_refused(
    client: FlaskClient, story: Story, body: str | bytes, content_type: str, status: int
) -> None:
    answer = client.post(MATCH, data=body, content_type=content_type)

    assert answer.status_code == status
    check_problem(answer)


def test_the_search_goes_by_post_only(client: FlaskClient) -> None:
    answer = client.get(MATCH, query_string={"market": "here"})

    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"POST", "OPTIONS"})
    check_problem(answer)


def check_problem(answer: TestResponse) -> dict[str, Any]:
    """Check that an answer is a problem as RFC 9457 has it, with our words; return it."""
    assert answer.content_type == "application/problem+json"
    problem: dict[str, Any] = json.loads(answer.data)
    assert list(problem) == ["type", "title", "status", "code", "detail", "incident", "errors"]
    assert problem["status"] == answer.status_code
    assert problem["type"] == f"/problems/{problem['code']}"
    assert problem["title"]
    assert problem["detail"]
    assert all(set(fault) == {"field", "code", "text"} for fault in problem["errors"])
    return problem


numbers = st.integers() | st.floats() | st.sampled_from([10**400, -(10**18), 2**53, 1e308, 1e-308])
texts = st.text() | st.sampled_from(
    ["here", "21201", "39.29,-76.62", "es", "walk", "yes", "2026-11-21", "\0", "\ud800"]
)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
needs = st.lists(st.sampled_from(list(NEEDS)), max_size=30)
facts = st.dictionaries(st.sampled_from(list(FACTS)), values, max_size=10)
fields = ("market", "needs", "near", "facts", "language", "by", "max_km", "at", "limit", "seed", "show_excluded")
bodies = (
    st.fixed_dictionaries(
        {"market": st.just("here")},
        optional=dict.fromkeys(fields[2:], values) | {"needs": needs | values, "facts": facts | values},
    )
    | st.dictionaries(st.sampled_from(fields) | texts, values)
    | values
)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(body=bodies)
@example(body={**FOOD, "limit": 1000, "seed": 2**53 - 1})
@example(body={**FOOD, "max_km": 1e-308})
@example(body={**FOOD, "at": "1971-01-01T00:00+14:00"})
def test_no_body_surprises_the_api(client: FlaskClient, story: Story, body: object) -> None:
    answer = client.post(MATCH, data=json.dumps(body), content_type="application/json")

    assert answer.status_code in {200, 404, 422}, body
    if answer.status_code == 200:
        json.loads(answer.data, parse_constant=pytest.fail)
    else:
        check_problem(answer)


class TestTheDocument:
    """The OpenAPI document is whole, and names what the endpoint takes."""

    @pytest.fixture
    def document(self, client: FlaskClient) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(client.get("/api/v1/openapi.json").data)
        return document

    def test_is_an_openapi_document(self, document: dict[str, Any]) -> None:
        assert document["openapi"] == "3.1.0"
        assert set(document["info"]) >= {"title", "version"}
        for path, operations in document["paths"].items():
            assert path.startswith("/")
            for operation in operations.values():
                assert operation["responses"]
                assert all("description" in response for response in operation["responses"].values())

    def test_refers_to_nothing_that_is_not_there(self, document: dict[str, Any]) -> None:
        references = list(found(document, "$ref"))
        assert references
        for reference in references:
            place: Any = document
            for step in reference.removeprefix("#/").split("/"):
                place = place[step]
            assert place["type"] == "object"

    def test_names_what_the_endpoint_takes_and_nothing_else(self, document: dict[str, Any]) -> None:
        wish = document["components"]["schemas"]["Wish"]

        assert set(wish["properties"]) == set(fields)
        assert wish["required"] == ["market", "needs"]
        assert wish["properties"]["needs"]["items"]["enum"] == list(NEEDS)
        assert set(wish["properties"]["facts"]["properties"]) == set(FACTS)

    def test_names_what_is_answered(self, client: FlaskClient, story: Story, document: dict[str, Any]) -> None:
        schemas = document["components"]["schemas"]

        assert set(schemas["Ranking"]["properties"]) == set(json.loads(ask(client, show_excluded=True).data))
        assert set(schemas["Problem"]["properties"]) == set(check_problem(ask(client, market=...)))
        assert {str(status) for _field, _value, status in WRONG} <= set(document["paths"][MATCH]["post"]["responses"])

    def test_is_readable_for_people(self, client: FlaskClient) -> None:
        html = client.get("/api/v1/docs").get_data(as_text=True)

        assert all(f"<code>{name}</code>" in html for name in fields)


def found(value: object, key: str) -> Iterator[str]:
    """Yield the values of a key wherever it stands."""
    if isinstance(value, dict):
        yield from (str(inner) for name, inner in value.items() if name == key)
        for inner in value.values():
            yield from found(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from found(inner, key)
