"""Making one record of two, and undoing it: each value that changes is a step, kept with the merge."""

from resource_hub.inventory.service.merging.merge import merge
from resource_hub.inventory.service.merging.undo import undo

__all__ = ["merge", "undo"]
