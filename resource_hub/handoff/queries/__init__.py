"""Finding handoffs, always from the scope of whoever asks."""

from resource_hub.handoff.queries.caller import caller_of
from resource_hub.handoff.queries.lists import inbox, of_person, sent, worklist
from resource_hub.handoff.queries.view import get_handoff

__all__ = ["caller_of", "get_handoff", "inbox", "of_person", "sent", "worklist"]
