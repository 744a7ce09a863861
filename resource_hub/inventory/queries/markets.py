"""Finding markets and what they hold."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session, lazyload

from resource_hub.inventory.errors import NoSuchMarket
from resource_hub.inventory.models import Market, Service

_REVISIONS = select(Market).options(lazyload(Market.areas)).order_by(Market.slug)


def find_market(session: Session, slug: str) -> Market | None:
    """Return the market with a slug."""
    return session.scalar(select(Market).where(Market.slug == slug))


def get_market(session: Session, slug: str) -> Market:
    """Return the market with a slug; refuses with NoSuchMarket, which says how to add one."""
    market = find_market(session, slug)
    if market is None:
        text = f"There is no market “{slug[:60]}”. Add it with: resource-hub market add SLUG --name NAME --state XX"
        raise NoSuchMarket(text)
    return market


def list_markets(session: Session) -> list[Market]:
    """Return all markets by slug."""
    return list(session.scalars(select(Market).order_by(Market.slug)))


def list_revisions(session: Session) -> list[Market]:
    """Return all markets by slug, without their areas: for who asks what has changed."""
    return list(session.scalars(_REVISIONS))


def market_names(session: Session) -> list[tuple[str, str]]:
    """Return the slug and the name of every market, by slug."""
    return [(slug, name) for slug, name in session.execute(select(Market.slug, Market.name).order_by(Market.slug))]


def count_services(session: Session) -> Mapping[str, int]:
    """Return how many services each market lists, by the market's id."""
    query = select(Service.market_id, func.count()).where(Service.merged_into.is_(None))
    counted = session.execute(query.group_by(Service.market_id))
    return dict(counted.all())
