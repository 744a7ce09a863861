"""Every rule applied to every row of a market: who is left out and why, and the factors of the rest."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from resource_hub.matching.rules import area, eligibility
from resource_hub.matching.rules.acceptance import beliefs
from resource_hub.matching.rules.capacity import accept, eligible_chance, trust
from resource_hub.matching.rules.distance import Ways, too_far, ways
from resource_hub.matching.rules.fit import asked, fit
from resource_hub.matching.rules.follow_through import follow_through
from resource_hub.matching.rules.formula import charged, score
from resource_hub.matching.rules.freshness import hours_believed, listing_right
from resource_hub.matching.rules.hours import Openings, openings
from resource_hub.matching.rules.outcomes import record
from resource_hub.matching.rules.timeliness import timeliness
from resource_hub.matching.values.acceptance import Acceptance, Beliefs
from resource_hub.matching.values.columns import Bools, Columns, Floats, Ints, Rooms
from resource_hub.matching.values.outcomes import Record
from resource_hub.matching.values.policy import Policy
from resource_hub.matching.values.query import Query
from resource_hub.matching.values.ranking import Truth

_SECONDS_A_DAY = 86_400
# A row is counted under the first of these that applies.
EXCLUSIONS = ("inactive", "outside_area", "ineligible", "too_far")


@dataclass(frozen=True)
class Assessment:
    """The rows as judged. `exclusion` indexes `EXCLUSIONS`, -1 for what passed; `answers` marks what counts.

    `doubted` rows have a rule that nobody approved and that speaks against the person. `settled` is what the rules
    say and an answer could change; `eligible` is also unknown where only words say it. `chance` is that of meeting the
    conditions; that of room and a yes is as certain as `certainty` answers make it.
    """

    needs: Floats
    answers: Bools
    exclusion: Ints
    settled: Ints
    doubted: Bools
    eligible: Ints
    there: Ways
    opens: Openings
    believed: Bools
    beliefs: Beliefs
    record: Record
    certainty: Floats
    chance: Floats
    factors: Floats
    price: Floats
    score: Floats

    @property
    def passed(self) -> Bools:
        """The rows that may be shown."""
        return self.answers & (self.exclusion < 0)


@dataclass(frozen=True)
class _Conditions:
    """Whether rows take the person. In `shown` conditions in words are unknown, though no answer could settle them."""

    served: Ints
    verdict: Ints
    settled: Ints
    doubted: Bools
    shown: Ints
    chance: Floats


def assess(
    columns: Columns,
    rooms: Rooms,
    query: Query,
    policy: Policy,
    *,
    price: Floats | None = None,
    relevance: Floats | None = None,
    acceptance: Acceptance | None = None,
) -> Assessment:
    """Judge every row. `price` is what using a place costs others, in chance of help; zero where not given.

    `relevance` (0 to 1, 0 does not answer) takes the place of the fit to needs where a question was asked in words.
    `acceptance` is what was answered to earlier requests, what is open, and what came of it; without it rows are usual.
    """
    at, today, needs = minutes_since_epoch(query.at), local_day(query.at, columns.zone), asked(columns, query.needs)
    suits = fit(needs, policy.fit) if relevance is None else relevance
    conditions, there = _conditions(columns, query, policy), ways(columns, query, policy.travel)
    exclusion = _exclusion(columns, conditions, too_far(columns, query, there.km))
    opens = _openings(columns, at, today, (suits > 0) & (exclusion < 0))
    believed, believed_of = hours_believed(columns, today, policy), beliefs(needs, acceptance, policy)
    recorded, waiting_days = _recorded(needs, acceptance, rooms, policy)
    factors = np.stack(
        [
            suits,
            listing_right(columns.verified, columns.reported, today, policy),
            accept(rooms, conditions.chance, at, policy.accept, believed_of.mean, believed_of.open),
            follow_through(columns, query, there, policy) * recorded.helps,
            timeliness(opens, waiting_days, at, believed, policy.timeliness, days_ahead(query)),
        ]
    )
    price = _charged(factors, price, policy)
    return Assessment(
        needs=needs,
        answers=suits > 0,
        exclusion=exclusion,
        doubted=conditions.doubted,
        settled=conditions.settled,
        eligible=conditions.shown,
        there=there,
        opens=opens,
        believed=believed,
        beliefs=believed_of,
        record=recorded,
        certainty=believed_of.weight + policy.acceptance.statement_weight * trust(rooms, at, policy.accept),
        chance=conditions.chance,
        factors=factors,
        price=price,
        score=score(factors, price),
    )


def minutes_since_epoch(moment: datetime) -> float:
    """Return an instant in minutes since the epoch."""
    return moment.timestamp() / 60


def local_day(moment: datetime, zone: str) -> int:
    """Return the ordinal of the date in a zone."""
    return moment.astimezone(ZoneInfo(zone)).toordinal()


def days_ahead(query: Query) -> float:
    """Return how many days after the question help is needed."""
    return (query.needed_by - query.at).total_seconds() / _SECONDS_A_DAY if query.needed_by else 0.0


def _recorded(needs: Floats, acceptance: Acceptance | None, rooms: Rooms, policy: Policy) -> tuple[Record, Floats]:
    """Return what came of earlier requests, and the days until the wait is over and an answer is there."""
    recorded = record(needs, acceptance.outcomes if acceptance else None, policy.outcomes)
    return recorded, np.fmax(rooms.waiting_days, recorded.answer_days)


def _charged(factors: Floats, price: Floats | None, policy: Policy) -> Floats:
    asks = np.zeros(factors.shape[1]) if price is None else price
    return charged(np.prod(factors, axis=0), asks, policy.price.most)


def _conditions(columns: Columns, query: Query, policy: Policy) -> _Conditions:
    of = columns.of.eligibility
    served = area.judge_rows(columns.areas, query.home, columns.state, columns.area_profiles)[columns.of.areas]
    verdict = eligibility.judge_rows(columns.eligibility, query.facts)[of]
    settled = np.minimum(verdict, served if query.home is None else int(Truth.YES))
    doubted = eligibility.judge_rows(columns.eligibility, query.facts, strict=True)[of] == Truth.NO
    in_words = np.where(columns.eligibility.in_words[of], Truth.UNKNOWN, Truth.YES)
    return _Conditions(
        served=served,
        verdict=verdict,
        settled=settled,
        doubted=doubted,
        shown=np.minimum(np.minimum(verdict, served), in_words),
        chance=eligible_chance(settled, doubted, policy.accept),
    )


def _openings(columns: Columns, at: float, today: int, rows: Bools) -> Openings:
    wanted = np.zeros(len(columns.hours.stated), dtype=np.bool_)
    wanted[columns.of.hours[rows]] = True
    return openings(columns.hours, columns.zone, at, today, wanted).take(columns.of.hours)


def _exclusion(columns: Columns, conditions: _Conditions, far: Bools) -> Ints:
    reasons = [~columns.active, conditions.served == Truth.NO, conditions.verdict == Truth.NO, far]
    return np.select(reasons, list(range(len(EXCLUSIONS))), default=-1)
