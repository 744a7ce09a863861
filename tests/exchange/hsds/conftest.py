"""Imports of small invented HSDS files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from resource_hub.accounts.work import Work
from resource_hub.exchange.tabular.errors import BadFile
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Report, Request
from resource_hub.inventory.models import Market
from tests import factories

Import = Callable[..., Report]
Refused = Callable[..., tuple[str, str]]


@pytest.fixture
def market(work: Work) -> Market:
    return factories.a_market(work, "here")


@pytest.fixture
def run(work: Work, market: Market, tmp_path: Path) -> Import:
    """Imports files that are given by name: text, bytes, or what becomes JSON; a single one by its own path."""

    def run(files: dict[str, object], *, skip_bad_rows: bool = False) -> Report:
        for name, written in files.items():
            data = written if isinstance(written, str | bytes) else json.dumps(written)
            (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        alone = len(files) == 1 and not next(iter(files)).endswith(".csv")
        path = tmp_path / next(iter(files)) if alone else tmp_path
        return import_directory(work, Request(path, market.slug, skip_bad_rows=skip_bad_rows))

    return run


@pytest.fixture
def refused(run: Import) -> Refused:
    """The place and code with which files are refused."""

    def refused(files: dict[str, object]) -> tuple[str, str]:
        with pytest.raises(BadFile) as refusal:
            run(files)
        (fault,) = refusal.value.faults
        return fault.field, fault.code

    return refused


def problems(report: Report) -> list[tuple[int, str, str]]:
    return sorted((problem.origin.row, problem.field, problem.code) for problem in report.loaded.problems)


def assert_accounted(report: Report) -> None:
    loaded = report.loaded
    for table, number in loaded.read.items():
        tallies = (loaded.created, loaded.updated, loaded.unchanged, loaded.skipped)
        assert sum(tally.get(table, 0) for tally in tallies) == number, table
