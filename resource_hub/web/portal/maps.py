"""A small map of a list, drawn by the server: where the cards' numbers lie around the reader. North is up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

from resource_hub.core.geography import Point

SIDE, MARGIN, PIN = 320, 30, 26
_KM_A_DEGREE = 111.2
_KM_A_MILE = 1.609344
_MILES = (0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200)
# Where everything lies at one place, so much is shown around it.
_LEAST_KM = 1.0


@dataclass(frozen=True)
class Pin:
    """A card on the map, by its number; `x` and `y` in units of the picture."""

    number: int
    x: int
    y: int


@dataclass(frozen=True)
class Tiles:
    """The pictures under the wide map, and whom they are from; no address means none."""

    url: str
    credit: str


@dataclass(frozen=True)
class Drawn:
    """Pins, the reader's own place where it is known, and a bar of so many miles and so many units.

    `places` are the numbers with their latitude and longitude, and `around` is the reader's place, for the wide map.
    """

    pins: tuple[Pin, ...]
    here: tuple[int, int] | None
    miles: float
    bar: int
    places: tuple[tuple[int, float, float], ...] = ()
    around: tuple[float, float] | None = None


def drawn(ids: Sequence[str], points: Mapping[str, Point], here: Point | None) -> Drawn | None:
    """Draw the listings that have a place, numbered as the cards are; None where hardly anything could be seen."""
    placed = [(number, points[one]) for number, one in enumerate(ids, 1) if one in points]
    if not placed:
        return None
    everything = [point for _number, point in placed] + ([here] if here else [])
    west, south, wide = _frame(everything)
    scale = (SIDE - 2 * MARGIN) / wide
    across = _km_across(everything)

    def at(point: Point) -> tuple[int, int]:
        x = MARGIN + (point.longitude * across - west) * scale
        y = SIDE - MARGIN - (point.latitude * _KM_A_DEGREE - south) * scale
        return round(x), round(y)

    miles = max((one for one in _MILES if one * _KM_A_MILE <= wide / 2), default=_MILES[0])
    pins = _apart([Pin(number, *at(point)) for number, point in placed], [Pin(0, *at(here))] if here else [])
    places = tuple((number, round(point.latitude, 5), round(point.longitude, 5)) for number, point in placed)
    around = (round(here.latitude, 2), round(here.longitude, 2)) if here else None
    return Drawn(pins, at(here) if here else None, miles, round(miles * _KM_A_MILE * scale), places, around)


def _km_across(points: Sequence[Point]) -> float:
    """Return the kilometres of a degree of longitude in the middle of some points."""
    middle = sum(point.latitude for point in points) / len(points)
    return _KM_A_DEGREE * max(cos(radians(middle)), 0.01)


def _frame(points: Sequence[Point]) -> tuple[float, float, float]:
    """Return the west and south edge and the side, in kilometres, of a square that holds all points in its middle."""
    across = _km_across(points)
    xs, ys = [point.longitude * across for point in points], [point.latitude * _KM_A_DEGREE for point in points]
    wide = max(max(xs) - min(xs), max(ys) - min(ys), _LEAST_KM)
    return (max(xs) + min(xs) - wide) / 2, (max(ys) + min(ys) - wide) / 2, wide


def _apart(pins: Sequence[Pin], taken: Sequence[Pin]) -> tuple[Pin, ...]:
    """Move pins that would lie on one another beside the earlier one, so that every number can be read and pressed."""
    free = list(taken)
    for pin in pins:
        steps = (Pin(pin.number, pin.x + dx, pin.y + dy) for dx, dy in _AROUND)
        free.append(next((step for step in steps if _is_free(step, free)), pin))
    return tuple(free[len(taken) :])


def _is_free(pin: Pin, others: Sequence[Pin]) -> bool:
    inside = PIN / 2 <= pin.x <= SIDE - PIN / 2 and PIN / 2 <= pin.y <= SIDE - PIN / 2
    return inside and all(max(abs(pin.x - one.x), abs(pin.y - one.y)) >= PIN for one in others)


_AROUND = sorted(
    ((dx * PIN, dy * PIN) for dx in range(-3, 4) for dy in range(-3, 4)), key=lambda step: abs(step[0]) + abs(step[1])
)
