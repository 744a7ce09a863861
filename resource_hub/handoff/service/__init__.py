"""What can be done to a handoff."""

from resource_hub.handoff.service.moving import move
from resource_hub.handoff.service.referring import refer

__all__ = ["move", "refer"]
