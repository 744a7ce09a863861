"""Matching's use case: load the columns, judge them, show the best."""

from collections.abc import Sequence
from dataclasses import replace
from math import isnan

import numpy as np
from sqlalchemy.orm import Session

from resource_hub.core.geography import Point
from resource_hub.inventory.models import Market
from resource_hub.matching.index.ground import ground_of, part_of, whole
from resource_hub.matching.policy import current
from resource_hub.matching.queries import acceptance_of, prices_of
from resource_hub.matching.routing import Router, routed
from resource_hub.matching.rules import show
from resource_hub.matching.rules.assess import assess
from resource_hub.matching.rules.baskets import baskets
from resource_hub.matching.rules.compare import changes
from resource_hub.matching.values import Match, Policy, Query, Ranking
from resource_hub.matching.values.comparing import Change
from resource_hub.matching.values.wording import Told

# Compared lists reach further than what is shown, to know what became of a service that fell out of it.
COMPARED = 1000


def match(
    session: Session,
    market: Market,
    query: Query,
    policy: Policy | None = None,
    *,
    told: Told | None = None,
    router: Router | None = None,
) -> Ranking:
    """Rank a market's services for a query. Nothing is written, nothing about the person is kept.

    `told` is a question in words, judged for each row: it takes the place of the needs, and near-equals do not take
    turns. Where a `router` is given the best rows get minutes by the streets.
    """
    policy = policy or current()
    ground = ground_of(session, market)
    acceptance = acceptance_of(session, market.id, ground.columns, query.needs, query.at, policy)
    price = None if query.ignore_prices else prices_of(session, market.id, ground.columns)
    judged_by, why_fit = (told.relevance, told.reasons) if told else (None, None)
    part = (
        whole(ground, acceptance, price)
        if told
        else part_of(ground, query, policy, acceptance=acceptance, price=price, best_only=router is None)
    )
    columns, rooms = part.columns, part.rooms
    assessment = assess(
        columns, rooms, query, policy, price=part.price, acceptance=part.acceptance, relevance=judged_by
    )
    assessment = routed(router, columns, query, policy, assessment)
    return Ranking(
        policy=policy.version,
        market=market.slug,
        at=query.at,
        zone=market.time_zone,
        language=query.language,
        considered=len(ground.columns),
        remaining=part.counts.remaining if part.counts else int(assessment.passed.sum()),
        matches=show.matches(columns, rooms, query, assessment, None if told else policy.exposure, why_fit),
        excluded_counts=part.counts.excluded if part.counts else show.excluded_counts(assessment),
        exclusions=tuple(show.exclusions(columns, query, assessment)) if query.show_excluded else (),
        baskets=() if told else baskets(columns, query, assessment, policy.basket),
    )


def look(session: Session, market: Market, query: Query, service_at_location_ids: Sequence[str]) -> dict[str, Match]:
    """Return what the ranking knows of some services by their id; nothing of what is not offered."""
    ground, policy = ground_of(session, market), current()
    rows = ground.columns.rows_of(service_at_location_ids)
    rows = rows[rows >= 0]
    columns, rooms = ground.columns.take(rows), ground.room.take(rows)
    everything = replace(query, limit=max(len(rows), 1))
    assessment = assess(columns, rooms, everything, policy, relevance=np.ones(len(rows)))
    found = show.matches(columns, rooms, everything, assessment, None, lambda _row: ())
    return {one.listing.service_at_location_id: one for one in found}


def points_of(session: Session, market: Market, service_at_location_ids: Sequence[str]) -> dict[str, Point]:
    """Return where services are, by their id; none of a confidential one or one known by its ZIP Code."""
    columns = ground_of(session, market).columns
    rows = columns.rows_of(service_at_location_ids)
    return {
        one: Point(float(columns.latitude[row]), float(columns.longitude[row]))
        for one, row in zip(service_at_location_ids, rows.tolist(), strict=True)
        if row >= 0 and not columns.approximate[row] and not isnan(columns.latitude[row])
    }


def compare(session: Session, market: Market, query: Query, policy: Policy, other: Policy) -> tuple[Change, ...]:
    """Return what another policy changes in the list that would be shown, in its order, and then what falls out."""
    further = replace(query, limit=COMPARED, show_excluded=False)
    before, after = (match(session, market, further, weights) for weights in (policy, other))
    return changes(before, after, query.limit)
