"""What a long job must remember for a while: on disk where it grows, so that memory stays the same."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")

# Databases limit how many values one statement may name.
MOST_VALUES = 900
_CACHE_KILOBYTES = 16_000
# An empty name makes SQLite use a file of its own, which no other process sees and which is gone when it is closed.
_OWN_FILE = ""


class Scratch:
    """A database of one job; use it in a `with` block."""

    def __init__(self, *statements: str) -> None:
        """Open it with some tables."""
        self._database = sqlite3.connect(_OWN_FILE, isolation_level=None)
        for statement in (f"PRAGMA cache_size=-{_CACHE_KILOBYTES}", "PRAGMA journal_mode=OFF", *statements, "BEGIN"):
            self._database.execute(statement)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._database.close()

    def write(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Execute a statement once for each row of values."""
        self._database.executemany(statement, rows)

    def read(self, statement: str, values: Sequence[object] = ()) -> Iterator[Any]:
        """Return the rows that a query finds, one by one."""
        return self._database.execute(statement, values)

    def among(self, query: str, values: Iterable[str]) -> set[str]:
        """Return which of some values a query finds; it ends in the column that they are compared with."""
        found: set[str] = set()
        for some in in_batches(values, MOST_VALUES):
            marks = ", ".join("?" * len(some))
            found.update(value for (value,) in self._database.execute(f"{query} IN ({marks})", some))
        return found


def in_batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Return things in lists of at most a size."""
    source = iter(things)
    while batch := list(islice(source, size)):
        yield batch
