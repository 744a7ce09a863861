"""The ground that a query is judged on: all rows of a market, or only those that can come into its list."""

from dataclasses import dataclass

import numpy as np
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from resource_hub.capacity.service import ROOM_CHANGED
from resource_hub.core.db import announced
from resource_hub.inventory.models import Market
from resource_hub.matching.index.counting import Counts, counts
from resource_hub.matching.index.following import follow
from resource_hub.matching.index.scoring import Known, RoomSource
from resource_hub.matching.index.search import Searcher
from resource_hub.matching.index.shelf import open_index
from resource_hub.matching.queries.cache import columns_of
from resource_hub.matching.queries.rooms import rooms_of
from resource_hub.matching.rules.acceptance import beliefs
from resource_hub.matching.rules.fit import answering, asked
from resource_hub.matching.rules.outcomes import record
from resource_hub.matching.values.acceptance import Acceptance
from resource_hub.matching.values.columns import Columns, Floats, Ints, Rooms
from resource_hub.matching.values.outcomes import Record
from resource_hub.matching.values.policy import Policy
from resource_hub.matching.values.query import Query

# So few rows are judged faster than searched.
FEW = 1000


@dataclass(frozen=True)
class Ground:
    """A market's rows with their room; `searcher` where there is an index of them."""

    columns: Columns
    room: RoomSource
    searcher: Searcher | None


@dataclass(frozen=True)
class Part:
    """The rows to judge, and what is known of all. `counts` is None where the rows to judge tell it themselves."""

    columns: Columns
    rooms: Rooms
    acceptance: Acceptance | None
    price: Floats | None
    counts: Counts | None


def ground_of(session: Session, market: Market) -> Ground:
    """Return a market as the session sees it: by its index, or read from the tables where nothing else is true."""
    bind = session.get_bind()
    opened = open_index(session, market)
    if opened is None or not isinstance(bind, Engine):
        columns = columns_of(session, market)
        return Ground(columns, rooms_of(session, market.id, columns), None)
    columns = opened.searcher.index.columns
    if announced(session, ROOM_CHANGED):
        return Ground(columns, rooms_of(session, market.id, columns), None)
    follow(bind, market.id, columns, opened.board)
    return Ground(columns, opened.board, opened.searcher)


def part_of(
    ground: Ground,
    query: Query,
    policy: Policy,
    *,
    acceptance: Acceptance | None = None,
    price: Floats | None = None,
    best_only: bool = True,
) -> Part:
    """Return the rows that answer a need; where these are many and `best_only` is asked for, those that may be shown.

    Several needs are planned for together and exclusions are listed one by one: then it is all that answer.
    """
    rows, known = answering(ground.columns, query.needs), None
    best_only = best_only and len(query.needs) == 1 and not query.show_excluded
    if ground.searcher and best_only and len(rows) > FEW:
        known = counts(ground.searcher.finder(query, policy))
        prior, requests = _prior(ground.columns, query, policy, acceptance), _requests(ground.columns, acceptance)
        of_rows = Known(prior, requests, price, _record(ground.columns, query, policy, acceptance))
        found = ground.searcher.shortlist(query, policy, margin=policy.exposure.margin, known=of_rows)
        rows = np.sort(found.rows)
    return _part(ground, rows, acceptance, price, known)


def whole(ground: Ground, acceptance: Acceptance | None, price: Floats | None) -> Part:
    """Return all rows of a market."""
    everything = ground.room.take(np.arange(len(ground.columns)))
    return Part(ground.columns, everything, acceptance, price, None)


def _part(
    ground: Ground, rows: Ints, acceptance: Acceptance | None, price: Floats | None, known: Counts | None
) -> Part:
    return Part(
        ground.columns.take(rows),
        ground.room.take(rows),
        acceptance.take(rows) if acceptance else None,
        None if price is None else price[rows],
        known,
    )


def _prior(columns: Columns, query: Query, policy: Policy, acceptance: Acceptance | None) -> Floats | None:
    """Return each row's chance of a yes before room counts; None where nobody has ever answered."""
    if acceptance is None:
        return None
    rows = np.unique(acceptance.row)
    usual = beliefs(np.ones((1, 1)), acceptance.take(np.zeros(0, dtype=np.int64)), policy)
    prior = np.full(len(columns), usual.mean[0])
    prior[rows] = beliefs(asked(columns.take(rows), query.needs), acceptance.take(rows), policy).mean
    return prior


def _requests(columns: Columns, acceptance: Acceptance | None) -> Floats | None:
    """Return how many requests are open at each row; None where none is."""
    if acceptance is None or not len(acceptance.open_row):
        return None
    return acceptance.open_requests(len(columns))


def _record(columns: Columns, query: Query, policy: Policy, acceptance: Acceptance | None) -> Record | None:
    """Return what came of earlier requests to each row; None where it counts nowhere."""
    if acceptance is None or acceptance.outcomes is None:
        return None
    few, outcomes = np.unique(acceptance.outcomes.row), acceptance.outcomes
    usual = record(np.ones((1, 1)), outcomes.take(np.zeros(0, dtype=np.int64)), policy.outcomes)
    own = record(asked(columns.take(few), query.needs), outcomes.take(few), policy.outcomes)
    parts = []
    for usually, of_own in zip(usual.columns, own.columns, strict=True):
        every = np.full(len(columns), usually[0])
        every[few] = of_own
        parts.append(every)
    found = Record(*parts)
    return None if found.helps.min(initial=1) == 1 and found.answer_days.max(initial=0) == 0 else found
