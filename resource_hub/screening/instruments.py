"""The instruments that come with the code, one JSON file each in `seed/instruments/`."""

import json
from functools import lru_cache
from pathlib import Path

from resource_hub.core.errors import Fault
from resource_hub.core.paths import bundled
from resource_hub.screening.errors import BadInstrument, NoSuchInstrument
from resource_hub.screening.rules.reading import read_instrument
from resource_hub.screening.values import Instrument

SHORT_SCREENER = "short-screener"
LARGEST_FILE = 2_000_000


def names() -> tuple[str, ...]:
    """Return the names of the instruments there are."""
    return tuple(sorted(file.stem for file in folder().glob("*.json")))


@lru_cache(maxsize=32)
def load(name: str) -> Instrument:
    """Return an instrument by its name; refuses with no_such_instrument, or bad_instrument naming the place."""
    return read_file(_file(name))


@lru_cache(maxsize=32)
def definition(name: str) -> dict[str, object]:
    """Return an instrument's file as it is stored beside the answers; refuses as `load` does."""
    found = read_json(_file(name))
    return found if isinstance(found, dict) else {}


def read_file(path: Path) -> Instrument:
    """Return the instrument of a file whose name it bears; refuses with bad_instrument."""
    document = read_json(path)
    try:
        instrument = read_instrument(document)
    except BadInstrument as error:
        raise _at(path, error.faults) from error
    if instrument.name != path.stem:
        raise _at(path, (Fault("name", "invalid", f"Write {path.stem}, the name of the file."),))
    return instrument


def read_json(path: Path) -> object:
    """Return what a JSON file of at most two megabytes holds; refuses with bad_instrument."""
    if path.stat().st_size > LARGEST_FILE:
        raise _at(path, (Fault("the file", "too_large", f"Use at most {LARGEST_FILE} bytes."),))
    try:
        found: object = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _at(path, (Fault("the file", "not_json", "Write JSON in UTF-8."),)) from error
    return found


def folder() -> Path:
    """Return where the instruments lie."""
    return bundled("seed") / "instruments"


def _file(name: str) -> Path:
    if name not in names():
        raise NoSuchInstrument(f"There is no instrument with this name. Use one of: {', '.join(names())}.")
    return folder() / f"{name}.json"


def _at(path: Path, faults: tuple[Fault, ...]) -> BadInstrument:
    placed = tuple(Fault(f"{path.name}: {fault.field}", fault.code, fault.text) for fault in faults)
    return BadInstrument(" ".join(f"{fault.field}: {fault.text}" for fault in placed), faults=placed)
