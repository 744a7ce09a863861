"""What leads to the confidential places of a market: the records that nobody outside may see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from resource_hub.inventory.models import Location, Market
from resource_hub.inventory.queries.kept import Kept
from resource_hub.inventory.queries.publishing import batches

_kept: Kept["Hidden"] = Kept()
# Through these a record hangs on a place, or on something that does.
_LEADS = {
    "location_id": "location",
    "service_at_location_id": "service_at_location",
    "contact_id": "contact",
    "phone_id": "phone",
}


@dataclass(frozen=True)
class Hidden:
    """Confidential locations, the services there, and by table the records that hang on either and on no service."""

    records: Mapping[str, frozenset[str]]

    def has(self, table: str, record_id: object) -> bool:
        """Tell whether a record is one of them."""
        return record_id in self.records.get(table, ())

    def leads(self, record: Mapping[str, object]) -> list[str]:
        """Return the columns through which a record hangs on one of them."""
        return [column for column, table in _LEADS.items() if column in record and self.has(table, record[column])]


NOTHING = Hidden({})


def hidden_of(session: Session, market: Market, tables: Mapping[str, Table]) -> Hidden:
    """Return what leads to the confidential places of a market, kept until its inventory changes."""
    return _kept.get(session, market, lambda: _find(session, market.id, tables))


def _find(session: Session, market_id: str, tables: Mapping[str, Table]) -> Hidden:
    places = session.scalars(select(Location.id).where(Location.market_id == market_id, Location.confidential))
    records = {"location": frozenset(places)}
    if not records["location"]:
        return NOTHING
    # A table comes after those that it refers to, so what hangs on what hangs on a place is found too.
    for name, table in tables.items():
        if name != "location":
            records[name] = frozenset(_hanging(session, table, records))
    return Hidden(records)


def _hanging(session: Session, table: Table, records: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for column, target in _LEADS.items():
        if column in table.c:
            for some in batches(records.get(target, ())):
                query = select(table.c.id).where(table.c[column].in_(some))
                if table.name != "service_at_location" and "service_id" in table.c:
                    # A number that names a service is that service's, also where it names the place besides.
                    query = query.where(table.c.service_id.is_(None))
                yield from session.scalars(query)
