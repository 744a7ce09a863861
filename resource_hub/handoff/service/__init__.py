"""What can be done to a handoff."""

from resource_hub.handoff.service.contacting import log_attempt, write_message
from resource_hub.handoff.service.moving import move
from resource_hub.handoff.service.opening import open_handoff
from resource_hub.handoff.service.overdue import raise_overdue
from resource_hub.handoff.service.referring import refer
from resource_hub.handoff.service.reporting import record_outcome
from resource_hub.handoff.service.unmet import record_unmet

__all__ = [
    "log_attempt",
    "move",
    "open_handoff",
    "raise_overdue",
    "record_outcome",
    "record_unmet",
    "refer",
    "write_message",
]
