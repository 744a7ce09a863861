"""Reads a market's inventory into columns, with one SELECT for each table, and the room that is there now."""

from resource_hub.matching.queries.acceptance import acceptance_of
from resource_hub.matching.queries.cache import columns_of
from resource_hub.matching.queries.prices import prices_of
from resource_hub.matching.queries.rooms import rooms_of

__all__ = ["acceptance_of", "columns_of", "prices_of", "rooms_of"]
