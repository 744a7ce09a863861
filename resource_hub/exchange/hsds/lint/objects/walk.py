"""Every object of the standard that stands in an object, with its path."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.lint.values import Record, Remark
from resource_hub.exchange.hsds.values import Table

DEEPEST = 16
# What answers of an API hold beside the fields of the tables.
ALSO: Mapping[str, Mapping[str, str]] = {
    "organization": {"services": "service"},
    "service_at_location": {"service": "service"},
}
# What the UK profile adds.
ALSO_UK: Mapping[str, Mapping[str, str]] = {"taxonomy": {"taxonomy_terms": "taxonomy_term"}}


@dataclass(frozen=True, slots=True)
class Spot:
    """A record with its path, and what was seen on the way to it."""

    record: Record
    where: str
    remarks: tuple[Remark, ...]


def walk(
    table: Table, values: Mapping[str, object], where: str, also: Mapping[str, Mapping[str, str]], depth: int = 0
) -> Iterator[Spot]:
    """Return an object and every object in it. What stands too deep is said, and not entered."""
    record = Record(table, values, tabular=False)
    below = [(name, of, value) for name, of, value in _nested(table, values, also) if value]
    remarks = [*_mismatches(table, values, below), *_repeated(below)]
    if depth == DEEPEST and below:
        remarks.append(Remark("wrong_type", "", "Objects stand in each other too deep. Leave out the inner ones."))
    yield Spot(record, where, tuple(remarks))
    if depth < DEEPEST:
        for name, of, value in below:
            inner = standard.tables()[of]
            for place, one in _objects(value):
                yield from walk(inner, one, f"{where}.{name}{place}".lstrip("."), also, depth + 1)


def _nested(
    table: Table, values: Mapping[str, object], also: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str, object]]:
    added = also.get(table.name, {})
    for name, value in values.items():
        field = table.fields.get(name)
        if field is not None and field.nested:
            yield name, field.of, value
        elif name in added:
            yield name, added[name], value


def _objects(value: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    if isinstance(value, dict):
        yield "", value
    elif isinstance(value, list):
        for number, one in enumerate(value):
            if isinstance(one, dict):
                yield f"[{number}]", one


def _mismatches(table: Table, values: Mapping[str, object], below: list[tuple[str, str, object]]) -> Iterator[Remark]:
    own = values.get("id")
    for name, of, value in below:
        said = values.get(f"{name}_id")
        for _, one in _objects(value):
            if isinstance(value, dict) and said and "id" in one and said != one["id"]:
                text = f"{name}_id is not the id of the {name} that stands here. Correct one of them."
                yield Remark("nested_mismatch", f"{name}_id", text)
            back = one.get(f"{table.name}_id")
            if (
                isinstance(value, list)
                and back
                and own
                and back != own
                and f"{table.name}_id" in standard.tables()[of].fields
            ):
                text = f"It stands in one {table.name} and names another. Correct its {table.name}_id."
                yield Remark("nested_mismatch", f"{name}.{table.name}_id", text)


def _repeated(below: list[tuple[str, str, object]]) -> Iterator[Remark]:
    for name, _, value in below:
        ids = [one["id"] for _, one in _objects(value) if isinstance(one.get("id"), str)]
        if isinstance(value, list) and len(set(ids)) < len(ids):
            yield Remark("duplicate_id", f"{name}.id", "Two of these have the same id. Each needs one of its own.")
