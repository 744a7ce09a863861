"""Rows that were taken out of nested objects, by table, on disk; the same record met again adds what it says more."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from resource_hub.core.scratch import Scratch
from resource_hub.exchange.tabular.tables import Row, Table
from resource_hub.inventory.values import Origin

_TABLES = (
    "CREATE TABLE met (tab TEXT, id TEXT, variant INT, said TEXT, implied TEXT, file TEXT, line INTEGER, path TEXT)",
    "CREATE UNIQUE INDEX met_id ON met (tab, id, variant)",
)
_FIND = "SELECT rowid, said, implied FROM met WHERE tab = ? AND id = ? ORDER BY variant"


class Store:
    """The rows of one import, for as long as its `with` block runs."""

    def __init__(self) -> None:
        self._scratch = Scratch(*_TABLES)
        self._columns: dict[str, set[str]] = {}
        self._files: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._scratch.__exit__(None, None, None)

    def put(
        self, table: str, row_id: str, said: Mapping[str, str], implied: Mapping[str, str], origin: Origin
    ) -> frozenset[str]:
        """Keep what an object says and what follows from where it stands; return what followed otherwise before.

        An object that contradicts what was said of the same record is a row of its own.
        """
        self._columns.setdefault(table, set()).update(said, implied)
        self._files.setdefault(table, origin.file)
        variants = list(self._scratch.read(_FIND, (table, row_id)))
        for number, written, followed_text in variants:
            before = json.loads(written)
            if all(before.get(name, cell) == cell for name, cell in said.items()):
                followed = json.loads(followed_text)
                new = (json.dumps({**before, **said}), json.dumps({**implied, **followed}), number)
                self._scratch.write("UPDATE met SET said = ?, implied = ? WHERE rowid = ?", [new])
                return frozenset(name for name, cell in implied.items() if followed.get(name, cell) != cell)
        place = (origin.file, origin.row, origin.path)
        row = (table, row_id, len(variants), json.dumps(said), json.dumps(implied), *place)
        self._scratch.write("INSERT INTO met VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [row])
        return frozenset()

    def tables(self) -> dict[str, Table]:
        """Return everything that was kept, as tables."""
        return {
            name: Table(self._files[name], frozenset(columns), _Rows(self._scratch, name))
            for name, columns in self._columns.items()
        }


@dataclass(frozen=True)
class _Rows:
    scratch: Scratch
    table: str

    def __iter__(self) -> Iterator[Row]:
        query = "SELECT said, implied, file, line, path FROM met WHERE tab = ? ORDER BY rowid"
        for said, implied, *place in self.scratch.read(query, (self.table,)):
            yield Row({**json.loads(implied), **json.loads(said)}, Origin(*place))
