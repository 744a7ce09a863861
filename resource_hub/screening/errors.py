"""Refusals of screening. None repeats an answer."""

from resource_hub.core.errors import Conflict, Invalid, NotFound, Refused


class BadInstrument(Invalid):
    """An instrument's file cannot be read as one."""

    code = "bad_instrument"


class NoSuchInstrument(NotFound):
    """There is no instrument with this name."""

    code = "no_such_instrument"


class InstrumentChanged(Refused):
    """The questions or the scoring of an instrument changed, and its version did not."""

    code = "instrument_changed"


class BadAnswers(Invalid):
    """Answers do not fit the instrument."""

    code = "bad_answers"


class TermsNotAccepted(Refused):
    """Nobody accepted the terms of an instrument's owner."""

    code = "terms_not_accepted"


class DraftMovedOn(Conflict):
    """A screening under way was saved somewhere else since it was shown."""

    code = "draft_moved_on"


class CodeOver(Refused):
    """A code to answer alone is wrong, was used, or is too old."""

    code = "code_over"
