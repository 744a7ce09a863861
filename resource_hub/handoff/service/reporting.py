"""Reporting what came of a handoff."""

from resource_hub.accounts.work import Work
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import TooEarly
from resource_hub.handoff.models import Outcome
from resource_hub.handoff.queries import scope
from resource_hub.handoff.service import history
from resource_hub.handoff.service.moving import get_workable
from resource_hub.handoff.values import OPEN, Experience, NeedMet, Status, YesNo

_WITHOUT_OUTCOME = frozenset({Status.DRAFT, Status.REQUESTED, Status.ENTERED_IN_ERROR})


def record_outcome(
    work: Work,
    referral_id: str,
    contacted: YesNo = YesNo.UNKNOWN,
    received: YesNo = YesNo.UNKNOWN,
    need_met: NeedMet = NeedMet.UNKNOWN,
    experience: Experience = Experience.UNKNOWN,
) -> None:
    """Append what one side reports; unknown stays unknown, and a later report does not overwrite an earlier one.

    Once a handoff is over, nothing more is due about it. Refuses with NotFound as `move` does, with outcome_too_early
    before the handoff was answered.
    """
    with work.session.begin_nested():
        scoped = get_workable(work, referral_id)
        referral = scoped.referral
        if referral.status in _WITHOUT_OUTCOME:
            raise TooEarly(_("An outcome can be written down once the organization has answered."))
        outcome = Outcome(
            id=work.new_id(),
            referral_id=referral.id,
            contacted=contacted,
            received=received,
            need_met=need_met,
            experience=experience,
            reported_by=work.actor.user_id,
            reported_as=scope.acting_as(work.actor),
            at=work.now,
        )
        work.session.add(outcome)
        work.session.flush()
        if referral.status not in OPEN:
            history.settle(work, [referral.id])
        history.tell_other_side(work, referral, scoped.kind, "handoff.outcome", outcome.id)
        history.write_down(work, referral, "handoff.outcome_recorded", ("as", scoped.kind))
