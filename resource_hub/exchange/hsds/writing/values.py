"""What to export, and how."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

# Goes through what is written, one part after the other, to show progress.
Watch = Callable[[Iterable[Any]], Iterable[Any]]


class Format(StrEnum):
    """A data package of CSV tables, one JSON document, or one JSON object in each line."""

    DATAPACKAGE = "datapackage"
    JSON = "json"
    NDJSON = "ndjson"


@dataclass(frozen=True)
class Request:
    """A market to export to a path. `force` replaces what an export wrote there before."""

    path: Path
    market: str
    format: Format
    include_confidential: bool = False
    force: bool = False
