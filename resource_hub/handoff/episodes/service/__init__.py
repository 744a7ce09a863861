"""What can be done to an episode."""

from resource_hub.handoff.episodes.service.assessing import assess
from resource_hub.handoff.episodes.service.closing import close_episode
from resource_hub.handoff.episodes.service.contacting import log_contact, undo_contact
from resource_hub.handoff.episodes.service.doctor import note_doctor
from resource_hub.handoff.episodes.service.gaps import close_gap, open_gap
from resource_hub.handoff.episodes.service.helping import link_handoffs
from resource_hub.handoff.episodes.service.opening import open_episode
from resource_hub.handoff.episodes.service.overdue import raise_overdue
from resource_hub.handoff.episodes.service.reopening import reopen_episode
from resource_hub.handoff.episodes.service.staying import begin_stay, end_stay, note_discharge

__all__ = [
    "assess",
    "begin_stay",
    "close_episode",
    "close_gap",
    "end_stay",
    "link_handoffs",
    "log_contact",
    "note_discharge",
    "note_doctor",
    "open_episode",
    "open_gap",
    "raise_overdue",
    "reopen_episode",
    "undo_contact",
]
