"""HSDS 1.1 and 2.0 in the words of today: which table and column became which, read from `seed/hsds/older.csv`."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from resource_hub.core.paths import bundled
from resource_hub.exchange.tabular.tables import Row, Table

FILE = "hsds/older.csv"
# Before 3.0 `taxonomy` was the table of terms; these columns tell it from the table of taxonomies.
_TERMS_OF_1_1 = frozenset({"parent_id", "parent_name", "vocabulary"})
# What a row said about another in the words of 1.1, and what says the same today.
_REPEATED = frozenset({"parent_name"})


@dataclass(frozen=True)
class Renaming:
    """What an older table is called today, with its columns and the values that all its rows have."""

    table: str
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Renamed:
    rows: Iterable[Row]
    renaming: Renaming

    def __iter__(self) -> Iterator[Row]:
        names = self.renaming.columns
        for row in self.rows:
            older = {names[name]: cell for name, cell in row.cells.items() if name in names}
            rest = {name: cell for name, cell in row.cells.items() if name not in names and name not in _REPEATED}
            yield Row({**self.renaming.values, **older, **rest}, row.origin)


@lru_cache(maxsize=1)
def renamings() -> Mapping[str, Renaming]:
    """Return the renaming of every older table by its name."""
    found: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {}
    with (bundled("seed") / FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            _table, columns, values = found.setdefault(row["table"], (row["today"], {}, {}))
            if row["field"]:
                columns[row["field"]] = row["today_field"]
            else:
                values[row["today_field"]] = row["value"]
    return {name: Renaming(*parts) for name, parts in found.items()}


def today(name: str, table: Table) -> tuple[str, Table]:
    """Return a table of any version under the name and with the columns that it has today."""
    if name == "taxonomy" and table.columns & _TERMS_OF_1_1:
        name = "taxonomy_term"
    renaming = renamings().get(name)
    if renaming is None:
        return name, table
    # A table that has the column of today means it; what the older one says beside it is another thing.
    names = {old: new for old, new in renaming.columns.items() if new not in table.columns}
    columns = {names.get(column, column) for column in table.columns - _REPEATED} | set(renaming.values)
    rows = _Renamed(table.rows, Renaming(renaming.table, names, renaming.values))
    return renaming.table, Table(table.file, frozenset(columns), rows)
