"""How rows refer to each other: references that lead nowhere, rows that belong to nothing, circles of parents."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.lint.reading.sheets import Cells
from resource_hub.exchange.hsds.lint.values import Remark
from resource_hub.exchange.hsds.values import Field, Table

# Whose rows are about something else, which one of several columns names.
DETAILS = frozenset(
    {
        "accessibility", "address", "contact", "funding", "language", "phone", "required_document", "schedule",
        "service_area", "url",
    }
)  # fmt: skip
# Whose rows stand alone, so that something must use them.
USED = {"location": "service", "organization": "service", "unit": "capacity"}
_LINKS = {"attribute": ("link_entity", "link_id"), "metadata": ("resource_type", "resource_id")}

Ids = Mapping[str, Mapping[str, int]]


class Keys:
    """Checks the references of each row against the ids there are, and remembers what is used.

    `unread` names tables that could not be read to their end: an id that is not there may be in the rest.
    """

    def __init__(self, ids: Ids, unread: frozenset[str] = frozenset()) -> None:
        self._ids = ids
        self._unread = unread
        self._used: dict[str, set[str]] = {name: set() for name in USED}
        self._parents: dict[str, dict[str, str]] = {}

    def check(self, table: Table, cells: Cells) -> Iterator[Remark]:
        """Check the references of a row."""
        owned = False
        for field in references(table.name):
            value = cells.get(field.name)
            if value:
                owned = True
                yield from self._check_reference(table, field, value, cells)
        if table.name in DETAILS and not owned:
            columns = ", ".join(field.name for field in references(table.name))
            yield Remark("no_owner", "id", f"The row belongs to nothing. Fill in one of: {columns}.")
        if table.name in _LINKS:
            yield from self._check_link(*_LINKS[table.name], cells)

    def _check_reference(self, table: Table, field: Field, value: str, cells: Cells) -> Iterator[Remark]:
        if field.of == table.name:
            self._parents.setdefault(table.name, {})[cells.get("id", "")] = value
        if field.of in self._used:
            self._used[field.of].add(value)
        if table.name == "location" and field.of == "organization":
            self._used["location"].add(cells.get("id", ""))
        if value in self._ids.get(field.of, {}) or field.of in self._unread:
            return
        file = standard.tables()[field.of].file
        if field.of == table.name:
            text = f"No row of {file} has this id. Add the parent, or leave it out."
            yield Remark("parent_missing", field.name, text)
        else:
            text = f"No row of {file} has this id. Add the row, or correct the id."
            yield Remark("broken_reference", field.name, text)

    def _check_link(self, entity: str, column: str, cells: Cells) -> Iterator[Remark]:
        name, value = cells.get(entity, ""), cells.get(column, "")
        if name and name not in standard.tables():
            yield Remark("link_missing", entity, "HSDS has no table of this name. Write its name in the singular.")
        elif name and value and value not in self._ids.get(name, {}) and name not in self._unread:
            text = f"No row of {standard.tables()[name].file} has this id. Add the row, or correct the id."
            yield Remark("link_missing", column, text)

    def unused(self) -> Iterator[tuple[str, int, Remark]]:
        """Return the rows that nothing refers to and that belong to nothing: table, row, remark."""
        # What could not be read might use them.
        for name, user in USED.items() if not self._unread else ():
            for identity, row in self._ids.get(name, {}).items():
                if identity not in self._used[name]:
                    text = f"No {user} refers to this {name}. Let one refer to it, or leave it out."
                    yield name, row, Remark("unused", "id", text)

    def circles(self) -> Iterator[tuple[str, int, Remark]]:
        """Return the rows whose parents lead back to them: table, row, remark."""
        for name, parents in self._parents.items():
            for identity in sorted(_in_circles(parents)):
                text = "Its parents lead back to itself. Correct one of them."
                field = next(field.name for field in references(name) if field.of == name)
                yield name, self._ids[name].get(identity, 0), Remark("parent_circle", field, text)


@lru_cache(maxsize=64)
def references(name: str) -> tuple[Field, ...]:
    """Return a table's columns that hold the id of another row."""
    return tuple(field for field in standard.tables()[name].columns if field.of)


def _in_circles(parents: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    done: set[str] = set()
    for start in parents:
        path: dict[str, int] = {}
        one = start
        while one in parents and one not in done and one not in path:
            path[one] = len(path)
            one = parents[one]
        if one in path:
            found |= {name for name, place in path.items() if place >= path[one]}
        done |= set(path)
    return found
