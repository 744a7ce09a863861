"""What can be done to a handoff."""

from resource_hub.handoff.service.codes import code_for_paper
from resource_hub.handoff.service.contacting import log_attempt, write_message
from resource_hub.handoff.service.following import find_by_code, followed, say_helped, withdraw
from resource_hub.handoff.service.informing import inform, set_appointment
from resource_hub.handoff.service.moving import move
from resource_hub.handoff.service.notes import keep_note
from resource_hub.handoff.service.opening import open_handoff
from resource_hub.handoff.service.overdue import raise_overdue
from resource_hub.handoff.service.own import ask_for_oneself
from resource_hub.handoff.service.putting_off import put_off, take_up_again
from resource_hub.handoff.service.referring import refer, refer_together
from resource_hub.handoff.service.reporting import record_outcome
from resource_hub.handoff.service.sending import record_person
from resource_hub.handoff.service.unmet import record_unmet

__all__ = [
    "ask_for_oneself",
    "code_for_paper",
    "find_by_code",
    "followed",
    "inform",
    "keep_note",
    "log_attempt",
    "move",
    "open_handoff",
    "put_off",
    "raise_overdue",
    "record_outcome",
    "record_person",
    "record_unmet",
    "refer",
    "refer_together",
    "say_helped",
    "set_appointment",
    "take_up_again",
    "withdraw",
    "write_message",
]
