"""Real lists, made flat: every row is accounted for, and the same list again changes nothing."""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from resource_hub.accounts.work import Work
from resource_hub.exchange.tabular.mapping.proposal import propose_all
from resource_hub.exchange.tabular.mapping.sheets import read_sheets
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Report, Request
from resource_hub.inventory.models import Market
from tests.factories import a_market

pytestmark = pytest.mark.shared

Cells = Mapping[str, object]


def food_banks(shared_data: Path) -> list[Cells]:
    lines = (shared_data / "food_banks_raw" / "raw_inputs.jsonl").read_text().splitlines()
    return [{name.lower(): cell for name, cell in json.loads(line)["data"].items()} for line in lines]


def linksf(shared_data: Path) -> list[Cells]:
    facilities = json.loads((shared_data / "linksf" / "linksf_facilities.json").read_text())
    return [
        {
            "charity": facility["name"], "address": facility["address"], "city": facility["city"],
            "phone": facility["phone"], "website": facility["website"], "latitude": facility["location"]["latitude"],
            "longitude": facility["location"]["longitude"], "program": service["name"],
            "description": service["description"], "category": service["category"],
        }
        for facility in facilities
        for service in facility["services"]
    ]  # fmt: skip


def written(rows: list[Cells], to: Path) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([text(row.get(name)) for name in names] for row in rows)]
    if to.suffix == ".csv":
        with to.open("w", newline="") as file:
            csv.writer(file).writerows(lines)
        return to
    book = Workbook(write_only=True)
    sheet = book.create_sheet("List")
    for line in lines:
        sheet.append(line)
    book.save(to)
    return to


def text(cell: object) -> str:
    return "" if cell is None else json.dumps(cell) if isinstance(cell, list | dict) else str(cell)


def run(work: Work, market: Market, path: Path) -> Report:
    mapping = propose_all(read_sheets(path)).mapping
    return import_directory(work, Request(path, market.slug, skip_bad_rows=True, mapping=mapping))


def accounted(report: Report) -> Iterable[bool]:
    loaded = report.loaded
    for table, read in loaded.read.items():
        tallies = (loaded.created, loaded.updated, loaded.unchanged, loaded.skipped)
        yield sum(tally.get(table, 0) for tally in tallies) == read


@pytest.mark.parametrize(
    ("rows_of", "state", "suffix", "services"),
    [(food_banks, "VA", ".csv", 2790), (linksf, "CA", ".xlsx", 96)],
    ids=["food banks", "linksf"],
)
def test_a_real_list_by_its_proposed_mapping(
    work: Work, tmp_path: Path, shared_data: Path, rows_of: object, state: str, suffix: str, services: int
) -> None:
    assert callable(rows_of)
    market = a_market(work)
    market.state = state
    work.session.flush()
    path = written(rows_of(shared_data), tmp_path / f"list{suffix}")

    first = run(work, market, path)
    assert all(accounted(first))
    assert first.loaded.created["service"] >= services
    assert first.loaded.created["organization"] <= first.loaded.created["service"]

    again = run(replace(work, now=work.now + timedelta(hours=1)), market, path)
    assert (again.loaded.created, again.loaded.updated) == ({}, {})
