"""The candidates of a market as columns: one row per service_at_location, long tables for what a row has many of.

Days are proleptic ordinals (`date.toordinal`), times are minutes after local midnight, NaN is unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resource_hub.core.codes import FactValue
from resource_hub.inventory.values import FactKind

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Words = NDArray[np.uint64]

FACT_KINDS = tuple(FactKind)


@dataclass(frozen=True)
class Listing:
    """What a row is called."""

    service_at_location_id: str
    service_id: str
    organization_id: str
    name: str
    organization: str


@dataclass(frozen=True)
class Extent:
    """An area served: `kind` is state, county, postal_code or nation; any other kind is words that cannot be tested."""

    kind: str
    name: str


@dataclass(frozen=True)
class Areas:
    """Long table: row `row` serves the area `extents[which]`."""

    extents: tuple[Extent, ...]
    row: Ints
    which: Ints


@dataclass(frozen=True)
class Condition:
    """One eligibility rule, as often as it occurs in a market written once. What is not `approved` never excludes."""

    fact: str
    operator: str
    value: FactValue | tuple[FactValue, ...]
    approved: bool


@dataclass(frozen=True)
class Eligibility:
    """Long table of rules: rule `conditions[which]` belongs to an alternative, each alternative to a row.

    `in_words` marks rows whose conditions are written in words that nobody has turned into rules.
    """

    conditions: tuple[Condition, ...]
    which: Ints
    alternative: Ints
    alternative_row: Ints
    in_words: Bools


@dataclass(frozen=True)
class Exceptions:
    """Long table of dated exceptions; `opens` is -1 where the day is closed."""

    row: Ints
    day: Ints
    opens: Ints
    closes: Ints


@dataclass(frozen=True)
class Hours:
    """Long table of opening rules, one line per weekday (0 is Monday, -1 any) or day of the month (0 any).

    `nth` counts the weekday within its month from the front or, negative, from the back; 0 is every one.
    `unit` is what `interval` counts from `anchor`: 0 days, 1 weeks (beginning on `week_start`), 2 months.
    `closes` is past 1440 where closing is after midnight. `stated` marks rows with rules, `uncertain` rows with
    a rule that cannot be followed.
    """

    row: Ints
    weekday: Ints
    nth: Ints
    monthday: Ints
    unit: Ints
    interval: Ints
    anchor: Ints
    week_start: Ints
    first: Ints
    last: Ints
    opens: Ints
    closes: Ints
    stated: Bools
    uncertain: Bools
    exceptions: Exceptions


@dataclass(frozen=True)
class Languages:
    """Which rows speak a language (by primary tag), which state any, which have an interpreter."""

    spoken: Mapping[str, Bools]
    stated: Bools
    interpreted: Bools


@dataclass(frozen=True)
class Documents:
    """Which rows ask for a document that a fact tells about (`has_id`), which for others."""

    by_fact: Mapping[str, Bools]
    others: Bools


@dataclass(frozen=True)
class Columns:
    """Everything about a market's rows that only changes when its inventory does.

    Coordinates of confidential places are NaN: what is not here cannot leak. `approximate` marks rows that stand
    at the centre of their ZIP Code. `keys` is a stable hash of each row's id, for drawing lots.
    """

    zone: str
    state: str
    listings: tuple[Listing, ...]
    keys: Words
    active: Bools
    weights: Floats
    latitude: Floats
    longitude: Floats
    approximate: Bools
    confidential: Bools
    modes: Ints
    areas: Areas
    eligibility: Eligibility
    hours: Hours
    verified: Floats
    verified_on: Floats
    languages: Languages
    documents: Documents

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.listings)


@dataclass(frozen=True)
class Rooms:
    """What is known of room now: index into `ROOM_STATUSES`, free places, days of waiting, minutes since the epoch."""

    status: Ints
    free: Floats
    waiting_days: Floats
    as_of: Floats


ROOM_STATUSES = ("unknown", "capacity", "no-capacity", "waitlist", "additional-assessment-required")
