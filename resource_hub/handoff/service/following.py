"""A person and their own handoff: they see where it stands, say whether it helped, or take it back."""

from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import NoSuchCode, TooManyTries
from resource_hub.handoff.models import FollowCode, HandoffStatus, Outcome, Referral
from resource_hub.handoff.queries.scope import calendar_of
from resource_hub.handoff.rules import codes, steps
from resource_hub.handoff.rules.reports import Followed, Helped, report_of
from resource_hub.handoff.service.codes import PURPOSE
from resource_hub.handoff.service.moving import take_step
from resource_hub.handoff.service.reporting import WITHOUT_OUTCOME, append_report
from resource_hub.handoff.service.tries import count_try, tried_too_often
from resource_hub.handoff.values.asked import Step
from resource_hub.handoff.values.course import NotPossible
from resource_hub.handoff.values.words import ActorKind, NeedMet, Reason, Status
from resource_hub.people import consent
from resource_hub.people.models import ConsentRecord

_WRONG = "follow-source"
_TAKES_BACK = Step(Status.CANCELLED, Reason.DECLINED_BY_PERSON)
_SAID = {NeedMet.YES: Helped.YES, NeedMet.PARTLY: Helped.PARTLY, NeedMet.NO: Helped.NO}


def find_by_code(work: Work, code: str, source: str) -> Referral:
    """Return the handoff of a code; `source` is where the request comes from, kept only as a keyed index.

    Refuses with NoSuchCode, with TooManyTries after wrong ones. The caller commits also then, so that each counts.
    """
    if tried_too_often(work, source, _WRONG):
        raise TooManyTries(_("Too many wrong codes. Wait 15 minutes. Then try again."))
    typed = codes.normal(code)
    indexes = work.vault.indexes(typed, PURPOSE) if typed else ()
    query = select(Referral).join(FollowCode, FollowCode.referral_id == Referral.id)
    query = query.where(FollowCode.code_index.in_(indexes)).execution_options(populate_existing=True)
    referral = work.session.scalar(query)
    if referral is None:
        count_try(work, source, _WRONG)
        raise NoSuchCode(_("We do not know this code. Look at your paper and type it again."))
    return referral


def followed(work: Work, referral: Referral) -> Followed:
    """Return what the person sees of their handoff."""
    newest = (HandoffStatus.referral_id == referral.id, HandoffStatus.position == referral.positions)
    since = work.session.scalars(select(HandoffStatus.at).where(*newest)).one()
    status = Status(referral.status)
    return Followed(
        status=status,
        since=since,
        requested_at=referral.requested_at,
        appointment_at=referral.appointment_at,
        time_zone=calendar_of(work, referral.market_id).zone,
        may_withdraw=not isinstance(steps.decide(status, ActorKind.PERSON, _TAKES_BACK), NotPossible),
        may_answer=status not in WITHOUT_OUTCOME,
        answered=_answered(work, referral),
    )


def withdraw(work: Work, referral: Referral) -> None:
    """Take a handoff back for the person: it is cancelled and the consent ends. Refuses with the name of the rule."""
    with work.session.begin_nested():
        # Everybody who changes both takes the consent first and the audit log last, so that nobody waits crosswise.
        work.session.get_one(ConsentRecord, referral.consent_id, with_for_update=True)
        take_step(work, referral, _TAKES_BACK, ActorKind.PERSON)
        consent.revoke(work, referral.consent_id)


def say_helped(work: Work, referral: Referral, helped: Helped) -> None:
    """Write down the person's answer to the one question; "not yet" writes nothing.

    Refuses with outcome_too_early before the handoff was answered.
    """
    report = report_of(helped)
    if report.says_something:
        append_report(work, referral, report, ActorKind.PERSON)


def _answered(work: Work, referral: Referral) -> Helped | None:
    mine = (Outcome.referral_id == referral.id, Outcome.reported_as == ActorKind.PERSON)
    said = work.session.scalar(select(Outcome.need_met).where(*mine).order_by(Outcome.at.desc(), Outcome.id.desc()))
    return _SAID.get(NeedMet(said)) if said else None
