"""Loading everything that stands inside some records: one statement for each table, however many records there are."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from resource_hub.exchange.hsds.writing.nesting import ORDER, Nested, nested
from resource_hub.exchange.hsds.writing.tables import published
from resource_hub.inventory.queries.publishing import Record, records_with

# Returns a record as it may be seen, or None.
Sight = Callable[[str, Record], Record | None]


class Gathered:
    """Records by table and id, and what each owner has of a table."""

    def __init__(self, see: Sight) -> None:
        self._see = see
        self.records: dict[str, dict[str, Record]] = {}
        self._owned: dict[tuple[str, str, str], dict[str, list[Record]]] = {}

    def add(self, table: str, records: Iterable[Record]) -> None:
        """Take in records that may be seen; one that is there already stays."""
        there = self.records.setdefault(table, {})
        for record in records:
            if record["id"] not in there and (visible := self._see(table, record)) is not None:
                there[str(record["id"])] = visible

    def one(self, nested: Nested, owner: Record) -> Record | None:
        """Return the record that an owner refers to."""
        return self.records.get(nested.table, {}).get(str(owner[nested.column]))

    def many(self, nested: Nested, table: str, owner: Record) -> Sequence[Record]:
        """Return the records of an owner, by their public id."""
        key = (nested.table, nested.column, table if nested.entity else "")
        if key not in self._owned:
            self._owned[key] = self._by_owner(nested, table)
        return self._owned[key].get(str(owner["id"]), ())

    def _by_owner(self, nested: Nested, table: str) -> dict[str, list[Record]]:
        owned: dict[str, list[Record]] = {}
        records = self.records.get(nested.table, {}).values()
        for record in sorted(records, key=lambda one: str(one["public_id"])):
            if not nested.entity or record[nested.entity] == table:
                owned.setdefault(str(record[nested.column]), []).append(record)
        return owned


def gather(
    session: Session,
    gathered: Gathered,
    roots: Iterable[str],
    *,
    plain: bool = False,
    own_ids: bool = False,
) -> None:
    """Load what stands inside the records there are. The tables of the roots are not looked for.

    When `plain`, only what there is one of inside a record is.
    """
    skipped = frozenset(roots)
    for table in ORDER:
        if table not in skipped:
            for column, values in _wanted(gathered, table, plain=plain).items():
                found = records_with(session, published()[table], column, values, own_ids=own_ids)
                gathered.add(table, found)


def _wanted(gathered: Gathered, table: str, *, plain: bool) -> Mapping[str, set[str]]:
    wanted: dict[str, set[str]] = {}
    for owner, records in gathered.records.items():
        for inside in nested(owner):
            if inside.table == table and records and not (plain and inside.many):
                column = inside.column if inside.many else "id"
                wanted.setdefault(column, set()).update(_keys(inside, records.values()))
    return wanted


def _keys(inside: Nested, owners: Iterable[Record]) -> Iterator[str]:
    for owner in owners:
        key = owner["id"] if inside.many else owner.get(inside.column)
        if key is not None:
            yield str(key)
