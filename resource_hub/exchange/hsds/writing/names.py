"""Under which id a record is known outside: the UUID that its source gave it, else ours."""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy.orm import Session

from resource_hub.exchange.hsds.writing.fields import plan
from resource_hub.exchange.hsds.writing.tables import published
from resource_hub.inventory.queries.publishing import Record, public_ids


def ours(table: str, record_id: str) -> str:
    """Return our own id, which no other record of any market has."""
    return record_id


def names_of(session: Session, records: Mapping[str, Iterable[Record]]) -> "Names":
    """Return the public ids of some records and of all that they refer to."""
    known = {table: {str(one["id"]): str(one["public_id"]) for one in some} for table, some in records.items()}
    wanted: dict[str, set[str]] = {}
    for table, some in records.items():
        for target, record_id in _references(table, some):
            if record_id not in known.get(target, ()):
                wanted.setdefault(target, set()).add(record_id)
    for table, ids in wanted.items():
        if table in published():
            known.setdefault(table, {}).update(public_ids(session, published()[table], ids))
    return Names(known)


def _references(table: str, records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    for writing in plan(table):
        if writing.target or writing.target_in:
            for record in records:
                if record.get(writing.stored) is not None:
                    yield writing.target or str(record[writing.target_in]), str(record[writing.stored])


class Names:
    """Public ids by table and our id; what is not there is called as it calls itself."""

    def __init__(self, known: Mapping[str, Mapping[str, str]]) -> None:
        self._known = known

    def __call__(self, table: str, record_id: str) -> str:
        """Return the public id."""
        return self._known.get(table, {}).get(record_id, record_id)
