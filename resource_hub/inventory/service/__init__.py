"""The inventory's use cases: markets, records as a source states them, and the edits of stewards."""

from resource_hub.inventory.service.deriving import derive
from resource_hub.inventory.service.edits import edit_listing
from resource_hub.inventory.service.loading import load
from resource_hub.inventory.service.markets import add_market, move_on

__all__ = ["add_market", "derive", "edit_listing", "load", "move_on"]
