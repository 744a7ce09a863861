"""The order in which stewards call to check the listings of a market, and what is in doubt about each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.capacity.queries import handoffs_since
from resource_hub.core.clock import local_date
from resource_hub.inventory.models import Market, Service, ServiceNeed
from resource_hub.inventory.queries.checking import last_attempts, open_reports
from resource_hub.inventory.values import FactKind
from resource_hub.matching.queries.knowledge import reported_of, verified_of
from resource_hub.matching.rules.calling import due_of, order_of, worth_of
from resource_hub.matching.rules.freshness import kinds_right, listing_right
from resource_hub.matching.values.columns import FACT_KINDS, Ints
from resource_hub.matching.values.policy import Policy

USE_COUNTS = timedelta(days=365)


class Checked(NamedTuple):
    """A service, and when its source says that it was checked."""

    service_id: str
    assured_date: date | None


@dataclass(frozen=True)
class ToCall:
    """A listing to call, by its service, with what the call is worth; of an overdue report first."""

    service_id: str
    overdue: bool
    worth: float


@dataclass(frozen=True)
class Doubt:
    """How likely a kind of fact is still right, and when it was last checked."""

    kind: FactKind
    right: float
    verified_on: date | None


def call_order(session: Session, market: Market, now: datetime, policy: Policy) -> list[ToCall]:
    """Return the active listings of a market that are due and may be called now, in the order to call them."""
    today = local_date(now, market.time_zone)
    reports, attempts = open_reports(session, market.id), last_attempts(session, market.id, now)
    resting = {
        one
        for one, attempt in attempts.items()
        if attempt.next_on and attempt.next_on > today and not (one in reports and reports[one][1] >= attempt.at)
    }
    services = [one for one in checked_services(session, market.id) if one.service_id not in resting]
    verified, _listing = verified_of(session, market.id, services)
    reported, day = reported_of(session, market.id, services), today.toordinal()
    right, due = listing_right(verified, reported, day, policy), due_of(verified, reported, day, policy)
    used = handoffs_since(session, market.id, now - USE_COUNTS)
    handoffs = np.array([used.get(one.service_id, 0) for one in services], dtype=np.int64)
    worth = worth_of(right, handoffs, _alternatives(session, market.id, services))
    overdue = np.array(
        [one.service_id in reports and reports[one.service_id][0] < today for one in services], dtype=np.bool_
    )
    return [
        ToCall(services[row].service_id, bool(overdue[row]), float(worth[row]))
        for row in order_of(worth, overdue).tolist()
        if due[row]
    ]


def checked_services(session: Session, market_id: str) -> list[Checked]:
    """Return the active services of a market."""
    query = select(Service.id, Service.assured_date).where(
        Service.market_id == market_id, Service.status == "active", Service.merged_into.is_(None)
    )
    return [Checked(*row) for row in session.execute(query.order_by(Service.id))]


def doubts_of(session: Session, market: Market, service: Service, now: datetime, policy: Policy) -> list[Doubt]:
    """Return how likely each kind of fact of a listing is right, the most doubtful first."""
    today = local_date(now, market.time_zone).toordinal()
    verified, _listing = verified_of(session, market.id, [Checked(service.id, service.assured_date)])
    right = kinds_right(verified, today, policy)[0]
    doubts = [
        Doubt(kind, float(right[column]), _day(float(verified[0, column]))) for column, kind in enumerate(FACT_KINDS)
    ]
    return sorted(doubts, key=lambda doubt: doubt.right)


def _alternatives(session: Session, market_id: str, services: Sequence[Checked]) -> Ints:
    """Return how many services answer the need of each that the fewest answer; without a need it is one of all."""
    active = select(Service.id).where(
        Service.market_id == market_id, Service.status == "active", Service.merged_into.is_(None)
    )
    query = select(ServiceNeed.service_id, ServiceNeed.need).where(ServiceNeed.service_id.in_(active))
    pairs = [(service_id, need) for service_id, need in session.execute(query)]
    count: dict[str, int] = {}
    for _service_id, need in pairs:
        count[need] = count.get(need, 0) + 1
    fewest: dict[str, int] = {}
    for service_id, need in pairs:
        fewest[service_id] = min(fewest.get(service_id, len(pairs)), count[need])
    return np.array([fewest.get(one.service_id, len(services)) for one in services], dtype=np.int64)


def _day(ordinal: float) -> date | None:
    return None if np.isnan(ordinal) else date.fromordinal(int(ordinal))
