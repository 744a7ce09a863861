"""What is read from the inventory: markets, listings with their history, and records in bulk."""

from resource_hub.inventory.queries.listings import (
    Found,
    Listing,
    find_listings,
    get_listing,
    get_market_of,
    history_of,
)
from resource_hub.inventory.queries.markets import (
    count_services,
    find_market,
    get_market,
    list_markets,
    list_revisions,
    market_names,
)

__all__ = [
    "Found",
    "Listing",
    "count_services",
    "find_listings",
    "find_market",
    "get_listing",
    "get_market",
    "get_market_of",
    "history_of",
    "list_markets",
    "list_revisions",
    "market_names",
]
