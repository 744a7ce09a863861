"""The routing server of the settings serves the lists of the API and of the pages."""

import json
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from resource_hub.app import make_hub
from resource_hub.core.db import Database
from resource_hub.matching.routing import Router
from resource_hub.web.shared.hub import EXTENSION
from tests.conftest import NOW
from tests.handoff.stories import Story
from tests.web.api.asking import ask
from tests.web.conftest import SETTINGS


def seven_minutes(url: str, _seconds: float) -> bytes:
    return json.dumps({"code": "Ok", "durations": [[420] * (url.count(";") + 1)]}).encode()


def test_lists_have_measured_minutes_where_a_server_is_set(app: Flask, client: FlaskClient, story: Story) -> None:
    hub = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = replace(hub, router=Router("https://routes.example.org", seven_minutes))

    matches = json.loads(ask(client, by="walk").data)["matches"]

    assert {match["travel_minutes"] for match in matches} == {7}
    assert "7 minutes on foot, by the streets." in {match["factors"][3]["text"] for match in matches}


def test_without_the_setting_there_is_no_server(database: Database) -> None:
    without, having = (
        make_hub(replace(SETTINGS, routing_url=url), database, lambda: NOW).router
        for url in ("", "https://routes.example.org")
    )

    assert without is None
    assert isinstance(having, Router)
