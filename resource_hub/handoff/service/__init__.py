"""What can be done to a handoff."""

from resource_hub.handoff.service.moving import move
from resource_hub.handoff.service.opening import open_handoff
from resource_hub.handoff.service.overdue import raise_overdue
from resource_hub.handoff.service.prices import set_price
from resource_hub.handoff.service.referring import refer
from resource_hub.handoff.service.reporting import record_outcome
from resource_hub.handoff.service.ward import ward_list

__all__ = ["move", "open_handoff", "raise_overdue", "record_outcome", "refer", "set_price", "ward_list"]
