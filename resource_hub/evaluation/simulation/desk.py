"""What the formula of the program says in a made-up market, put together from its own rules.

What depends on the person alone, and what depends on the day alone, is worked out once and shared by all policies;
the tests hold that the whole is what `assess` says.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from resource_hub.evaluation.simulation.knowledge import Answers, Knowledge, Worked
from resource_hub.evaluation.simulation.listed import checked_by, columns_of, moment, query_of, without_hours
from resource_hub.evaluation.simulation.world import World
from resource_hub.matching.rules.acceptance import beliefs, faded, usual
from resource_hub.matching.rules.assess import assess, local_day, minutes_since_epoch
from resource_hub.matching.rules.capacity import accept
from resource_hub.matching.rules.formula import FACTORS
from resource_hub.matching.rules.freshness import hours_believed, listing_right
from resource_hub.matching.rules.hours import Openings, openings
from resource_hub.matching.rules.timeliness import timeliness
from resource_hub.matching.values import Columns, Policy
from resource_hub.matching.values.acceptance import Acceptance
from resource_hub.matching.values.columns import Bools, Floats, Ints, Rooms

_FIT, _FOLLOW_THROUGH = FACTORS.index("fit"), FACTORS.index("follow_through")


@dataclass(frozen=True)
class Judged:
    """The rows that may be shown for a wish, and what of their factors depends on the person alone."""

    rows: Ints
    fit: Floats
    eligible: Floats
    follow_through: Floats


@dataclass(frozen=True)
class Day:
    """What of the factors depends on the day alone, for every row; `at` is in minutes since the epoch."""

    at: float
    listing_right: Floats
    opens: Openings
    believed: Bools


@dataclass(frozen=True)
class Desk:
    """A world, the policy file, and what they say together; `labelled` are the rows with a label of each need."""

    world: World
    policy: Policy
    labelled: tuple[Ints, ...]
    judged: tuple[Judged, ...]
    days: tuple[Day, ...]

    def day(self, day: float) -> Day:
        """Return the day that a point in time lies in; the last one for what is later."""
        return self.days[min(int(day), len(self.days) - 1)]

    def factors(self, wish: int, day: float, knowledge: Knowledge, rooms: Rooms | None = None) -> Floats:
        """Return the factors of the rows of a wish, one line each, as they stand on a day, or with other rooms."""
        judged, now, need = self.judged[wish], self.day(day), self.world.wishes[wish].need
        rows, policy = judged.rows, self.policy
        timely = _kept(
            knowledge,
            "timeliness",
            (now.at, knowledge.waits_changed),
            lambda: timeliness(now.opens, knowledge.rooms.waiting_days, now.at, now.believed, policy.timeliness),
        )
        prior = _kept(
            knowledge,
            f"acceptance {need}",
            (now.at, knowledge.answers[need].count),
            lambda: acceptance(knowledge.answers[need], now.at, policy),
        )
        room = (rooms or knowledge.rooms).take(rows)
        yes = accept(room, judged.eligible, now.at, policy.accept, prior[rows], knowledge.open[rows])
        return np.stack([judged.fit, now.listing_right[rows], yes, judged.follow_through, timely[rows]])


def acceptance(answers: Answers, at: float, policy: Policy) -> Floats:
    """Return the chance of a yes of each service, learnt from its answers as they count at a time."""
    row = np.flatnonzero(answers.answered)
    need = np.zeros(len(row), dtype=np.int64)
    answered, accepted = (
        faded(sums[row], answers.as_of[row], at, policy.acceptance.half_life_days)
        for sums in (answers.answered, answers.accepted)
    )
    found = Acceptance(usual(need, answered, accepted, 1, policy), row, need, answered, accepted)
    return beliefs(np.ones((len(answers.answered), 1)), found, policy).mean


def make_desk(world: World, policy: Policy) -> Desk:
    """Work out what is shared by all policies that use the formula."""
    columns = columns_of(world)
    unknown, timeless = Knowledge(world, policy.acceptance.half_life_days).rooms, without_hours(columns)
    labelled = tuple(np.flatnonzero(column > 0) for column in world.services.weights.T)
    parts = [(rows, timeless.take(rows), unknown.take(rows)) for rows in labelled]
    return Desk(
        world=world,
        policy=policy,
        labelled=labelled,
        judged=tuple(_judged(world, number, parts[wish.need], policy) for number, wish in enumerate(world.wishes)),
        days=tuple(_day(checked_by(columns, world, day), day, policy) for day in range(world.size.days)),
    )


def _kept(knowledge: Knowledge, name: str, key: tuple[float, int], work: Callable[[], Floats]) -> Floats:
    kept = knowledge.worked.get(name)
    if kept is None or kept.key != key:
        kept = knowledge.worked[name] = Worked(key, work())
    return kept.values


def _judged(world: World, wish: int, part: tuple[Ints, Columns, Rooms], policy: Policy) -> Judged:
    rows, columns, rooms = part
    found = assess(columns, rooms, query_of(world, wish), policy)
    passed = found.passed
    fit, follow_through = (found.factors[factor][passed] for factor in (_FIT, _FOLLOW_THROUGH))
    return Judged(rows[passed], fit, found.chance[passed], follow_through)


def _day(columns: Columns, day: int, policy: Policy) -> Day:
    at = moment(day)
    minute, today = minutes_since_epoch(at), local_day(at, columns.zone)
    return Day(
        minute,
        listing_right(columns.verified, columns.reported, today, policy),
        openings(columns.hours, columns.zone, minute, today, np.ones(len(columns), dtype=np.bool_)),
        hours_believed(columns, today, policy),
    )
