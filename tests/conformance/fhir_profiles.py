"""A structural check of FHIR records against the snapshots of a guide: how often, fixed values, patterns, slices."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]


def snapshot(folder: Path, name: str) -> list[Json]:
    """Return the elements of a profile."""
    document = json.loads((folder / f"StructureDefinition-{name}.json").read_text(encoding="utf-8"))
    found: list[Json] = document["snapshot"]["element"]
    return found


def faults(record: Json, elements: list[Json]) -> list[str]:
    """Return what a record does otherwise than the elements of its profile say."""
    return [fault for element in elements for fault in _faults(record, element, elements)]


def _faults(record: Json, element: Json, elements: list[Json]) -> Iterator[str]:
    parent, _, name = element["path"].partition(".")[2].rpartition(".")
    if not name or _inside_slice(element):
        return
    for holder in _at(record, parent.split(".") if parent else []):
        values = _values(holder, name)
        if slice_name := element.get("sliceName"):
            pattern = _pattern(element, elements)
            values = [one for one in values if pattern is None or _holds(pattern, one)]
            if pattern is None:
                continue
            name = f"{name}:{slice_name}"
        most = element["max"]
        if len(values) < element["min"]:
            yield f"{element['id']}: {len(values)} of at least {element['min']}"
        if most != "*" and len(values) > int(most):
            yield f"{element['id']}: {len(values)} of at most {most}"
        if "sliceName" not in element:
            yield from (f"{element['id']}: not as fixed" for one in values if not _is_fixed(element, one))


def _inside_slice(element: Json) -> bool:
    return ":" in element["id"].rpartition(".")[0]


def _pattern(element: Json, elements: list[Json]) -> Any:
    """Return the pattern of a slice, its own or that of an element in it; None for one that has none (by value set)."""
    for key, value in element.items():
        if key.startswith(("pattern", "fixed")):
            return value
    inner: Json = {}
    for other in elements:
        if other["id"].startswith(f"{element['id']}.") and other["id"].count(".") == element["id"].count(".") + 1:
            inner |= {
                other["id"].rpartition(".")[2]: value
                for key, value in other.items()
                if key.startswith(("pattern", "fixed"))
            }
    return inner or None


def _is_fixed(element: Json, value: Any) -> bool:
    return all(
        _holds(wanted, value) if key.startswith("pattern") else value == wanted
        for key, wanted in element.items()
        if key.startswith(("pattern", "fixed"))
    )


def _holds(pattern: Any, value: Any) -> bool:
    if isinstance(pattern, dict):
        return isinstance(value, dict) and all(key in value and _holds(one, value[key]) for key, one in pattern.items())
    if isinstance(pattern, list):
        return isinstance(value, list) and all(any(_holds(one, other) for other in value) for one in pattern)
    return bool(pattern == value)


def _at(record: Any, path: list[str]) -> Iterator[Any]:
    if not path:
        yield record
        return
    for value in _values(record, path[0]):
        yield from _at(value, path[1:])


def _values(holder: Any, name: str) -> list[Any]:
    if not isinstance(holder, dict):
        return []
    if name.endswith("[x]"):
        stem = name.removesuffix("[x]")
        return [value for key, value in holder.items() if key.startswith(stem) and key[len(stem) :][:1].isupper()]
    value = holder.get(name, [])
    return value if isinstance(value, list) else [value]
