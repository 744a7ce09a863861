"""Refusals of the handoff. None says anything about the person."""

from resource_hub.core.errors import Conflict, Invalid, Refused


class BadRequest(Invalid):
    """What was asked for cannot be."""

    code = "bad_request"


class NoWish(Refused):
    """The person has not said that they want help with this."""

    code = "no_wish"


class AlreadyReferred(Refused):
    """The person already has an open handoff to this service at this place."""

    code = "already_referred"


class NoRoom(Refused):
    """The service has no free place."""

    code = "no_capacity"


class StepRefused(Refused):
    """The table of steps says no; the code is the rule's name."""

    code = "step_refused"


class TooEarly(Refused):
    """An outcome belongs to a handoff that was answered."""

    code = "outcome_too_early"


class NoSuchCode(Invalid):
    """No handoff has this code."""

    code = "no_such_code"


class TooManyTries(Refused):
    """Too many wrong codes came from one place."""

    code = "too_many_tries"


class ChangedMeanwhile(Conflict):
    """Somebody else moved the handoff first."""

    code = "changed_meanwhile"
