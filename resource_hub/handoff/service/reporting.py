"""Reporting what came of a handoff."""

from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import TooEarly
from resource_hub.handoff.models import Outcome, Referral
from resource_hub.handoff.queries import scope
from resource_hub.handoff.rules.reports import Report, marks_need
from resource_hub.handoff.service import history
from resource_hub.handoff.service.moving import get_workable
from resource_hub.handoff.values.words import OPEN, ActorKind, Experience, NeedMet, Status, YesNo
from resource_hub.matching.learning import learn_outcome
from resource_hub.screening.service.needs import mark_needs

WITHOUT_OUTCOME = frozenset({Status.DRAFT, Status.REQUESTED, Status.ENTERED_IN_ERROR})


def record_outcome(
    work: Work,
    referral_id: str,
    contacted: YesNo = YesNo.UNKNOWN,
    received: YesNo = YesNo.UNKNOWN,
    need_met: NeedMet = NeedMet.UNKNOWN,
    experience: Experience = Experience.UNKNOWN,
) -> None:
    """Append what one side reports; unknown stays unknown, and a later report does not overwrite an earlier one.

    Once a handoff is over and something is known, nothing more is due about it. A met need is marked as met. Refuses
    with NotFound as `move` does, with outcome_too_early before the handoff was answered.
    """
    with work.session.begin_nested():
        scoped = get_workable(work, referral_id)
        append_report(
            work,
            scoped.referral,
            Report(contacted, received, need_met, experience),
            scoped.kind,
            scope.acting_as(work.actor, scoped.kind),
        )


def append_report(
    work: Work, referral: Referral, report: Report, kind: ActorKind, reported_as: str | None = None
) -> None:
    """Append the report of one side, `reported_as` that side unless said otherwise; refuses with outcome_too_early.

    The caller has made sure that the handoff is theirs.
    """
    if referral.status in WITHOUT_OUTCOME:
        raise TooEarly(_("An outcome can be written down once the organization has answered."))
    is_met = marks_need(kind, report.need_met, person_said=_person_said(work, referral))
    outcome = Outcome(
        id=work.new_id(),
        referral_id=referral.id,
        contacted=report.contacted,
        received=report.received,
        need_met=report.need_met,
        experience=report.experience,
        reported_by=work.actor.user_id,
        reported_as=reported_as or kind,
        at=work.now,
    )
    work.session.add(outcome)
    work.session.flush()
    if referral.status not in OPEN and report.says_something:
        history.settle(work, [referral.id])
    if not referral.restricted:
        _learn(work, referral, report)
    if is_met is not None:
        mark_needs(work, referral.person_id, referral.needs, is_met=is_met)
    history.tell_other_side(work, referral, kind, "handoff.outcome", outcome.id)
    history.write_down(work, referral, "handoff.outcome_recorded", ("as", kind))


def _person_said(work: Work, referral: Referral) -> NeedMet | None:
    mine = (Outcome.referral_id == referral.id, Outcome.reported_as == ActorKind.PERSON)
    said = work.session.scalar(select(Outcome.need_met).where(*mine).order_by(Outcome.at.desc(), Outcome.id.desc()))
    return NeedMet(said) if said else None


def _learn(work: Work, referral: Referral, report: Report) -> None:
    known = {
        name: value == YesNo.YES
        for name, value in (("contacted", report.contacted), ("received", report.received), ("met", report.need_met))
        if value != YesNo.UNKNOWN
    }
    if known:
        learn_outcome(work, referral.service_at_location_id, referral.market_id, referral.needs, known=known)
