"""HSDS as others publish it goes in, every row accounted for, and changes nothing the second time."""

from pathlib import Path

import pytest

from resource_hub.accounts.work import Work
from resource_hub.exchange.tabular.errors import BadFile
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Request
from resource_hub.inventory import service
from resource_hub.inventory.values import NewMarket
from tests.exchange.hsds.conftest import assert_accounted

pytestmark = [pytest.mark.shared, pytest.mark.slow]

EXAMPLES = (
    "csv",
    "location.json",
    "organization_full.json",
    "organization_list.json",
    "service_at_location_full.json",
    "service_full.json",
    "tabular.json",
    "taxonomy.json",
    "taxonomy_list.json",
    "taxonomy_term.json",
    "taxonomy_term_list.json",
)
MOCKS = (
    "V3.0-UK-Default/service_full.json",
    "V3.0-UK-Warn/organization_full.json",
    "V3.0-UK-Test/organization_full.json",
)


@pytest.mark.parametrize(
    "path",
    [f"v3.2.3_official_examples/{name}" for name in EXAMPLES] + [f"uk_validator_mocks/{name}" for name in MOCKS],
)
def test_examples_go_in_and_in_again(work: Work, shared_data: Path, path: str) -> None:
    service.add_market(work, NewMarket("example", "Example", "MD"))
    first = import_directory(work, Request(shared_data / "hsds" / path, "example"))
    assert first.loaded.created
    assert_accounted(first)
    again = import_directory(work, Request(shared_data / "hsds" / path, "example"))
    assert (again.loaded.created, again.loaded.updated) == ({}, {})
    assert_accounted(again)


def test_what_a_machine_made_is_accounted_for_and_raw_records_are_refused(work: Work, shared_data: Path) -> None:
    service.add_market(work, NewMarket("example", "Example", "MD"))
    made = shared_data / "food_banks_hsds31_machine_made/llm_aligned_hsds31.jsonl"
    report = import_directory(work, Request(made, "example", skip_bad_rows=True))
    assert report.loaded.read["organization"] > 1_000
    assert_accounted(report)
    with pytest.raises(BadFile, match="not HSDS"):
        import_directory(work, Request(shared_data / "food_banks_raw/raw_inputs.jsonl", "example"))
