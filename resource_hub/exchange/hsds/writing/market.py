"""A market's records as everybody may see them, table by table."""

from collections.abc import Iterator
from itertools import islice

from sqlalchemy.orm import Session

from resource_hub.exchange.hsds.writing.redaction import shown
from resource_hub.exchange.hsds.writing.tables import published
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries.hidden import NOTHING, Hidden, hidden_of
from resource_hub.inventory.queries.publishing import BATCH, Record, records_in_order
from resource_hub.inventory.service import schema


def hidden_in(session: Session, market: Market, *, include_confidential: bool = False) -> Hidden:
    """Return what of a market is not for everybody."""
    return NOTHING if include_confidential else hidden_of(session, market, schema.tables())


def batches_of(session: Session, market: Market, table: str, hidden: Hidden) -> Iterator[list[Record]]:
    """Go through a market's records of a table in the order of their public ids, some at a time."""
    records = records_in_order(session, published()[table], market.id)
    while some := list(islice(records, BATCH)):
        yield [record for one in some if (record := shown(table, one, hidden)) is not None]
