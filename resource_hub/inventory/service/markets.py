"""Adding markets."""

from sqlalchemy import func

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from resource_hub.core.geography import postal_codes
from resource_hub.inventory.errors import BadMarket, MarketTaken
from resource_hub.inventory.models import Market, MarketArea
from resource_hub.inventory.rules import markets as rules
from resource_hub.inventory.values import NewMarket


def add_market(work: Work, new: NewMarket) -> Market:
    """Add a market; refuses bad values, and a slug that is taken."""
    faults = rules.faults_of(new, postal_codes())
    if faults:
        raise BadMarket(" ".join(fault.text for fault in faults), faults=tuple(faults))
    row = {
        "id": work.new_id(),
        "slug": new.slug,
        "name": new.name.strip(),
        "state": new.state,
        "time_zone": rules.time_zone_of(new),
        "created_at": work.now,
    }
    if not insert_new(work.session, Market, row):
        raise MarketTaken(f"There is a market “{new.slug}” already. Choose another slug.")
    market = work.session.get_one(Market, row["id"])
    market.areas = [MarketArea(kind=kind, value=value) for kind, value in sorted(rules.area_of(new))]
    work.session.flush()
    audit.record(work, AuditEntry("market.added", "market", market.id), market_id=market.id)
    return market


def move_on(market: Market) -> None:
    """Count one more change of a market's inventory, so that whoever keeps a copy of it looks again."""
    # Added up by the database: two that change a market at once must not both arrive at the same number.
    market.revision = Market.revision + 1
    market.revised_at = func.now()
