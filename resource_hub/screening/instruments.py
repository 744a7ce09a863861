"""The instruments that come with the code in `seed/instruments`, and the scoring of known panels in `seed/scoring`."""

import csv
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from resource_hub.core.errors import Fault
from resource_hub.core.paths import bundled
from resource_hub.screening.errors import BadInstrument, NoSuchInstrument
from resource_hub.screening.rules.packing import Pack
from resource_hub.screening.rules.reading import read_instrument
from resource_hub.screening.values import Instrument

SHORT_SCREENER = "short-screener"
LARGEST_FILE = 2_000_000


def names() -> tuple[str, ...]:
    """Return the names of the instruments that can be asked as they come."""
    return _stems("instruments")


def pack_names() -> tuple[str, ...]:
    """Return the names of the panels whose answers can be scored by code."""
    return _stems("scoring")


@lru_cache(maxsize=32)
def load(name: str) -> Instrument:
    """Return an instrument or a panel by its name; refuses with no_such_instrument, or bad_instrument."""
    return read_file(_file(name))


@lru_cache(maxsize=32)
def definition(name: str) -> dict[str, object]:
    """Return an instrument's file as it is stored beside the answers; refuses as `load` does."""
    found = read_json(_file(name))
    return found if isinstance(found, dict) else {}


def packs() -> tuple[Pack, ...]:
    """Return the scoring of all panels."""
    return tuple(Pack(definition(name), load(name)) for name in pack_names())


@lru_cache(maxsize=1)
def diagnoses() -> Mapping[str, str]:
    """Return what the ICD-10-CM codes that we suggest are called."""
    with (folder("scoring") / "icd10cm.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["description"] for row in csv.DictReader(file)}


def read_file(path: Path) -> Instrument:
    """Return the instrument of a file whose name it bears; refuses with bad_instrument."""
    document = read_json(path)
    try:
        instrument = read_instrument(document)
    except BadInstrument as error:
        raise _at(path.name, error.faults) from error
    if instrument.name != path.stem:
        raise _at(path.name, (Fault("name", "invalid", f"Write {path.stem}, the name of the file."),))
    return instrument


def read_json(path: Path) -> object:
    """Return what a JSON file of at most two megabytes holds; refuses with bad_instrument."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _at(path.name, (Fault("the file", "unreadable", "The file cannot be read."),)) from error
    return parse(content, path.name)


def parse(content: bytes, name: str) -> object:
    """Return what JSON of at most two megabytes holds; refuses with bad_instrument naming the file."""
    if len(content) > LARGEST_FILE:
        raise _at(name, (Fault("the file", "too_large", f"Use at most {LARGEST_FILE} bytes."),))
    try:
        found: object = json.loads(content.decode("utf-8-sig"))
    except ValueError as error:
        raise _at(name, (Fault("the file", "not_json", "Write JSON in UTF-8."),)) from error
    except RecursionError as error:
        raise _at(name, (Fault("the file", "too_large", "It is nested too deep."),)) from error
    return found


def folder(kind: str = "instruments") -> Path:
    """Return where the instruments, or the panels' scoring, lie."""
    return bundled("seed") / kind


def _stems(kind: str) -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in folder(kind).glob("*.json")))


def _file(name: str) -> Path:
    for kind in ("instruments", "scoring"):
        if name in _stems(kind):
            return folder(kind) / f"{name}.json"
    known = ", ".join((*names(), *pack_names()))
    raise NoSuchInstrument(f"There is no instrument with this name. Use one of: {known}, or one that was imported.")


def _at(name: str, faults: tuple[Fault, ...]) -> BadInstrument:
    placed = tuple(Fault(f"{name}: {fault.field}", fault.code, fault.text) for fault in faults)
    return BadInstrument(" ".join(f"{fault.field}: {fault.text}" for fault in placed), faults=placed)
