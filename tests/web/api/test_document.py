"""What the API says about itself."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from resource_hub.core.codes import FACTS, NEEDS
from tests.handoff.stories import Story
from tests.web.api.asking import FIELDS, MATCH, WRONG, ask, check_problem


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

        assert set(wish["properties"]) == set(FIELDS)
        assert wish["required"] == ["market", "needs"]
        assert wish["properties"]["needs"]["items"]["enum"] == list(NEEDS)
        assert set(wish["properties"]["facts"]["properties"]) == set(FACTS)

    def test_names_what_is_answered(self, client: FlaskClient, story: Story, document: dict[str, Any]) -> None:
        schemas = document["components"]["schemas"]
        answer = json.loads(ask(client, needs=["food-insecurity", "stress"], show_excluded=True).data)

        assert set(schemas["Ranking"]["properties"]) == set(answer)
        assert set(schemas["Problem"]["properties"]) == set(check_problem(ask(client, market=...)))
        assert {str(status) for _field, _value, status in WRONG} <= set(document["paths"][MATCH]["post"]["responses"])

    def test_is_readable_for_people(self, client: FlaskClient) -> None:
        html = client.get("/api/v1/docs").get_data(as_text=True)

        assert all(f"<code>{name}</code>" in html for name in FIELDS)


def found(value: object, key: str) -> Iterator[str]:
    """Yield the values of a key wherever it stands."""
    if isinstance(value, dict):
        yield from (str(inner) for name, inner in value.items() if name == key)
        for inner in value.values():
            yield from found(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from found(inner, key)
