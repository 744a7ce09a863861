"""`POST /api/v1/find`: the contract to the letter, hostile input, and nothing kept."""

import json
import logging
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from resource_hub.accounts.work import Work
from resource_hub.matching.models import ZeroResult
from tests.factories import a_listing
from tests.handoff.stories import Story
from tests.web.api.asking import check_problem

FIND = "/api/v1/find"


def find(client: FlaskClient, query: object, **more: object) -> TestResponse:
    body = {"market": "here", "query": query} | more
    return client.post(FIND, json={name: value for name, value in body.items() if value is not ...})


def test_the_answer_has_the_contracts_shape(client: FlaskClient, story: Story) -> None:
    answer = find(client, "Foood pantry near me", near="21201", facts={"age": 30}, language="es")

    document: dict[str, Any] = json.loads(answer.data)
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert list(document) == ["query", "corrected", "needs", "safety", "matches"]
    assert document["corrected"] == "food pantry near me"
    assert {match["name"] for match in document["matches"]} == {"Food pantry", "Other pantry"}
    assert document["matches"][0]["distance_km"] is not None


def test_safety_help_is_in_the_readers_language(client: FlaskClient, story: Story) -> None:
    english = json.loads(find(client, "I want to die").data)["safety"]
    spanish = json.loads(
        client.post(FIND, json={"market": "here", "query": "quiero morir"}, headers={"Accept-Language": "es"}).data
    )["safety"]

    assert (english["rule"], spanish["rule"]) == ("suicide", "suicide")
    assert english["help"][0]["phone"] == spanish["help"][0]["phone"] == "988"
    assert english["help"][0]["text"].startswith("Call")
    assert spanish["help"][0]["text"].startswith("Llame")


@pytest.mark.parametrize(
    "query", [..., None, "", 5, ["food"], {"a": 1}, "x" * 201, "🙂", "\0", "\ud800", "word " * 300_000]
)
def test_what_cannot_be_read_is_a_clear_422(client: FlaskClient, story: Story, query: object) -> None:
    answer = find(client, query)

    assert answer.status_code == 422
    assert [fault["field"] for fault in check_problem(answer)["errors"]] == ["query"]


@pytest.mark.parametrize(
    "query",
    ["pan\0try", "\u202eyrtnap", "'; drop table service; --", "🍞🥖 pan", "%(x)s {0} \\", "صندوق طعام", "a\ud800b"],
)
def test_hostile_words_never_fail(client: FlaskClient, story: Story, query: str) -> None:
    assert find(client, query).status_code == 200


def test_a_body_of_ten_megabytes_is_cut_off(client: FlaskClient, story: Story) -> None:
    assert find(client, "ü" * 10_000_000).status_code in {413, 422}


def test_nothing_found_is_counted_by_need_and_the_words_are_kept_nowhere(
    client: FlaskClient, work: Work, story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = find(client, "xqzvw wvzqx")

    assert json.loads(answer.data)["matches"] == []
    rows = work.session.scalars(select(ZeroResult)).all()
    assert [(row.market_id, row.need, row.searches) for row in rows] == [
        (story.market.id, "sdoh-category-unspecified", 1)
    ]
    assert "xqzvw" not in caplog.text


def test_the_document_names_what_is_taken_and_answered(client: FlaskClient, work: Work, story: Story) -> None:
    a_listing(work, story.market, name="Pantry")
    schemas = json.loads(client.get("/api/v1/openapi.json").data)["components"]["schemas"]

    assert set(schemas["Found"]["properties"]) == set(json.loads(find(client, "pantry").data))
    assert schemas["Question"]["required"] == ["market", "query"]
    assert "needs" not in schemas["Question"]["properties"]
