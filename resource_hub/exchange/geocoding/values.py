"""What is asked of a geocoder, and what became of it."""

from collections import Counter
from dataclasses import dataclass, field

from resource_hub.core.geography import Point


@dataclass(frozen=True)
class Wanted:
    """A location without a point of its own, and the address that is asked for."""

    location_id: str
    address: str
    postal_code: str
    state: str


@dataclass(frozen=True)
class Answer:
    """What is known of a wanted address. `asked` is true where the geocoder was asked just now."""

    wanted: Wanted
    point: Point | None
    asked: bool


@dataclass(frozen=True)
class Refusal:
    """An answer that cannot be right."""

    location_id: str
    code: str
    text: str


@dataclass
class Summary:
    """How many locations were found, stand at the centre of their ZIP Code, or stay without a point."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)
