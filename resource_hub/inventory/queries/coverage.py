"""Which market keeps the inventory for a place."""

from sqlalchemy.orm import Session

from resource_hub.core.geography import PostalCode, county_key
from resource_hub.inventory.models import Market
from resource_hub.inventory.queries.markets import list_markets


def market_of(session: Session, code: PostalCode) -> Market | None:
    """Return the market that a ZIP Code lies in: one that names it, else its county, else its whole state."""
    found = [(rank, market) for market in list_markets(session) if (rank := _rank(market, code)) is not None]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _rank(market: Market, code: PostalCode) -> int | None:
    if market.state != code.state:
        return None
    areas = {(area.kind, county_key(area.value) if area.kind == "county" else area.value) for area in market.areas}
    if ("postal_code", code.code) in areas:
        return 0
    if ("county", county_key(code.county)) in areas:
        return 1
    return None if areas else 2
