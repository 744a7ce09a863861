"""Use cases of screening: bring an instrument, screen, save as one goes, choose what to get help with."""

from resource_hub.screening.service.drafts import discard, finish, save, start
from resource_hub.screening.service.importing import import_instrument, notice_of, prepare
from resource_hub.screening.service.needs import choose_needs, set_need_state
from resource_hub.screening.service.recording import record_screening, write_down_export

__all__ = [
    "choose_needs",
    "discard",
    "finish",
    "import_instrument",
    "notice_of",
    "prepare",
    "record_screening",
    "save",
    "set_need_state",
    "start",
    "write_down_export",
]
