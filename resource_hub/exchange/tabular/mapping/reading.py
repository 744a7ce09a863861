"""What every part of reading a mapped sheet needs: typed fields, and records that several rows state together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from resource_hub.exchange.hsds.reading import layout
from resource_hub.exchange.tabular.cleaning import Unreadable
from resource_hub.exchange.tabular.columns import Notes, Read
from resource_hub.exchange.tabular.contents import Surroundings
from resource_hub.exchange.tabular.mapping.values import Values
from resource_hub.inventory.rules.parts import part_id
from resource_hub.inventory.values import Draft, FieldValue, Origin

SHORT_ZIP = range(3, 5)


@dataclass
class Gathering:
    """The records of a file as its rows state them; of several rows about one record the first word counts."""

    source: str
    surroundings: Surroundings
    notes: Notes
    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)
    # Which fields the file has columns for; a row that leaves one empty empties it.
    stated: frozenset[str] = frozenset()

    def add(self, table: str, source_id: str, fields: Mapping[str, FieldValue], origin: Origin) -> None:
        """Add what a row says about a record; words that differ from an earlier row's are reported, not taken."""
        before = self.drafts.get((table, source_id))
        if before is None:
            self.drafts[table, source_id] = Draft(table, source_id, dict(fields), origin)
            return
        merged = dict(before.fields)
        for name, value in fields.items():
            if merged.get(name) in {None, ""} if not isinstance(merged.get(name), list) else False:
                merged[name] = value
            elif value not in (None, "") and value != merged[name]:
                text = "An earlier row says otherwise about the same record. The earlier one was kept."
                self.notes.report(origin, f"{table}.{name}", "differs", text)
        self.drafts[table, source_id] = Draft(table, source_id, merged, before.origin)

    def add_part(
        self, table: str, owner: tuple[str, str], kind: str, key: str, fields: Mapping[str, FieldValue], origin: Origin
    ) -> str:
        """Add a record that belongs to another one; return its source id."""
        source_id = part_id(*owner, kind, key)
        self.add(table, source_id, {f"{owner[0]}_id": owner[1], **fields}, origin)
        return source_id

    def fields_of(self, table: str, values: Values, origin: Origin) -> dict[str, FieldValue]:
        """Return the typed fields of a table that the sheet has columns for."""
        names = {name.partition(".")[2] for name in self.stated if name.startswith(f"{table}.")} - {"id"}
        return {name: self.typed(table, name, values, origin) for name in sorted(names) if name in _readers(table)}

    def typed(self, table: str, name: str, values: Values, origin: Origin) -> FieldValue:
        """Return one typed field; what cannot be read is left empty and reported."""
        text = next(iter(values.get(f"{table}.{name}", ())), "")
        if not text:
            return None
        if name == "postal_code" and text.isdigit() and len(text) in SHORT_ZIP:
            text = text.zfill(5)
            self.notes.report(origin, f"{table}.{name}", "zeros_added", "The ZIP Code had lost its first zeros.")
        try:
            return _readers(table)[name](text) or None
        except Unreadable as fault:
            self.notes.report(origin, f"{table}.{name}", fault.code, fault.text)
            return None


def _readers(table: str) -> Mapping[str, Read]:
    return {column.field: column.read for column in layout.columns_of(table)}
