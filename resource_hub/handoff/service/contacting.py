"""What the two sides do between the steps: try to reach the person, ask each other."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from resource_hub.accounts.work import Work
from resource_hub.core.errors import Fault
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import BadRequest, NotNow, TooMany
from resource_hub.handoff.models import ContactAttempt, HandoffMessage, Referral
from resource_hub.handoff.queries import scope
from resource_hub.handoff.queries.attempts import attempts_by_handoff
from resource_hub.handoff.queries.messages import place_of
from resource_hub.handoff.rules.attempts import AttemptResult, AttemptRoute, out_of_reach
from resource_hub.handoff.rules.links import MOST_ATTEMPTS_A_DAY, MOST_MESSAGES_A_DAY
from resource_hub.handoff.service import history
from resource_hub.handoff.service.moving import get_workable
from resource_hub.handoff.service.telling import tell_owner
from resource_hub.handoff.values.words import OPEN, Status

LONGEST_MESSAGE = 1000
_CONTACTED_IN = frozenset({Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD})


def log_attempt(work: Work, referral_id: str, route: AttemptRoute, result: AttemptResult) -> None:
    """Write down an attempt to reach the person; after enough failed ones the referrer is told and it is due now.

    Refuses with NotFound as `move` does, with not_now unless the handoff is running, with too_many through a link.
    """
    with work.session.begin_nested():
        scoped = get_workable(work, referral_id)
        referral = scoped.referral
        if referral.status not in _CONTACTED_IN:
            raise NotNow(_("Attempts are written down once the organization has said yes, and until the end."))
        _check_rate(work, ContactAttempt.referral_id, ContactAttempt.at, referral.id, MOST_ATTEMPTS_A_DAY)
        failed_before = out_of_reach(attempts_by_handoff(work, [referral.id]).get(referral.id, ()))
        attempt = ContactAttempt(
            id=work.new_id(),
            referral_id=referral.id,
            route=route,
            result=result,
            at=work.now,
            made_by=work.actor.user_id,
            made_as=scope.acting_as(work.actor, scoped.kind),
        )
        work.session.add(attempt)
        work.session.flush()
        if not failed_before and out_of_reach(attempts_by_handoff(work, [referral.id])[referral.id]):
            _bring_back(work, referral, attempt.id)
        history.write_down(work, referral, "handoff.attempt", ("route", route), ("result", result))


def write_message(work: Work, referral_id: str, text: str) -> None:
    """Ask the other side something, or answer it. The text is sealed; the notice does not hold it.

    Refuses with NotFound as `move` does, with bad_request for an empty or too long text, with not_now once the handoff
    or the consent has ended, with too_many through a link.
    """
    text = text.strip()
    if not text or len(text) > LONGEST_MESSAGE:
        words = _("Write your question or answer, in at most 1000 characters.")
        raise BadRequest(words, faults=(Fault("text", "too_long" if text else "missing", words),))
    with work.session.begin_nested():
        scoped = get_workable(work, referral_id)
        referral = scoped.referral
        if referral.status not in OPEN or not scope.holds(scoped.consent, work.now):
            raise NotNow(_("The request or the consent has ended. Nothing more can be written here."))
        _check_rate(work, HandoffMessage.referral_id, HandoffMessage.at, referral.id, MOST_MESSAGES_A_DAY)
        message_id = work.new_id()
        work.session.add(
            HandoffMessage(
                id=message_id,
                referral_id=referral.id,
                sealed_text=work.vault.seal(text, place_of(message_id)),
                at=work.now,
                written_by=work.actor.user_id,
                written_as=scope.acting_as(work.actor, scoped.kind),
            )
        )
        work.session.flush()
        history.tell_other_side(work, referral, scoped.kind, "handoff.message", message_id)
        history.write_down(work, referral, "handoff.message")


def _bring_back(work: Work, referral: Referral, attempt_id: str) -> None:
    # The notice below tells it; the worker need not say a second time that it is overdue.
    query = update(Referral).where(Referral.id == referral.id).values(due_at=work.now, raised_due_at=work.now)
    work.session.execute(query.execution_options(synchronize_session="evaluate"))
    tell_owner(work, referral, "handoff.attempts", attempt_id)


def _check_rate(
    work: Work, about: InstrumentedAttribute[str], at: InstrumentedAttribute[datetime], referral_id: str, most: int
) -> None:
    if not scope.by_link(work.actor):
        return
    query = select(func.count()).where(about == referral_id, at > work.now - timedelta(days=1))
    if (work.session.scalar(query) or 0) >= most:
        raise TooMany(_("That was done too often today. Call whoever sent you the link."))
