"""`datapackage.json`: what the CSV files of a package hold, in the words of Frictionless Data."""

from collections.abc import Iterable

from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.values import Field, Table

_FORMATS = frozenset({"uuid", "email", "uri"})


def descriptor(tables: Iterable[str]) -> dict[str, object]:
    """Return the description of a package that holds some tables.

    It names neither publisher nor licence: both are for its publisher to add, and the same data has the same package.
    """
    return {
        "profile": "tabular-data-package",
        "name": "human-services-directory",
        "hsds_version": standard.VERSION,
        "resources": [_resource(standard.tables()[table]) for table in tables],
    }


def _resource(table: Table) -> dict[str, object]:
    # A table that refers to itself is called "" there.
    keys = [
        {"fields": field.name, "reference": {"resource": "" if field.of == table.name else field.of, "fields": "id"}}
        for field in table.columns
        if field.of
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_described(field) for field in table.columns],
            "primaryKey": "id",
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _described(field: Field) -> dict[str, object]:
    constraints: dict[str, object] = {"required": field.tabular_required}
    if field.name == "id":
        constraints["unique"] = True
    if field.values:
        constraints["enum"] = list(field.values)
    described: dict[str, object] = {"name": field.name, "type": "date" if field.format == "date" else field.type}
    if field.format in _FORMATS:
        described["format"] = field.format
    return {**described, "constraints": constraints}
