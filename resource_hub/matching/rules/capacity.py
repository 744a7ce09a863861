"""P(room and accept): what was last said about room, fading towards the prior as it ages."""

import numpy as np

from resource_hub.matching.values.columns import Bools, Floats, Ints, Rooms
from resource_hub.matching.values.policy import Accept
from resource_hub.matching.values.ranking import Truth

_MINUTES_A_DAY = 1440
UNKNOWN, CAPACITY, NO_CAPACITY, WAITLIST, ASSESSMENT = range(5)


def accept(
    rooms: Rooms, eligible: Floats, at: float, policy: Accept, prior: Floats, requests: Floats | None = None
) -> Floats:
    """Return the chance of room and of being accepted. `at` is in minutes since the epoch.

    `prior` is the chance for each row before anything was said about room: what earlier answers let one believe.
    `eligible` is the chance that the person meets the conditions; `requests` are those open there, none if not given.
    """
    room = prior + (stated(rooms, policy, prior) - prior) * trust(rooms, at, policy)
    return room * eligible if requests is None else room * eligible * crowd(rooms, requests, policy)


def crowd(rooms: Rooms, requests: Floats, policy: Accept) -> Floats:
    """Return what open requests leave of the chance: each may take the place that the person needs.

    Where places are counted, each of them has one kept for it, and what is free is the others'.
    """
    left = np.maximum(policy.per_open**requests, policy.open_limit)
    return np.where(np.isnan(rooms.free), left, 1.0)


def trust(rooms: Rooms, at: float, policy: Accept) -> Floats:
    """Return how much the last statement still counts: 1 when just made, 0 where there is none."""
    age = np.maximum(at - rooms.as_of, 0) / _MINUTES_A_DAY
    never = (rooms.status == UNKNOWN) | np.isnan(age)
    return np.where(never, 0.0, np.exp2(-age / policy.half_life_days))


def ceiling(policy: Accept, prior: float) -> float:
    """Return the most that `accept` can be, where no row has a higher prior."""
    return max(prior, policy.capacity, policy.waitlist, policy.additional_assessment_required, policy.no_capacity)


def eligible_chance(settled: Ints, doubted: Bools, policy: Accept) -> Floats:
    """Return the chance that the conditions are met: what asks may be met, what only words deny rarely is."""
    return np.select([doubted, settled != Truth.YES], [policy.eligibility_doubtful, policy.eligibility_unknown], 1.0)


def stated(rooms: Rooms, policy: Accept, prior: Floats) -> Floats:
    """Return the chance on the day the statement was made.

    Room is never worth less than what earlier answers promise, and no room never more.
    """
    yes, no = np.maximum(policy.capacity, prior), np.minimum(policy.no_capacity, prior)
    left = 1 - np.exp2(-rooms.free / policy.half_places)
    uncounted = np.maximum(policy.capacity * policy.uncounted, prior)
    some = np.where(np.isnan(rooms.free), uncounted, no + (yes - no) * left)
    otherwise = np.where(rooms.status == WAITLIST, policy.waitlist, policy.additional_assessment_required)
    for status, chance in ((UNKNOWN, prior), (NO_CAPACITY, no), (CAPACITY, some)):
        otherwise = np.where(rooms.status == status, chance, otherwise)
    return otherwise
