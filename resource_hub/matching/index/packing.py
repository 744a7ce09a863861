"""Takes a value apart into plain JSON and arrays, and puts it together again. Only the classes named here are made."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from resource_hub.matching.index.table import Combinations, Index, Postings
from resource_hub.matching.values.columns import (
    Areas,
    Columns,
    Condition,
    Documents,
    Eligibility,
    Exceptions,
    Extent,
    Hours,
    Languages,
    Profiles,
)
from resource_hub.matching.values.listings import Listings

_MADE: Mapping[str, type[Any]] = {
    made.__name__: made
    for made in (
        *(Index, Postings, Combinations, Columns, Profiles, Areas, Extent, Eligibility, Condition),
        *(Hours, Exceptions, Languages, Documents, Listings),
    )
}
_LISTINGS = ("text", "ends", "rows")

Array = np.ndarray[Any, Any]


def taken_apart(value: Any, arrays: list[Array]) -> Any:
    """Return a value as JSON; its arrays are appended to `arrays` and stand in it by their number."""
    if isinstance(value, np.ndarray):
        arrays.append(np.ascontiguousarray(value))
        return {"array": len(arrays) - 1}
    if is_dataclass(value) or isinstance(value, Listings):
        names = _LISTINGS if isinstance(value, Listings) else [part.name for part in fields(value)]
        parts = {name: taken_apart(getattr(value, name), arrays) for name in names}
        return {"made": type(value).__name__, "of": parts}
    if isinstance(value, tuple):
        return {"tuple": [taken_apart(part, arrays) for part in value]}
    if isinstance(value, Mapping):
        return {"mapping": [[taken_apart(key, arrays), taken_apart(part, arrays)] for key, part in value.items()]}
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def put_together(plain: Any, arrays: list[Array]) -> Any:
    """Return the value; refuses with KeyError, IndexError or TypeError what was not written by `taken_apart`."""
    if not isinstance(plain, dict):
        return plain
    if "array" in plain:
        return arrays[plain["array"]]
    if "tuple" in plain:
        return tuple(put_together(part, arrays) for part in plain["tuple"])
    if "mapping" in plain:
        return {put_together(key, arrays): put_together(part, arrays) for key, part in plain["mapping"]}
    parts = {name: put_together(part, arrays) for name, part in plain["of"].items()}
    return _MADE[plain["made"]](**parts)
