"""Markets as columns for tests of rules, made of one plain record for each row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from resource_hub.core.codes import NEEDS
from resource_hub.core.geography import Point, find_postal_code
from resource_hub.core.language import Translate, translator
from resource_hub.inventory.values import ReportKind
from resource_hub.matching.policy import current
from resource_hub.matching.rules import show
from resource_hub.matching.rules.assess import assess
from resource_hub.matching.rules.opening_rules import COLUMNS, lines_of
from resource_hub.matching.rules.outcomes import usual_days, usual_met
from resource_hub.matching.values import (
    Areas,
    Columns,
    Condition,
    Documents,
    Eligibility,
    Exceptions,
    Extent,
    Hours,
    Languages,
    Listing,
    Listings,
    Match,
    Mode,
    Profiles,
    Query,
    Rooms,
)
from resource_hub.matching.values.acceptance import Acceptance
from resource_hub.matching.values.columns import FACT_KINDS, REPORT_KINDS, ROOM_STATUSES
from resource_hub.matching.values.outcomes import Outcomes

ZONE = "America/New_York"
AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
HOME = find_postal_code("21201")
ORIGIN = Point(39.2946, -76.6252)
ENGLISH: Translate = translator("en")


@dataclass(frozen=True)
class Weekly:
    """A schedule as the inventory keeps it; every weekday from nine to five unless it says otherwise."""

    freq: str | None = "WEEKLY"
    byday: str | None = "MO,TU,WE,TH,FR"
    opens_at: str | None = "09:00"
    closes_at: str | None = "17:00"
    interval: int | None = None
    bymonthday: str | None = None
    byweekno: str | None = None
    byyearday: str | None = None
    wkst: str | None = None
    dtstart: date | None = None
    until: date | None = None
    count: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Row:
    """A pantry at the origin, open on weekdays, checked today, of which nothing else is known."""

    name: str = "Pantry"
    needs: Mapping[str, float] = field(default_factory=lambda: {"food-insecurity": 1.0})
    at: tuple[float, float] | None = (ORIGIN.latitude, ORIGIN.longitude)
    approximate: bool = False
    confidential: bool = False
    active: bool = True
    modes: Mode = Mode.IN_PERSON
    areas: tuple[Extent, ...] = ()
    alternatives: tuple[tuple[Condition, ...], ...] = ()
    in_words: bool = False
    schedules: tuple[Weekly, ...] = (Weekly(),)
    exceptions: tuple[tuple[date, str | None, str | None], ...] = ()
    checked: date | None = TODAY
    languages: tuple[str, ...] = ()
    interpreted: bool = False
    documents: tuple[str, ...] = ()
    other_documents: bool = False
    reported: tuple[ReportKind, ...] = ()
    status: str = "unknown"
    free: int | None = None
    waiting_days: int | None = None
    as_of: datetime = AT
    requests: int = 0
    met: tuple[float, float] = (0, 0)
    answers: tuple[float, float] = (0, 0)


def query(**words: Any) -> Query:
    """A question about food at the origin, now; `words` change it."""
    return Query(**{"needs": ("food-insecurity",), "at": AT, "origin": ORIGIN, "home": HOME, **words})


def columns(rows: Sequence[Row], zone: str = ZONE) -> Columns:
    """The rows as columns; a row's id is its name."""
    count = len(rows)
    coordinates = [(np.nan, np.nan) if row.at is None or row.confidential else row.at for row in rows]
    checked = np.array([row.checked.toordinal() if row.checked else np.nan for row in rows], dtype=np.float64)
    tags = {tag for row in rows for tag in row.languages}
    facts = {fact for row in rows for fact in row.documents}
    return Columns(
        zone=zone,
        state="MD",
        listings=Listings.of(
            Listing(row.name, f"s-{row.name}", f"o-{row.name}", row.name, "An organization") for row in rows
        ),
        of=Profiles.own(count),
        keys=np.array([int.from_bytes(row.name.encode().ljust(8)[:8], "big") for row in rows], dtype=np.uint64),
        active=np.array([row.active for row in rows], dtype=np.bool_),
        weights=np.array([[row.needs.get(need, 0.0) for need in NEEDS] for row in rows]).reshape(count, len(NEEDS)),
        latitude=np.array([point[0] for point in coordinates], dtype=np.float64),
        longitude=np.array([point[1] for point in coordinates], dtype=np.float64),
        approximate=np.array([row.approximate for row in rows], dtype=np.bool_),
        confidential=np.array([row.confidential for row in rows], dtype=np.bool_),
        modes=np.array([row.modes for row in rows], dtype=np.int64),
        areas=_areas(rows),
        eligibility=eligibility([row.alternatives for row in rows], [row.in_words for row in rows]),
        hours=hours(rows),
        verified=np.repeat(checked[:, None], len(FACT_KINDS), axis=1),
        verified_on=checked,
        reported=np.array([[kind in row.reported for kind in REPORT_KINDS] for row in rows], dtype=np.bool_).reshape(
            count, len(REPORT_KINDS)
        ),
        languages=Languages(
            {tag: np.array([tag in row.languages for row in rows], dtype=np.bool_) for tag in tags},
            np.array([bool(row.languages) for row in rows], dtype=np.bool_),
            np.array([row.interpreted for row in rows], dtype=np.bool_),
        ),
        documents=Documents(
            {fact: np.array([fact in row.documents for row in rows], dtype=np.bool_) for fact in facts},
            np.array([row.other_documents for row in rows], dtype=np.bool_),
        ),
    )


def rooms(rows: Sequence[Row]) -> Rooms:
    """What is known of room at the rows."""
    known = [row.status != "unknown" for row in rows]
    return Rooms(
        np.array([ROOM_STATUSES.index(row.status) for row in rows], dtype=np.int64),
        np.array([np.nan if row.free is None else row.free for row in rows], dtype=np.float64),
        np.array([np.nan if row.waiting_days is None else row.waiting_days for row in rows], dtype=np.float64),
        np.array(
            [row.as_of.timestamp() / 60 if said else np.nan for row, said in zip(rows, known, strict=True)],
            dtype=np.float64,
        ),
    )


def asked_before(rows: Sequence[Row], asked: Query) -> Acceptance:
    """The requests that wait for an answer at the rows; nobody has ever answered one."""
    nobody = np.zeros(0)
    usual = np.full(len(asked.needs), current().accept.prior)
    none, count = nobody.astype(np.int64), np.array([row.requests for row in rows], dtype=np.int64)
    return Acceptance(usual, none, none, nobody, nobody, np.arange(len(rows)), count, came_of(rows, asked))


def came_of(rows: Sequence[Row], asked: Query) -> Outcomes:
    """What came of requests to the rows for the first need asked for: met of known, and days of so many answers."""
    met, known, days, answers = np.array([(*row.met, *row.answers) for row in rows], dtype=float).reshape(-1, 4).T
    lines, need, policy = np.arange(len(rows)), np.zeros(len(rows), dtype=np.int64), current().outcomes
    return Outcomes(
        usual_met(need, known, met, len(asked.needs), policy),
        usual_days(need, answers, days, len(asked.needs), policy),
        *(lines, need, known, met, answers, days),
    )


def ranked(rows: Sequence[Row], asked: Query | None = None) -> tuple[Match, ...]:
    """The matches for a question, best first."""
    asked, table, room = asked or query(), columns(rows), rooms(rows)
    judged = assess(table, room, asked, current(), acceptance=asked_before(rows, asked))
    return show.matches(table, room, asked, judged)


def names(rows: Sequence[Row], asked: Query | None = None) -> list[str]:
    """The names of the matches, best first."""
    return [match.listing.name for match in ranked(rows, asked)]


def left_out(rows: Sequence[Row], asked: Query | None = None) -> dict[str, str]:
    """The code of each exclusion, by name."""
    asked, table, room = asked or query(), columns(rows), rooms(rows)
    judged = assess(table, room, asked, current())
    return {out.listing.name: out.code for out in show.exclusions(table, asked, judged)}


def factor(row: Row, code: str, asked: Query | None = None) -> float:
    """The value of one factor of a row that is ranked alone."""
    return next(part.value for part in ranked([row], asked)[0].factors if part.code == code)


def eligibility(rows: Sequence[Sequence[Sequence[Condition]]], in_words: Sequence[bool] | None = None) -> Eligibility:
    """Alternatives of each row as a long table."""
    conditions: dict[Condition, int] = {}
    which: list[int] = []
    group: list[int] = []
    group_row: list[int] = []
    for row, alternatives in enumerate(rows):
        for alternative in alternatives:
            for condition in alternative:
                which.append(conditions.setdefault(condition, len(conditions)))
                group.append(len(group_row))
            group_row.append(row)
    return Eligibility(
        tuple(conditions),
        np.array(which, dtype=np.int64),
        np.array(group, dtype=np.int64),
        np.array(group_row, dtype=np.int64),
        np.array(in_words if in_words is not None else [False] * len(rows), dtype=np.bool_),
    )


def hours(rows: Sequence[Row]) -> Hours:
    """Schedules and exceptions of each row as long tables."""
    lines = [(row, line) for row, record in enumerate(rows) for rule in record.schedules for line in lines_of(rule)]
    table = np.array([(row, *line) for row, line in lines if line], dtype=np.int64).reshape(-1, 1 + len(COLUMNS)).T
    uncertain = [any(line is None and owner == row for owner, line in lines) for row in range(len(rows))]
    exceptions = [
        (row, day.toordinal(), _minutes(opens), _minutes(closes))
        for row, record in enumerate(rows)
        for day, opens, closes in record.exceptions
    ]
    return Hours(
        **dict(zip(("row", *COLUMNS), table, strict=True)),
        stated=np.array([bool(row.schedules) for row in rows], dtype=np.bool_),
        uncertain=np.array(uncertain, dtype=np.bool_),
        exceptions=Exceptions(*np.array(exceptions, dtype=np.int64).reshape(-1, 4).T),
    )


def _minutes(text: str | None) -> int:
    return int(text[:2]) * 60 + int(text[3:]) if text else -1


def _areas(rows: Sequence[Row]) -> Areas:
    extents: dict[Extent, int] = {}
    pairs = [
        (row, extents.setdefault(extent, len(extents))) for row, record in enumerate(rows) for extent in record.areas
    ]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Areas(tuple(extents), table[:, 0], table[:, 1])
