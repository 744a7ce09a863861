"""The candidates of a market as columns: one row per service_at_location, long tables for what a row has many of.

What many rows share (needs answered, areas, conditions, languages and documents, hours) is written once, as a profile;
`Profiles` says which one each row has. A rule judges the profiles, its verdict is gathered by their ids.
Days are proleptic ordinals (`date.toordinal`), times are minutes after local midnight, NaN is unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from resource_hub.core.codes import FactValue
from resource_hub.inventory.values import FactKind, ReportKind
from resource_hub.matching.values.listings import Listings, key_of
from resource_hub.matching.values.tables import chosen_lines, lines_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Words = NDArray[np.uint64]

FACT_KINDS = tuple(FactKind)
REPORT_KINDS = tuple(ReportKind)


def no_reports(rows: int) -> Bools:
    """Return that no row has an open report."""
    return np.zeros((rows, len(REPORT_KINDS)), dtype=np.bool_)


@dataclass(frozen=True)
class Extent:
    """An area served: `kind` is state, county, postal_code or nation; any other kind is words that cannot be tested."""

    kind: str
    name: str


@dataclass(frozen=True)
class Areas:
    """Long table, in the order of its profiles: profile `row` serves the area `extents[which]`."""

    extents: tuple[Extent, ...]
    row: Ints
    which: Ints

    def take(self, profiles: Ints) -> "Areas":
        """Return the chosen profiles alone, numbered as they are chosen."""
        lines, row = lines_of(self.row, profiles)
        used, which = np.unique(self.which[lines], return_inverse=True)
        return Areas(tuple(self.extents[number] for number in used.tolist()), row, which)


@dataclass(frozen=True)
class Condition:
    """One eligibility rule, as often as it occurs in a market written once. What is not `approved` never excludes."""

    fact: str
    operator: str
    value: FactValue | tuple[FactValue, ...]
    approved: bool


@dataclass(frozen=True)
class Eligibility:
    """Long table of rules: rule `conditions[which]` belongs to an alternative, each alternative to a profile.

    Both are in the order of their profiles. `in_words` marks profiles whose conditions are written in words that
    nobody has turned into rules.
    """

    conditions: tuple[Condition, ...]
    which: Ints
    alternative: Ints
    alternative_row: Ints
    in_words: Bools

    def take(self, profiles: Ints) -> "Eligibility":
        """Return the chosen profiles alone, numbered as they are chosen."""
        alternatives, row = lines_of(self.alternative_row, profiles)
        lines, alternative = lines_of(self.alternative, alternatives)
        used, which = np.unique(self.which[lines], return_inverse=True)
        conditions = tuple(self.conditions[number] for number in used.tolist())
        return Eligibility(conditions, which, alternative, row, self.in_words[profiles])


@dataclass(frozen=True)
class Exceptions:
    """Long table of dated exceptions, in the order of its profiles; `opens` is -1 where the day is closed."""

    row: Ints
    day: Ints
    opens: Ints
    closes: Ints

    def take(self, profiles: Ints) -> "Exceptions":
        """Return the chosen profiles alone, numbered as they are chosen."""
        lines, row = lines_of(self.row, profiles)
        return replace(chosen_lines(self, lines), row=row)


@dataclass(frozen=True)
class Hours:
    """Long table of opening rules, in the order of its profiles.

    A line is for a weekday (0 is Monday, -1 any) or a day of the month (0 any).
    `nth` counts the weekday within its month from the front or, negative, from the back; 0 is every one.
    `unit` is what `interval` counts from `anchor`: 0 days, 1 weeks (beginning on `week_start`), 2 months.
    `closes` is past 1440 where closing is after midnight. `stated` marks profiles with rules, `uncertain`
    those with a rule that cannot be followed.
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

    def take(self, profiles: Ints) -> "Hours":
        """Return the chosen profiles alone, numbered as they are chosen."""
        lines, row = lines_of(self.row, profiles)
        return replace(
            chosen_lines(self, lines, "stated", "uncertain"),
            row=row,
            stated=self.stated[profiles],
            uncertain=self.uncertain[profiles],
            exceptions=self.exceptions.take(profiles),
        )


@dataclass(frozen=True)
class Languages:
    """Which profiles speak a language (by primary tag), which state any, which have an interpreter."""

    spoken: Mapping[str, Bools]
    stated: Bools
    interpreted: Bools

    def take(self, profiles: Ints) -> "Languages":
        """Return the chosen profiles alone."""
        spoken = {tag: column[profiles] for tag, column in self.spoken.items()}
        return Languages(spoken, self.stated[profiles], self.interpreted[profiles])


@dataclass(frozen=True)
class Documents:
    """Which profiles ask for a document that a fact tells about (`has_id`), which for others."""

    by_fact: Mapping[str, Bools]
    others: Bools

    def take(self, profiles: Ints) -> "Documents":
        """Return the chosen profiles alone."""
        return Documents({fact: column[profiles] for fact, column in self.by_fact.items()}, self.others[profiles])


@dataclass(frozen=True)
class Profiles:
    """Which profile of each kind a row has. `terms` are languages and documents together."""

    needs: Ints
    areas: Ints
    eligibility: Ints
    terms: Ints
    hours: Ints

    @classmethod
    def own(cls, rows: int) -> "Profiles":
        """Return profiles of which each row has its own."""
        return cls(*(np.arange(rows, dtype=np.int64) for _ in fields(cls)))


@dataclass(frozen=True)
class Columns:
    """Everything about a market's rows that only changes when its inventory does.

    `weights`, `areas`, `eligibility`, `hours`, `languages` and `documents` are by profile, all else is by row.
    Coordinates of confidential places are NaN: what is not here cannot leak. `approximate` marks rows that stand
    at the centre of their ZIP Code. `reported` has a column for each kind of open report. `keys` is a stable hash of
    each row's id, for drawing lots.
    """

    zone: str
    state: str
    listings: Listings
    of: Profiles
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
    reported: Bools
    languages: Languages
    documents: Documents

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.listings)

    @property
    def area_profiles(self) -> int:
        """How many area profiles there are."""
        return max((int(ids.max()) + 1 for ids in (self.of.areas, self.areas.row) if len(ids)), default=0)

    @cached_property
    def _by_key(self) -> tuple[Ints, Words]:
        order = np.argsort(self.keys)
        return order, self.keys[order]

    def rows_of(self, service_at_location_ids: Sequence[str]) -> Ints:
        """Return the row of each id, -1 for one that is not here."""
        order, keys = self._by_key
        wanted = np.array([key_of(one) for one in service_at_location_ids], dtype=np.uint64)
        place = np.searchsorted(keys, wanted)
        found = np.append(keys, np.uint64(0))[place] == wanted
        rows: Ints = np.where(found & (place < len(keys)), np.append(order, -1)[place], -1)
        return rows

    def take(self, rows: Ints) -> "Columns":
        """Return the chosen rows alone, in the order of choice, with the profiles that they have."""
        ids = [getattr(self.of, kind.name) for kind in fields(Profiles)]
        kinds = [np.unique(kind[rows], return_inverse=True) for kind in ids]
        needs, areas, eligibility, terms, hours = (used for used, _ids in kinds)
        by_row = ("keys", "active", "latitude", "longitude", "approximate", "confidential", "modes")
        return replace(
            self,
            **{name: getattr(self, name)[rows] for name in (*by_row, "verified", "verified_on", "reported")},
            listings=self.listings.take(rows),
            of=Profiles(*(number.astype(kind.dtype) for kind, (_used, number) in zip(ids, kinds, strict=True))),
            weights=self.weights[needs],
            areas=self.areas.take(areas),
            eligibility=self.eligibility.take(eligibility),
            languages=self.languages.take(terms),
            documents=self.documents.take(terms),
            hours=self.hours.take(hours),
        )


@dataclass(frozen=True)
class Rooms:
    """What is known of room now: index into `ROOM_STATUSES`, free places, days of waiting, minutes since the epoch."""

    status: Ints
    free: Floats
    waiting_days: Floats
    as_of: Floats

    def take(self, rows: Ints) -> "Rooms":
        """Return the chosen rows alone, in the order of choice."""
        return chosen_lines(self, rows)


ROOM_STATUSES = ("unknown", "capacity", "no-capacity", "waitlist", "additional-assessment-required")
