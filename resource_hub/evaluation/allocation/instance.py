"""Reads an instance: places with their room, the cases of an earlier time, and those that arrive now."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from resource_hub.core.errors import Fault, Invalid
from resource_hub.matching.values.allocation import Cases
from resource_hub.matching.values.columns import Floats

MOST_FAULTS = 20
MOST = 1e12


class BadInstance(Invalid):
    """A file is not an instance; each fault names where and how to mend it."""

    code = "bad_instance"


@dataclass(frozen=True)
class Instance:
    """Units of room at each place, the cases of the past and those that arrive, in their order."""

    places: tuple[str, ...]
    room: Floats
    history: Cases
    arrivals: Cases


def read(file: Path) -> Instance:
    """Read a file; refuses one that is no JSON or no instance, with what is wrong where."""
    try:
        found: object = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _refused([Fault(file.name, "unreadable", "The file cannot be read; check the path.")]) from error
    except (ValueError, RecursionError) as error:
        raise _refused([Fault(file.name, "unreadable", "Write JSON in UTF-8.")]) from error
    return from_document(found)


def from_document(document: object) -> Instance:
    """Make an instance from a parsed file."""
    if not isinstance(document, Mapping):
        raise _refused([Fault("the file", "invalid", 'Write {"places": …, "history": […], "arrivals": […]}.')])
    faults = [*_in_places(document.get("places")), *_in_cases(document, "history"), *_in_cases(document, "arrivals")]
    if faults:
        raise _refused(faults)
    places = document["places"]
    names = tuple(places)
    room = np.array([float(places[name]) for name in names])
    return Instance(names, room, _cases(document.get("history", []), names), _cases(document["arrivals"], names))


def _in_places(places: object) -> Iterator[Fault]:
    if not isinstance(places, Mapping):
        yield Fault("places", "missing", 'Write the places with their room: {"id": capacity}.')
        return
    for name, room in places.items():
        if not _number(room) or room < 0:
            yield Fault(f"places.{name}", "invalid", "Write the room as a number from 0.")


def _in_cases(document: Mapping[str, object], part: str) -> Iterator[Fault]:
    cases = document.get(part, [] if part == "history" else None)
    if not isinstance(cases, list):
        yield Fault(part, "missing", 'Write a list of cases: [{"size": 1, "weights": {"id": value}}].')
        return
    places = document.get("places")
    known = places if isinstance(places, Mapping) else {}
    for number, case in enumerate(cases):
        yield from _in_case(case, known, f"{part}[{number}]")


def _in_case(case: object, known: Mapping[str, object], where: str) -> Iterator[Fault]:
    if not isinstance(case, Mapping) or not isinstance(case.get("weights"), Mapping):
        yield Fault(where, "invalid", 'Write a case as {"size": 1, "weights": {"id": value}}.')
        return
    size = case.get("size", 1)
    if not _number(size) or size <= 0:
        yield Fault(f"{where}.size", "invalid", "Write the size as a number above 0.")
    for name, value in case["weights"].items():
        if name not in known:
            yield Fault(f"{where}.weights.{name}", "unknown", "There is no such place; add it to places, or remove it.")
        elif not _number(value):
            yield Fault(f"{where}.weights.{name}", "invalid", "Write the value as a number.")


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -MOST < value < MOST


def _refused(faults: list[Fault]) -> BadInstance:
    left = len(faults) - MOST_FAULTS
    more = [Fault("the file", "invalid", f"{left} more like these.")] if left > 0 else []
    return BadInstance("The instance is wrong.", faults=(*faults[:MOST_FAULTS], *more))


def _cases(cases: list[Mapping[str, Mapping[str, float]]], names: tuple[str, ...]) -> Cases:
    column = {name: number for number, name in enumerate(names)}
    worth = np.full((len(cases), len(names)), -np.inf)
    for row, case in enumerate(cases):
        for name, value in case["weights"].items():
            worth[row, column[name]] = value
    return Cases(worth, np.array([case.get("size", 1) for case in cases], dtype=np.float64))
