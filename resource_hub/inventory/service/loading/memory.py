"""What a load must remember of all that it has read: which records there were, and who is whose parent."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from resource_hub.core.scratch import Scratch
from resource_hub.inventory.values import Draft, Origin

_TABLES = (
    "CREATE TABLE seen (key TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE gone (key TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE child (record TEXT PRIMARY KEY, tab TEXT, parent TEXT, tally TEXT, file TEXT, line INT, path TEXT)",
)


@dataclass(frozen=True)
class Child:
    """A record that names a parent, by the source's id; `tally` says how the record was counted."""

    record_id: str
    parent: str
    tally: str
    origin: Origin


@dataclass(frozen=True)
class Memory:
    """What one load remembers, on disk where it is much."""

    scratch: Scratch

    def see(self, drafts: Iterable[Draft]) -> None:
        """Remember that records were read."""
        self.scratch.write("INSERT OR IGNORE INTO seen VALUES (?)", ((key_of(draft),) for draft in drafts))

    def seen(self, keys: Iterable[str]) -> set[str]:
        """Return which of some records were read."""
        return self.scratch.among("SELECT key FROM seen WHERE key", keys)

    def lose(self, keys: Iterable[str]) -> None:
        """Remember that records are no longer stated."""
        self.scratch.write("INSERT OR IGNORE INTO gone VALUES (?)", ((key,) for key in keys))

    def lost(self, keys: Iterable[str]) -> set[str]:
        """Return which of some records are no longer stated."""
        return self.scratch.among("SELECT key FROM gone WHERE key", keys)

    def all_lost(self, table: str) -> Iterator[str]:
        """Return the source ids of the records of a table that are no longer stated."""
        start = f"{table}/"
        query = "SELECT key FROM gone WHERE key >= ? AND key < ? ORDER BY key"
        return (key.removeprefix(start) for (key,) in self.scratch.read(query, (start, f"{table}0")))

    def adopt(self, table: str, children: Iterable[Child]) -> None:
        """Remember who is whose child, for when all parents are there."""
        rows = (
            (child.record_id, table, child.parent, child.tally, child.origin.file, child.origin.row, child.origin.path)
            for child in children
        )
        self.scratch.write("INSERT OR IGNORE INTO child VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def children(self, table: str) -> Iterator[Child]:
        """Return the children of a table in the order in which they were read."""
        query = "SELECT record, parent, tally, file, line, path FROM child WHERE tab = ? ORDER BY rowid"
        for record, parent, tally, *origin in self.scratch.read(query, (table,)):
            yield Child(record, parent, tally, Origin(*origin))


def key_of(draft: Draft) -> str:
    """Return what a record is remembered by; `rules.parts.owner_of` gives the same for the owner of a part."""
    return f"{draft.table}/{draft.source_id}"


@contextmanager
def of_a_load() -> Iterator[Memory]:
    """Remember for as long as a block runs."""
    with Scratch(*_TABLES) as scratch:
        yield Memory(scratch)
