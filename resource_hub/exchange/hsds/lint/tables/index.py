"""The first reading of a package: which ids there are, and what other tables' rows are joined with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from resource_hub.exchange.hsds.lint.reading.sheets import Cells, Sheet
from resource_hub.exchange.hsds.lint.values import Remark
from resource_hub.exchange.hsds.values import Table

_OF_ADDRESS = ("address_1", "city", "state_province", "postal_code", "country")
_OF_UNIT = ("name", "identifier")
_ID = frozenset({"id"})
_WANTED = {"address": _ID | {"location_id", *_OF_ADDRESS}, "unit": _ID | {*_OF_UNIT}}


@dataclass
class Index:
    """The ids of each table with their rows; the first address of each location; units by id."""

    ids: dict[str, dict[str, int]] = field(default_factory=dict)
    addresses: dict[str, Cells] = field(default_factory=dict)
    units: dict[str, Cells] = field(default_factory=dict)

    def read(self, table: Table, sheet: Sheet) -> Iterator[tuple[int, Remark]]:
        """Read a table; says which ids come twice, with their rows."""
        ids = self.ids.setdefault(table.name, {})
        for number, cells in sheet.rows(_WANTED.get(table.name, _ID)):
            identity = cells.get("id", "")
            if identity and ids.setdefault(identity, number) != number:
                text = f"Row {ids[identity]} has the same id. Each row needs one of its own."
                yield number, Remark("duplicate_id", "id", text)
            self._keep(table, identity, cells)

    def joined(self, table: Table, cells: Cells) -> Mapping[str, object]:
        """Return a row with what its sense hangs on: a location's address, a capacity's unit."""
        if table.name == "location" and (address := self.addresses.get(cells.get("id", ""))):
            return {**cells, "addresses": [address]}
        if table.name == "service_capacity" and (unit := self.units.get(cells.get("unit_id", ""))):
            return {**cells, "unit": unit}
        return cells

    def _keep(self, table: Table, identity: str, cells: Cells) -> None:
        if table.name == "address":
            kept = {name: cells[name] for name in _OF_ADDRESS if name in cells}
            self.addresses.setdefault(cells.get("location_id", ""), kept)
        elif table.name == "unit":
            self.units.setdefault(identity, {name: cells[name] for name in _OF_UNIT if name in cells})
