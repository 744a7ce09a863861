"""A small directory, and what the API says of it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.work import Work
from tests.exchange.hsds.writing.conftest import Directory, directory

__all__ = ["directory"]

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(client: FlaskClient, directory: Directory, work: Work) -> Ask:
    """Ask for a list, with parameters; the answer must be good."""

    def get(name: str, **parameters: object) -> dict[str, Any]:
        answer = client.get(f"/hsds/{name}", query_string={key: str(value) for key, value in parameters.items()})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        found: dict[str, Any] = json.loads(answer.data)
        return found

    return get


def names(page: dict[str, Any]) -> set[str]:
    """Return the names of what a page holds."""
    return {one.get("name") or one["service"]["name"] for one in page["contents"]}
