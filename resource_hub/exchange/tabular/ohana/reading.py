"""What every part of reading Ohana's tables needs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from resource_hub.exchange.tabular.cleaning import read_list
from resource_hub.exchange.tabular.columns import Column, Notes, Read
from resource_hub.exchange.tabular.contents import Surroundings, read_email, read_web
from resource_hub.exchange.tabular.tables import Row, Table
from resource_hub.inventory.rules.parts import part_id
from resource_hub.inventory.values import Draft, FieldValue, Problem

# Columns of Ohana's own database that say nothing about the service.
HOUSEKEEPING = frozenset({"bom", "slug", "created_at", "updated_at", "last_verified"})


@dataclass(frozen=True)
class Reading:
    """The tables by name, what is known of the market, and the notes taken on the way."""

    tables: Mapping[str, Table]
    surroundings: Surroundings
    notes: Notes

    def table(self, name: str) -> Table:
        """Return a table; an empty one where the package has none."""
        return self.tables.get(name) or Table(f"{name}.csv")


def first_of(read: Read) -> Callable[[str], FieldValue]:
    """Return a reader that takes the first item of a list, or the whole of a plain cell."""

    def first(cell: str) -> FieldValue:
        items = read_list(cell) if cell.startswith(("---", "{")) else [cell]
        return read(items[0]) if items else None

    return first


def email(*names: str) -> Column:
    """Return the column of an e-mail address."""
    return Column("email", names, first_of(read_email))


def web(field: str, *names: str) -> Column:
    """Return the column of a web address."""
    return Column(field, names, first_of(read_web))


def part(table: str, owner: Draft, kind: str, key: str, fields: Mapping[str, FieldValue]) -> Draft:
    """Return a record that was read out of another record's row and belongs to it."""
    fields = {f"{owner.table}_id": owner.source_id, **fields}
    return Draft(table, part_id(owner.table, owner.source_id, kind, key), fields, owner.origin)


def listed(row: Row, *columns: str) -> list[str]:
    """Return the items of a cell that holds a list."""
    return read_list(row.get(*columns))


def texts(owner: Draft, table: str, field: str, items: Iterable[str]) -> list[Draft]:
    """Return one record for each text of a list, held in one field of a table."""
    return [part(table, owner, table, item, {field: item}) for item in items]


def missing(row: Row, field: str, text: str) -> Problem:
    """Return the problem of a row that cannot be stored without a field."""
    return Problem(row.origin, field, "missing", text, fatal=True)
