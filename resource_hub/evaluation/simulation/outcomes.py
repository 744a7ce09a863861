"""What came of a run, in six numbers, and how the world compares with what is published."""

from collections.abc import Mapping
from enum import StrEnum

import numpy as np

from resource_hub.evaluation.simulation.record import Record
from resource_hub.evaluation.simulation.world import World
from resource_hub.matching.values.columns import FACT_KINDS, Bools, Floats

_HOURS = FACT_KINDS.index("hours")
# A group of fewer people than this says nothing.
_SMALL_GROUP = 20


class Outcome(StrEnum):
    """A number that a policy is judged by; of all but the first, less is better."""

    SERVED = "served_in_time"
    WASTED = "wasted_trips"
    CONTACT = "days_to_first_contact"
    HELP = "days_to_help"
    FULL = "requests_to_full_places"
    SPREAD = "spread_between_groups"


MORE_IS_BETTER = frozenset({Outcome.SERVED})


def outcomes(world: World, record: Record) -> dict[str, float]:
    """Measure a run: shares of needs that people want help with, trips and days per such need.

    Days to the first contact and to help count as the whole time of follow-up where there was none. The spread is
    between the best and the worst served of the groups, in shares served in time.
    """
    served = in_time(world, record.helped_after)
    days = world.size.follow_days
    contact, help_ = (np.nan_to_num(after, nan=days) for after in (record.contact_after, record.helped_after))
    full = [attempt.full for attempt in record.attempts]
    return {
        Outcome.SERVED: _mean(served),
        Outcome.WASTED: _mean(record.wasted),
        Outcome.CONTACT: _mean(np.minimum(contact, days)),
        Outcome.HELP: _mean(np.minimum(help_, days)),
        Outcome.FULL: float(np.mean(full)) if full else 0.0,
        Outcome.SPREAD: spread(groups(world), served),
    }


def checks(world: World, record: Record) -> dict[str, float]:
    """Return the figures of a run that others have published for real programmes."""
    accepted = [not np.isnan(one.helped_on) for one in record.attempts if one.accepted]
    hours = [world.services.ageing.wrong(0, service)[_HOURS] for service in range(len(world.services))]
    return {
        "accepted_then_helped": float(np.mean(accepted)) if accepted else 0.0,
        "ever_helped": _mean(~np.isnan(record.helped_after)),
        "listed_hours_wrong": float(np.mean(hours)),
    }


def in_time(world: World, after: Floats) -> Bools:
    """Return which of the numbers of days are in time; NaN is never."""
    within: Bools = np.nan_to_num(after, nan=np.inf) <= world.size.in_time_days
    return within


def groups(world: World) -> Mapping[str, Bools]:
    """Return the wishes of each group: by where people live, their English, and whether they have a car."""
    people = [wish.person for wish in world.wishes]
    halves = {
        ("rural", "urban"): [person.rural for person in people],
        ("little_english", "english"): [person.little_english for person in people],
        ("car", "no_car"): [person.car for person in people],
    }
    return {
        name: np.array(chosen, dtype=np.bool_) == (name == names[0])
        for names, chosen in halves.items()
        for name in names
    }


def spread(by_group: Mapping[str, Bools], served: Bools) -> float:
    """Return the share served of the best served group less that of the worst; small groups do not count."""
    shares = [float(served[members].mean()) for members in by_group.values() if members.sum() >= _SMALL_GROUP]
    return max(shares) - min(shares) if shares else 0.0


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if len(values) else 0.0
