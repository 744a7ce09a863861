"""A market as an HSDS data package: one CSV file for each table of the standard, and their description."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import IO

from sqlalchemy.orm import Session

from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.writing.fields import Names, values_of
from resource_hub.exchange.hsds.writing.market import batches_of
from resource_hub.exchange.hsds.writing.names import names_of
from resource_hub.exchange.hsds.writing.package import descriptor
from resource_hub.exchange.hsds.writing.sinks import Open
from resource_hub.exchange.hsds.writing.tables import published
from resource_hub.exchange.hsds.writing.values import Watch
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries.hidden import Hidden
from resource_hub.inventory.queries.publishing import Record, records_with

DESCRIPTOR = "datapackage.json"
NAMES = frozenset({DESCRIPTOR, *(table.file for table in standard.tables().values())})


def write_package(session: Session, market: Market, hidden: Hidden, opened: Open, watch: Watch) -> None:
    """Write every table, also one without rows, and the description of all of them."""
    with opened(DESCRIPTOR) as file:
        document = descriptor(published())
        file.write((json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())
    for table, about in standard.tables().items():
        with opened(about.file) as file:
            _write_table(session, file, table, watch(batches_of(session, market, table, hidden)))


def _write_table(session: Session, file: IO[bytes], table: str, batches: Iterable[list[Record]]) -> None:
    file.write(_lines([[field.name for field in standard.tables()[table].columns]]))
    for batch in batches:
        records = list(_placed(session, table, batch))
        names = names_of(session, {table: records})
        file.write(_lines(_cells(table, record, names) for record in records))


def _cells(table: str, record: Record, names: Names) -> list[object]:
    return ["" if value is None else value for value in values_of(table, record, names).values()]


def _lines(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _placed(session: Session, table: str, batch: list[Record]) -> Iterator[Record]:
    """Leave out services at no location, for which the tables have no row; what hangs on one hangs on its service."""
    if table == "service_at_location":
        yield from (record for record in batch if record["location_id"] is not None)
        return
    column = "link_id" if table == "attribute" else "service_at_location_id"
    places = {str(record[column]) for record in batch if record.get(column)}
    there = records_with(session, published()["service_at_location"], "id", places)
    services = {record["id"]: record["service_id"] for record in there if record["location_id"] is None}
    for record in batch:
        service = services.get(record.get(column))
        if service is None:
            yield record
        elif table == "attribute":
            yield {**record, "link_id": service, "link_entity": "service"}
        else:
            yield {**record, column: None, "service_id": record["service_id"] or service}
