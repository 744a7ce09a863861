"""Flat tables as text, read by a mapping or a proposal."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BufferedReader, BytesIO

import pytest

from resource_hub.exchange.tabular.mapping.feed import read
from resource_hub.exchange.tabular.mapping.proposal import propose_all
from resource_hub.exchange.tabular.mapping.values import Rule, SheetMapping, TableMapping
from resource_hub.exchange.tabular.tables import Table, read_table
from resource_hub.inventory.values import Draft, Source

Read = Callable[..., Source]


@dataclass(frozen=True)
class Text:
    """A file in memory."""

    data: bytes
    name: str = "list.csv"

    def open(self) -> BufferedReader:
        return BufferedReader(BytesIO(self.data))


def a_table(text: str) -> Table:
    """Return a CSV text as a table."""
    table = read_table(Text(text.encode()))
    return replace(table, rows=tuple(table.rows))


@pytest.fixture
def by() -> Read:
    """Reads a CSV text by rules, or by what is proposed where none are given."""

    def by(text: str, *rules: Rule, source: str = "sheet") -> Source:
        tables = {"list": a_table(text)}
        mapping = TableMapping((SheetMapping(rules),), source) if rules else propose_all(tables).mapping
        return read(tables, mapping, "MD")

    return by


def drafts(source: Source, table: str) -> list[Draft]:
    """Return the records of one table."""
    return [draft for draft in source.drafts if draft.table == table]


def codes(source: Source) -> list[str]:
    """Return the codes of the problems, but for columns that nothing was read from."""
    return sorted(problem.code for problem in source.problems if problem.code != "column_not_kept")
