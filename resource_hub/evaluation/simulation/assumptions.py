"""What the simulated market rests on: ranges with their sources, and one draw from them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import numpy as np

from resource_hub.core.paths import bundled

T = TypeVar("T")

CURRENT = bundled("seed") / "simulation" / "2026-11.toml"


@dataclass(frozen=True)
class Range:
    """From where to where a number may lie, and why: a published source, or that it is assumed."""

    low: float
    high: float
    why: str
    published: bool


@dataclass(frozen=True)
class Size:
    """How large one simulated market is, in services, people, days and tries."""

    services: int
    people_a_week: float
    weeks: int
    before_days: int
    follow_days: int
    tries: int
    in_time_days: int

    @property
    def days(self) -> int:
        """How many days there are, from the first arrival to the last follow-up."""
        return self.weeks * 7 + self.follow_days


@dataclass(frozen=True)
class NeedKind:
    """How often a need arises, as a share of all, and whether its places are scarce."""

    code: str
    share: float
    scarce: bool


@dataclass(frozen=True)
class People:
    needs_each: float
    wants_help: float
    rural: float
    no_car_city: float
    no_car_rural: float
    little_english: float
    has_id: float
    told: float
    reached: float
    reach_spread: float


@dataclass(frozen=True)
class Listings:
    main_holds: float
    also_holds: float
    checked_days: float
    hours_wrong: float
    listing_wrong: float
    phone_wrong: float
    address_wrong: float
    eligibility_wrong: float
    ageing: float
    checked_a_week: float
    rules: float
    approved: float
    guessed_wrong: float
    only_near: float
    asks_id: float
    remote: float
    spanish: float
    languages_said: float


@dataclass(frozen=True)
class RoomAssumed:
    load_ample: float
    load_scarce: float
    days_ample: float
    days_scarce: float
    states: float
    stated_days: float
    stated_wrong: float
    counted: float
    waitlists: float


@dataclass(frozen=True)
class Answers:
    answered: float
    spread: float
    days: float
    notices: float
    tells_hours: float


@dataclass(frozen=True)
class Going:
    at_the_door: float
    distance: float
    without_car: float
    other_language: float
    by_phone: float
    turned_away: float
    comes_back: float


@dataclass(frozen=True)
class Waits:
    answer_due: float
    taken_up: float
    patience: float
    contact: float
    reach_due: float
    come_due: float


@dataclass(frozen=True)
class Assumed:
    """One value for each number that nobody knows."""

    people: People
    listings: Listings
    room: RoomAssumed
    answers: Answers
    going: Going
    waits: Waits


@dataclass(frozen=True)
class Assumptions:
    """A file of assumptions: the size of a market, its kinds of need, and the range of each number."""

    version: str
    size: Size
    needs: tuple[NeedKind, ...]
    ranges: Mapping[str, Mapping[str, Range]]

    def drawn(self, rng: np.random.Generator) -> Assumed:
        """Draw one value from each range, all values of a range as likely."""
        return Assumed(
            **{
                part.name: get_type_hints(Assumed)[part.name](
                    **{name: rng.uniform(span.low, span.high) for name, span in self.ranges[part.name].items()}
                )
                for part in fields(Assumed)
            }
        )


def read(file: Path = CURRENT) -> Assumptions:
    """Read a file of assumptions; a key that is missing or unknown is a `TypeError` or `KeyError` with its name."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return Assumptions(
        version=table["version"],
        size=Size(**table["market"]),
        needs=tuple(NeedKind(code, **kind) for code, kind in table["needs"].items()),
        ranges={part.name: {name: _range(line) for name, line in table[part.name].items()} for part in fields(Assumed)},
    )


def _range(line: Mapping[str, Any]) -> Range:
    published = "source" in line
    return Range(line["low"], line["high"], line["source" if published else "assumed"], published)
