"""What a package is made of: the names that its `datapackage.json` gives to files, and whether its tables are HSDS."""

import json
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Any

from resource_hub.exchange.hsds.reading.layout import table_of
from resource_hub.exchange.tabular.errors import bad_file
from resource_hub.exchange.tabular.packages import TABLE, Package
from resource_hub.exchange.tabular.tables import Table

DESCRIPTION = "datapackage.json"
_LARGEST = 5_000_000
_OHANA = frozenset({"categories", "mail_addresses", "categories_services"})
_LINKS = frozenset({"service_at_location", "service_taxonomy", "service_attribute"})
_OLDER = frozenset({"physical_address", "postal_address", "accessibility_for_disabilities", "payment_accepted"})


def renamed(package: Package, tables: Mapping[str, Table]) -> dict[str, Table]:
    """Return tables under the names that the package's description gives them; refuses one that is no description."""
    names = _resource_names(package)
    return {names.get(name, name): table for name, table in tables.items()}


def are_hsds(package: Package, tables: Mapping[str, Table]) -> bool:
    """Tell whether tables are laid out as HSDS has them, of any version; else they are Ohana's."""
    if DESCRIPTION in package:
        return True
    found = {table_of(name) for name in tables}
    services = next((tables[name] for name in ("services", "service") if name in tables), Table(""))
    alone = "organization_id" in services.columns and "location_id" not in services.columns
    return not _OHANA & set(tables) and bool(alone or found & (_LINKS | _OLDER) or "organization" in tables)


def describe_services(tables: Collection[str]) -> bool:
    """Tell whether there is a table of organizations or services among some."""
    return bool({table_of(name) for name in tables} & {"organization", "service", "location", "taxonomy_term"})


def _resource_names(package: Package) -> dict[str, str]:
    if DESCRIPTION not in package:
        return {}
    try:
        with package[DESCRIPTION].open() as file:
            described: Any = json.loads(file.read(_LARGEST))
        resources = [(one["name"], one.get("path", "")) for one in described["resources"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        text = "This is no description of a data package. Mend it, or leave it out."
        raise bad_file(DESCRIPTION, "bad_description", text) from error
    return {
        PurePosixPath(str(path)).name.lower().removesuffix(TABLE): str(name)
        for name, path in resources
        if table_of(str(name)) and isinstance(path, str)
    }
