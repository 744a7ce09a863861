"""Use cases of screening: bring an instrument, screen, save as one goes, answer alone, choose what to get help with."""

from resource_hub.screening.service.drafts import discard, finish, save, so_far, start
from resource_hub.screening.service.importing import import_instrument, notice_of, prepare
from resource_hub.screening.service.needs import choose_needs, set_need_state
from resource_hub.screening.service.recording import record_screening, write_down_export
from resource_hub.screening.service.visits import begin_visit, end_visit, find_visit, invite, note_answered

__all__ = [
    "begin_visit",
    "choose_needs",
    "discard",
    "end_visit",
    "find_visit",
    "finish",
    "import_instrument",
    "invite",
    "note_answered",
    "notice_of",
    "prepare",
    "record_screening",
    "save",
    "set_need_state",
    "so_far",
    "start",
    "write_down_export",
]
