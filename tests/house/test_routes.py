"""No address appears, vanishes or changes who may use it unnoticed; no form is taken that came from elsewhere.

After a change that is meant, renew the list: .venv/bin/python -m tests.house.routes
"""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from resource_hub.app import ANONYMOUS
from resource_hub.web.shared import language
from resource_hub.web.shared.guards import PUBLIC, policy_of
from tests.house.routes import LIST, an_app, routes

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
APP = an_app()
# What these change is the reader's own: nothing is signed in that another site could act for.
ANONYMOUS_NAMES = {blueprint.name for blueprint in (*ANONYMOUS, language.blueprint)}
SAMPLES = {"uuid": "00000000-0000-0000-0000-000000000001", "integer": 1, "path": "x", "string": "x", "default": "x"}


@pytest.fixture(scope="module")
def app() -> Flask:
    return an_app()


def is_anonymous(rule: Rule) -> bool:
    return rule.endpoint.rpartition(".")[0] in ANONYMOUS_NAMES


def unsafe_rules(*, anonymous: bool) -> list[Rule]:
    return [
        rule
        for rule in APP.url_map.iter_rules()
        if (rule.methods or set()) & UNSAFE and is_anonymous(rule) == anonymous
    ]


def address_of(rule: Rule) -> str:
    """Fill in the parts of an address that vary."""
    filled = {
        name: next(SAMPLES[kind] for kind in (_kind(converter), "default") if kind in SAMPLES)
        for name, converter in rule._converters.items()
    }
    built = rule.build(filled)
    assert built is not None
    return built[1]


def _kind(converter: object) -> str:
    return type(converter).__name__.removesuffix("Converter").lower()


def test_the_list_of_routes_is_the_one_that_was_agreed(app: Flask) -> None:
    found, agreed = routes(app), LIST.read_text().splitlines()
    changed = [f"+ {line}" for line in found if line not in agreed] + [
        f"- {line}" for line in agreed if line not in found
    ]
    assert not changed, "\n".join(["renew with `.venv/bin/python -m tests.house.routes`:", *changed])
    assert found == agreed


def test_every_route_says_who_may_use_it(app: Flask) -> None:
    assert not [line for line in routes(app) if line.endswith("  none")]


@pytest.mark.parametrize("rule", unsafe_rules(anonymous=False), ids=str)
def test_what_changes_something_is_refused_when_it_comes_from_elsewhere(app: Flask, rule: Rule) -> None:
    for method in (rule.methods or set()) & UNSAFE:
        answer = app.test_client().open(address_of(rule), method=method, headers={"Accept-Language": "en"})
        assert answer.status_code == 400
        assert "This form is too old" in answer.text or "form_expired" in answer.text


@pytest.mark.parametrize("rule", unsafe_rules(anonymous=True), ids=str)
def test_what_needs_no_token_is_for_everybody(rule: Rule) -> None:
    assert policy_of(APP.view_functions[rule.endpoint]) == PUBLIC
