"""Every answer of the HSDS API is valid under the standard's own compiled schemas: for a real directory too."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker

from resource_hub.accounts.work import Work
from resource_hub.exchange.demo.load import load_demo
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Request
from resource_hub.inventory import service
from resource_hub.inventory.values import NewMarket
from tests.exchange.hsds.writing.conftest import Directory, directory
from tests.web.conftest import app, client, made

__all__ = ["app", "client", "directory", "made"]

pytestmark = [pytest.mark.shared, pytest.mark.slow]

CHECKER = FormatChecker(["uuid", "date", "email"])
PLAIN = ("services", "organizations", "service_at_locations")
SINGULAR = {"services": "service", "organizations": "organization", "service_at_locations": "service_at_location"}


@pytest.fixture(scope="module")
def compiled(shared_data: Path) -> dict[str, Draft202012Validator]:
    """The compiled schemas by name."""
    files = (shared_data / "hsds" / "schema_compiled_v3.1-dev").glob("*.json")
    return {
        file.stem: Draft202012Validator(json.loads(file.read_text(encoding="utf-8")), format_checker=CHECKER)
        for file in files
    }


def contents(client: FlaskClient, name: str, **wishes: str) -> Iterator[dict[str, Any]]:
    """Go through some objects of a list."""
    answer = client.get(f"/hsds/{name}", query_string=wishes)
    assert answer.status_code == 200
    yield from json.loads(answer.data)["contents"]


def check(client: FlaskClient, compiled: dict[str, Draft202012Validator], few: str, some: str) -> None:
    for name in PLAIN:
        faults = [
            f"{name}: {'/'.join(map(str, fault.path))}: {fault.message[:80]}"
            for schema, found in (
                (f"{SINGULAR[name]}_list", contents(client, name, per_page=some)),
                (SINGULAR[name], contents(client, name, per_page=few, full="true")),
            )
            for one in found
            for fault in compiled[schema].iter_errors(one)
        ]
        assert faults == []


def test_a_small_directory_with_something_everywhere(
    client: FlaskClient, directory: Directory, compiled: dict[str, Draft202012Validator]
) -> None:
    check(client, compiled, "20", "100")
    full = client.get(f"/hsds/organizations/{directory.pantry.organization.id}?full_service=true")
    assert list(compiled["organization"].iter_errors(json.loads(full.data))) == []


def test_a_real_directory(
    client: FlaskClient, work: Work, shared_data: Path, compiled: dict[str, Draft202012Validator]
) -> None:
    service.add_market(work, NewMarket("baltimore", "Baltimore", "MD"))
    import_directory(work, Request(shared_data / "baltimore_ohana_csv", "baltimore"))

    check(client, compiled, "5", "500")


def test_the_demo(client: FlaskClient, work: Work, compiled: dict[str, Draft202012Validator]) -> None:
    load_demo(work)

    check(client, compiled, "5", "500")
