"""Where the lot put a row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lot:
    """A place among `equals` that are about equally good, and the chance of this place or a higher one."""

    place: int = 1
    equals: int = 1
    propensity: float = 1.0
