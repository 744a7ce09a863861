"""`POST /api/v1/match`: the contract to the letter, and the command's own answer."""

import json
import math
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from resource_hub import cli
from resource_hub.accounts.work import Work
from resource_hub.app import create_app
from resource_hub.core.db import Database
from resource_hub.inventory.models import Market
from tests.factories import a_listing, a_market
from tests.handoff.stories import Story
from tests.web.api.asking import FOOD, MATCH, ask
from tests.web.conftest import SETTINGS

KEYS = ["policy", "market", "at", "considered", "matches", "excluded_counts"]
MATCH_KEYS = [
    "service_at_location_id", "service_id", "organization_id", "name", "organization", "needs", "score", "factors",
    "price", "distance_km", "travel_minutes", "travel_mode", "eligibility", "questions", "capacity", "open",
    "next_open", "verified_on",
]  # fmt: skip
FACTORS = ["fit", "listing_right", "accept", "follow_through", "timeliness"]


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
        for factor in match["factors"]:
            sure = ["interval"] if factor["code"] == "accept" else []
            assert list(factor) == ["code", "value", "text", *sure]
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
        "facts": {"age": 40, "veteran": False, "insurance": "none", "zip": "21201", "household_size": 2.0,
                  "income": 20000},
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
    def here(self, migrated_file: Path, tmp_path: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
        url = f"sqlite:///{shutil.copy(migrated_file, tmp_path)}"
        database = Database.from_url(url)
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
