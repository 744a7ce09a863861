"""Imports of small invented directories."""

from pathlib import Path

import pytest

from resource_hub.accounts.work import Work
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Format, Report, Request
from resource_hub.inventory.models import (
    Market,
)
from tests import factories
from tests.exchange.tabular.ohana import (
    LOCATIONS,
    ORGANIZATIONS,
    SERVICES,
    Import,
)


@pytest.fixture
def market(work: Work) -> Market:
    return factories.a_market(work, "here")


@pytest.fixture
def run(work: Work, market: Market, tmp_path: Path) -> Import:
    """Imports tables that are given as text by their name; the smallest whole directory where not given."""

    def run(*, skip_bad_rows: bool = False, layout: Format = Format.AUTO, **tables: str) -> Report:
        given = {"organizations": ORGANIZATIONS, "locations": LOCATIONS, "services": SERVICES} | tables
        for name, text in given.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return import_directory(work, Request(tmp_path, market.slug, layout, skip_bad_rows))

    return run
