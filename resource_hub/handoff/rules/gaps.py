"""Where a need has no answer: what a cell of needs × areas means, and how few people are never counted aloud."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

# A count of people below this is not shown.
FEWEST_SHOWN = 11


class Unsuitable(StrEnum):
    """Why nothing suitable exists for a person's need."""

    NOTHING_LISTED = "nothing_listed"
    TOO_FAR = "too_far"
    NOT_ELIGIBLE = "not_eligible"
    NO_ROOM = "no_room"
    WRONG_TIMES = "wrong_times"
    LANGUAGE = "language"
    COST = "cost"
    OTHER = "other"


class Answered(StrEnum):
    """How a need is answered in an area: not at all, only by services without room, by one service, or by several."""

    HOLE = "hole"
    FULL = "full"
    ONE = "one"
    SOME = "some"


@dataclass(frozen=True)
class Cell:
    """Active services that answer a need in an area, and of those the ones that have room, or are known to be full."""

    services: int = 0
    with_room: int = 0
    full: int = 0

    @property
    def answered(self) -> Answered:
        """What the cell means."""
        if not self.services:
            return Answered.HOLE
        if self.full == self.services:
            return Answered.FULL
        return Answered.ONE if self.services == 1 else Answered.SOME


@dataclass(frozen=True)
class GapRow:
    """One need: its cells by area, services that need no place, and how many looked in vain (None: too few to say)."""

    need: str
    cells: tuple[Cell, ...]
    anywhere: Cell
    searches: int | None
    unmet: int | None
    reasons: tuple[tuple[str, int], ...]

    @property
    def holes(self) -> int:
        """In how many areas nothing answers the need."""
        return sum(cell.answered is Answered.HOLE for cell in self.cells)


@dataclass(frozen=True)
class GapTable:
    """Needs × areas of a market."""

    areas: tuple[str, ...]
    rows: tuple[GapRow, ...]
    days: int


@dataclass(frozen=True)
class Offer:
    """A service that answers a need in some areas; without any it is reached from everywhere."""

    service_id: str
    need: str
    areas: frozenset[str]
    room: bool | None


def shown_count(people: int) -> int | None:
    """Return a count of people, or None where it is so small that it could tell who they are; nobody is 0."""
    return None if 0 < people < FEWEST_SHOWN else people


def cells_of(offers: Iterable[Offer], areas: tuple[str, ...], needs: Iterable[str]) -> Mapping[tuple[str, str], Cell]:
    """Return the cell of each need and area; the area "" holds what is reached from everywhere."""
    rooms: dict[tuple[str, str], dict[str, bool | None]] = {(need, area): {} for need in needs for area in (*areas, "")}
    for offer in offers:
        for area in offer.areas or {""}:
            services = rooms.get((offer.need, area))
            if services is not None:
                before = services.get(offer.service_id, False)
                services[offer.service_id] = (
                    True if True in {before, offer.room} else offer.room if offer.room is None else before
                )
    return {key: _cell(services) for key, services in rooms.items()}


def _cell(services: Mapping[str, bool | None]) -> Cell:
    known = list(services.values())
    return Cell(len(known), known.count(True), known.count(False))
