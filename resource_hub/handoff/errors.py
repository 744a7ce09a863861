"""Refusals of the handoff. None says anything about the person."""

from resource_hub.core.errors import Conflict, Invalid, NotFound, Refused


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


class NoSuchAnswerLink(NotFound):
    """The link is none of ours."""

    code = "no_such_answer_link"


class AnswerLinkOver(Refused):
    """The link worked once: it has run out, was taken back, or what it was for is over."""

    code = "answer_link_over"


class TooMany(Refused):
    """This was done too often in a short time."""

    code = "too_many"


class NotOffered(Refused):
    """This service is not asked by people themselves."""

    code = "not_offered"


class NotNow(Refused):
    """It does not belong to where the handoff stands."""

    code = "not_now"
