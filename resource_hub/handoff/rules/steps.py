"""Who may move a handoff from where to where: one table.

It follows FHIR R4 Task and the referral workflow of SDOH Clinical Care: the source asks, the target answers and
reports. SDOHCC wants a reason with rejected, cancelled, on-hold and failed. The system itself takes no step: it gives
back places whose time is over and tells the referrer what is overdue, but never decides about a person's handoff.
"""

from collections.abc import Iterator, Mapping

from resource_hub.core.codes import FACTS
from resource_hub.core.language import marked as _
from resource_hub.handoff.values.asked import Step
from resource_hub.handoff.values.course import NotPossible, Transition
from resource_hub.handoff.values.words import ActorKind, Reason, Status

_REFERRER = frozenset({ActorKind.REFERRER})
_RECIPIENT = frozenset({ActorKind.RECIPIENT})
# The person asked for help, so they take the request back as their referrer does.
_ASKING = _REFERRER | {ActorKind.PERSON}
_ANYBODY = _ASKING | _RECIPIENT

# The others are about the person: nobody could reach them, they did not want it, it was asked for twice.
_OF_THE_SERVICE = frozenset({Reason.AT_CAPACITY, Reason.NOT_ELIGIBLE, Reason.OUT_OF_AREA, Reason.OTHER})
WITH_REASON = frozenset({Status.REJECTED, Status.CANCELLED, Status.ON_HOLD, Status.FAILED})

STEPS: Mapping[tuple[Status, Status], frozenset[ActorKind]] = {
    # A draft is the referrer's alone.
    (Status.DRAFT, Status.REQUESTED): _REFERRER,
    (Status.DRAFT, Status.CANCELLED): _REFERRER,
    # A request is answered by the organization; until then the referrer may take it back.
    (Status.REQUESTED, Status.ACCEPTED): _RECIPIENT,
    (Status.REQUESTED, Status.REJECTED): _RECIPIENT,
    (Status.REQUESTED, Status.CANCELLED): _ASKING,
    # Once accepted, the organization reports how it goes. Small services go straight to completed.
    (Status.ACCEPTED, Status.IN_PROGRESS): _RECIPIENT,
    (Status.ACCEPTED, Status.ON_HOLD): _RECIPIENT,
    (Status.ACCEPTED, Status.COMPLETED): _RECIPIENT,
    (Status.ACCEPTED, Status.FAILED): _RECIPIENT,
    (Status.IN_PROGRESS, Status.ON_HOLD): _RECIPIENT,
    (Status.IN_PROGRESS, Status.COMPLETED): _RECIPIENT,
    (Status.IN_PROGRESS, Status.FAILED): _RECIPIENT,
    (Status.ON_HOLD, Status.IN_PROGRESS): _RECIPIENT,
    (Status.ON_HOLD, Status.COMPLETED): _RECIPIENT,
    (Status.ON_HOLD, Status.FAILED): _RECIPIENT,
    # Either side, or the person with their code, may end a running handoff: the person changed their mind.
    (Status.ACCEPTED, Status.CANCELLED): _ANYBODY,
    (Status.IN_PROGRESS, Status.CANCELLED): _ANYBODY,
    (Status.ON_HOLD, Status.CANCELLED): _ANYBODY,
    # What should never have been written is marked by the side that wrote it; that mark is the last.
    **{(status, Status.ENTERED_IN_ERROR): _REFERRER for status in Status if status is not Status.ENTERED_IN_ERROR},
}


def decide(status: Status, actor: ActorKind, step: Step) -> Transition | NotPossible:
    """Decide whether one side may take a step now.

    The rules that refuse: already_there, no_such_step, other_side_decides, reason_missing, reason_not_expected,
    comment_missing, fact_not_expected.
    """
    if step.target is status:
        return NotPossible("already_there", _("This handoff already has this status."))
    allowed = STEPS.get((status, step.target))
    if allowed is None:
        return NotPossible("no_such_step", _("This handoff cannot get this status from where it stands."))
    if actor not in allowed:
        return NotPossible("other_side_decides", _("Only the other side can set this status."))
    return _without_its_reason(step, actor) or Transition(status, step.target, actor, step.target in WITH_REASON)


def next_steps(status: Status, actor: ActorKind) -> Iterator[Transition]:
    """Yield the steps that one side may take from a status, in the order of the table."""
    for (source, target), allowed in STEPS.items():
        if source is status and actor in allowed:
            yield Transition(source, target, actor, target in WITH_REASON)


def _without_its_reason(step: Step, actor: ActorKind) -> NotPossible | None:
    if step.fact is not None and (step.reason is not Reason.NOT_ELIGIBLE or step.fact not in FACTS):
        return NotPossible("fact_not_expected", _("Only “not eligible” says which fact decides, from the list."))
    if step.target not in WITH_REASON:
        if step.reason is None:
            return None
        return NotPossible("reason_not_expected", _("A reason does not belong to this status."))
    return _of_the_reason(step, actor)


def _of_the_reason(step: Step, actor: ActorKind) -> NotPossible | None:
    if step.reason is None:
        return NotPossible("reason_missing", _("Choose a reason."))
    if step.reason is Reason.NO_ANSWER and (step.target is not Status.CANCELLED or actor is not ActorKind.REFERRER):
        return NotPossible("reason_not_expected", _("Only the referrer takes back what nobody answered."))
    if step.reason is Reason.OTHER and not step.comment.strip():
        return NotPossible("comment_missing", _("Write what the other reason is."))
    return None


def answer_of(step: Step) -> bool | None:
    """Return what a step says of the service's readiness: yes, no, or nothing where its reason lies with the person."""
    if step.target is Status.ACCEPTED:
        return True
    return False if step.target is Status.REJECTED and step.reason in _OF_THE_SERVICE else None
