"""What came of a handoff in one tap: the step and the outcome that each answer stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from resource_hub.handoff.values.words import NeedMet, Reason, Status


class Ending(StrEnum):
    """How a handoff came to its end, in an organization's words."""

    HELPED = "helped"
    HELPED_PARTLY = "helped_partly"
    NOT_REACHED = "not_reached"
    NOT_WANTED = "not_wanted"


@dataclass(frozen=True)
class Came:
    """The step that an answer takes. The outcome is known where the person was helped; then they were also reached."""

    target: Status
    reason: Reason | None = None
    need_met: NeedMet | None = None


# Whoever was not helped stays on the referrer's worklist: no outcome is written that would settle it.
END_OF: Mapping[Ending, Came] = {
    Ending.HELPED: Came(Status.COMPLETED, need_met=NeedMet.YES),
    Ending.HELPED_PARTLY: Came(Status.COMPLETED, need_met=NeedMet.PARTLY),
    Ending.NOT_REACHED: Came(Status.FAILED, Reason.COULD_NOT_CONTACT),
    Ending.NOT_WANTED: Came(Status.CANCELLED, Reason.DECLINED_BY_PERSON),
}
