"""The page of components shows every macro that the kinds of pages share; in production it is not there."""

from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import nodes

from resource_hub.app import create_app
from resource_hub.core.db import Database
from resource_hub.web.dev.components import specimens
from tests.house.markup import HTML, tree
from tests.web.conftest import SETTINGS, page

SHOWN = [name for name in HTML if name.startswith("shared/") or name == "portal/parts.html"]


@pytest.mark.parametrize("file", SHOWN)
def test_every_macro_is_shown(app: Flask, file: str) -> None:
    with app.test_request_context("/dev/components"):
        shown = {one.macro for one in specimens() if one.template == file}
    macros = {node.name for node in tree(file).body if isinstance(node, nodes.Macro)}
    assert macros == shown


def test_every_id_is_there_once(client: FlaskClient) -> None:
    shown = page(client.get("/dev/components"))
    assert shown.status == 200
    assert len(shown.ids) == shown.html.count(' id="')


def test_in_production_it_is_not_there(database: Database, now: datetime) -> None:
    app = create_app(replace(SETTINGS, env="production"), database=database, clock=lambda: now)
    assert app.test_client().get("/dev/components").status_code == 404
