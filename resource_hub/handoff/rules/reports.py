"""What came of a handoff: in four fields for staff, in one plain question for the person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from resource_hub.handoff.values.words import ActorKind, Experience, NeedMet, Status, YesNo


@dataclass(frozen=True)
class Report:
    """What one side knows of what came of a handoff; unknown stays unknown."""

    contacted: YesNo = YesNo.UNKNOWN
    received: YesNo = YesNo.UNKNOWN
    need_met: NeedMet = NeedMet.UNKNOWN
    experience: Experience = Experience.UNKNOWN

    @property
    def says_something(self) -> bool:
        """Whether anything is known at all: only then is the loop known, and closed."""
        return self != Report()


class Helped(StrEnum):
    """What a person answers when asked whether they got the help."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class Followed:
    """What a person sees of their own handoff: nothing that names them, their need or the service. Times are UTC."""

    status: Status
    since: datetime
    requested_at: datetime
    appointment_at: datetime | None
    time_zone: str
    may_withdraw: bool
    may_answer: bool
    answered: Helped | None


def report_of(helped: Helped) -> Report:
    """Return what an answer of the person says in the four fields; "not yet" says nothing."""
    if helped is Helped.NOT_YET:
        return Report()
    received = YesNo.NO if helped is Helped.NO else YesNo.YES
    return Report(received=received, need_met=NeedMet(helped.value))


def marks_need(reported_as: str, need_met: NeedMet, *, person_said: NeedMet | None) -> bool | None:
    """Return whether a report marks the need as met (True) or open again (False); None leaves it as it is.

    The person's word goes before everybody's: once they said something, what an organization or a referrer says of the
    need changes nothing. Of those two, only a yes counts; a "no" of theirs is no news about an open need.
    """
    if need_met is NeedMet.UNKNOWN:
        return None
    if reported_as == ActorKind.PERSON:
        return need_met is NeedMet.YES
    if person_said is not None and person_said is not NeedMet.UNKNOWN:
        return None
    return True if need_met is NeedMet.YES else None
