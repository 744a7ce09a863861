"""The part of the formula that does not depend on the question, worked out beforehand for a peer to store."""

from dataclasses import dataclass

import numpy as np

from resource_hub.evaluation.bench.national.directory import Directory
from resource_hub.matching.rules.assess import local_day, minutes_since_epoch
from resource_hub.matching.rules.capacity import accept
from resource_hub.matching.rules.freshness import hours_believed, listing_right
from resource_hub.matching.rules.hours import openings
from resource_hub.matching.rules.timeliness import timeliness
from resource_hub.matching.values import Bools, Floats, Policy, Query
from resource_hub.matching.values.query import REMOTE


@dataclass(frozen=True)
class Stored:
    """What a row is worth whoever asks: right listing × room × timeliness.

    `fixed` is the chance of the way there where distance plays no part, NaN where it does.
    """

    worth: Floats
    fixed: Floats


def stored(directory: Directory, query: Query, policy: Policy) -> Stored:
    """Return what to store for questions asked at the query's time."""
    columns, rooms = directory.columns, directory.rooms
    at, today = minutes_since_epoch(query.at), local_day(query.at, columns.zone)
    ones = np.ones(len(columns))
    every: Bools = np.ones(len(columns.hours.stated), dtype=np.bool_)
    opens = openings(columns.hours, columns.zone, at, today, every).take(columns.of.hours)
    soon = timeliness(opens, rooms.waiting_days, at, hours_believed(columns, today, policy), policy.timeliness)
    room = accept(rooms, ones, at, policy.accept, ones * policy.accept.prior)
    nowhere = np.where(np.isnan(columns.latitude), policy.travel.unknown, np.nan)
    fixed = np.where(columns.modes & REMOTE, 1.0, nowhere)
    return Stored(listing_right(columns.verified, columns.reported, today, policy) * room * soon, fixed)
