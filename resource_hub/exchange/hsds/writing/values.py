"""What to export, and how."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


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
