"""The tables and fields of HSDS 3.2, read from `seed/hsds/fields.csv`."""

import csv
from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from resource_hub.core.paths import bundled
from resource_hub.exchange.hsds.values import Field, Table

VERSION = "3.2"
FILE = "hsds/fields.csv"

# Files are named after the table's plural; these are not.
_FILES = {
    "accessibility": "accessibility.csv",
    "funding": "funding.csv",
    "metadata": "metadata.csv",
    "service_at_location": "service_at_location.csv",
    "service_capacity": "service_capacity.csv",
    "taxonomy": "taxonomies.csv",
    "address": "addresses.csv",
    "url": "url.csv",
}


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Table]:
    """Return every table of the standard by its name, in the order of its data package."""
    with (bundled("seed") / FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        name: Table(name, _FILES.get(name, f"{name}s.csv"), {row["field"]: _field(row) for row in group})
        for name, group in groupby(rows, key=itemgetter("table"))
    }


def _field(row: Mapping[str, str]) -> Field:
    return Field(
        name=row["field"],
        type=row["type"],
        format=row["format"],
        required=row["required"] == "yes",
        tabular_required=row["tabular_required"] == "yes",
        values=tuple(row["values"].split("|")) if row["values"] else (),
        of=row["of"],
    )
