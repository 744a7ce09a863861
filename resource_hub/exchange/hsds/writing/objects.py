"""Objects of HSDS, whole: each record with everything that the standard puts inside it.

Its own fields come first, then what stands inside, both in the standard's order.
A reference that the nesting says already is not repeated: a phone inside a location has no `location_id`.
"""

from collections.abc import Iterable
from functools import lru_cache

from resource_hub.exchange.hsds.writing.fields import Names, json_of, plan
from resource_hub.exchange.hsds.writing.gathering import Gathered
from resource_hub.exchange.hsds.writing.nesting import Nested, nested
from resource_hub.inventory.queries.publishing import Record

Object = dict[str, object]

# An organization inside a service lists its locations up to here; all of them are in the organization itself.
MOST_LOCATIONS = 100


class Writer:
    """Writes objects from records that were gathered; what stands in several places is made once.

    A `plain` writer leaves out lists: only what there is one of stands inside.
    """

    def __init__(self, gathered: Gathered, names: Names, *, plain: bool = False) -> None:
        self._gathered = gathered
        self._names = names
        self._plain = plain
        self._made: dict[tuple[str, str, str], Object] = {}

    def whole(self, table: str, record: Record, inside: str = "") -> Object:
        """Return an object with all that stands inside it; `inside` is the table of the object around it."""
        key = (table, str(record["id"]), inside)
        if key not in self._made:
            self._made[key] = self._make(table, record, inside)
        return self._made[key]

    def _make(self, table: str, record: Record, inside: str) -> Object:
        own = json_of(table, record, self._names)
        for name in _said_by_nesting(table, inside):
            own.pop(name, None)
        for part in _singles(table) if self._plain else nested(table):
            if part.table == inside and not part.many:
                continue
            value = self._many(part, table, record, inside) if part.many else self._one(part, table, record)
            if value:
                own[part.name] = value
                own.pop(part.column if not part.many else "", None)
        return own

    def _many(self, part: Nested, table: str, record: Record, inside: str) -> list[Object]:
        records = self._gathered.many(part, table, record)
        if (table, part.table, inside) == ("organization", "location", "service") and len(records) > MOST_LOCATIONS:
            return []
        return [self.whole(part.table, one, table) for one in records]

    def _one(self, part: Nested, table: str, record: Record) -> Object | None:
        one = self._gathered.one(part, record)
        if one is None:
            return None
        made = self.whole(part.table, one, table)
        if part.table == "program" and one["organization_id"] != record["organization_id"]:
            # Somebody else's program: nothing around it says whose.
            return {**made, "organization_id": self._names("organization", str(one["organization_id"]))}
        return made


@lru_cache(maxsize=64)
def _singles(table: str) -> tuple[Nested, ...]:
    return tuple(part for part in nested(table) if not part.many)


@lru_cache(maxsize=256)
def _said_by_nesting(table: str, inside: str) -> Iterable[str]:
    if not inside:
        return ()
    if table == "location":
        return ("organization_id",) if inside == "organization" else ()
    if table in {"organization", "taxonomy_term"}:
        # Their references are to their parents, which stand nowhere around them.
        return ()
    return [writing.field.name for writing in plan(table) if writing.target or writing.target_in]
