"""Figures about handoffs: an organization's own, and a market's by service. Both count the same way."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from resource_hub.accounts.work import Work
from resource_hub.handoff.models import HandoffStatus, InformationGiven, Outcome, Referral
from resource_hub.handoff.rules.figures import Figures
from resource_hub.handoff.values.words import Status
from resource_hub.inventory.models import Market, Organization, Service, ServiceAtLocation

DAYS = 365
_ANSWERS = (Status.ACCEPTED, Status.REJECTED)
_NOT_COUNTED = (Status.DRAFT, Status.ENTERED_IN_ERROR)


@dataclass(frozen=True)
class ServiceFigures:
    """The figures of one service of an organization."""

    service: str
    organization: str
    figures: Figures


@dataclass(frozen=True)
class MarketFigures:
    """A market's sum, its services that are large enough to show, and how often people were only told."""

    total: Figures
    services: tuple[ServiceFigures, ...]
    left_out: int
    informed: int
    days: int = DAYS


def own_figures(work: Work) -> list[ServiceFigures]:
    """Return the figures of the actor's organization by service, as its referrers see them."""
    own = Referral.organization_id == (work.actor.organization_id or "")
    return _by_service(work, own)


def market_figures(work: Work, market: Market) -> MarketFigures:
    """Return the figures of a market's last year; the caller has made sure that the actor sees it.

    What stands in no line, small services and restricted handoffs, is in the sum only where it is together large
    enough: else it would be what the sum has more than the lines.
    """
    here = Referral.market_id == market.id
    lines = _by_service(work, here & Referral.restricted.is_(False))
    shown = tuple(line for line in lines if line.figures.is_shown)
    rest = [line for line in lines if not line.figures.is_shown]
    rest += _by_service(work, here & Referral.restricted.is_(True))
    left_over = sum((line.figures for line in rest), Figures())
    counted = [line.figures for line in shown] + ([left_over] if left_over.is_shown else [])
    since = work.now - timedelta(days=DAYS)
    told = select(func.count()).where(InformationGiven.market_id == market.id, InformationGiven.given_at > since)
    return MarketFigures(
        total=sum(counted, Figures()),
        services=shown,
        left_out=len(rest),
        informed=work.session.scalar(told) or 0,
    )


def _by_service(work: Work, which: ColumnElement[bool]) -> list[ServiceFigures]:
    query = _counted().where(
        which, Referral.requested_at > work.now - timedelta(days=DAYS), Referral.status.not_in(_NOT_COUNTED)
    )
    rows: list[tuple[Any, ...]] = [tuple(row) for row in work.session.execute(query)]
    return [ServiceFigures(service, of, Figures(*map(int, counts))) for service, of, *counts in rows]


def _counted() -> Select[str, str, int, int, int, int, int, int]:
    accepted = _had(Status.ACCEPTED)
    ever = and_(accepted, _said(Outcome.received != "unknown"))
    helped = and_(accepted, _said(Outcome.received == "yes"))
    met = and_(accepted, _said(Outcome.need_met == "yes"))
    counts = (_sum(or_(*map(_had, _ANSWERS))), _sum(accepted), _sum(ever), _sum(helped), _sum(met))
    return (
        select(Service.name, Organization.name, func.count(Referral.id), *counts)
        .join(ServiceAtLocation, ServiceAtLocation.id == Referral.service_at_location_id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .join(Organization, Organization.id == Referral.organization_id)
        .group_by(Service.id, Service.name, Organization.name)
        .order_by(Service.name, Service.id)
    )


def _sum(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((holds, 1), else_=0))


def _had(status: Status) -> ColumnElement[bool]:
    return exists().where(HandoffStatus.referral_id == Referral.id, HandoffStatus.status == status)


def _said(what: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Outcome.referral_id == Referral.id, what)
