"""What to import, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from resource_hub.exchange.tabular.mapping.values import TableMapping
from resource_hub.inventory.values import Loaded


class Format(StrEnum):
    """How the tables of a directory are laid out."""

    AUTO = "auto"
    HSDS = "hsds"
    OHANA = "ohana"
    MAPPED = "mapped"


@dataclass(frozen=True)
class Request:
    """A directory to import; `skip_bad_rows` leaves out rows that cannot be stored instead of refusing them all.

    With a `mapping` the file is flat, and the mapping says which column is which field.
    """

    path: Path
    market: str
    format: Format = Format.AUTO
    skip_bad_rows: bool = False
    mapping: TableMapping | None = None


@dataclass(frozen=True)
class Report:
    """What an import did: the format it found, what became of each row, and whether it may stand."""

    format: Format
    loaded: Loaded
    refused: bool
