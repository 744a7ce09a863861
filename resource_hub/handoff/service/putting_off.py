"""Putting a handoff off: it leaves one's own list of work until a day, and comes back at once when it moves."""

from datetime import datetime, timedelta

from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.core.db import put_row
from resource_hub.core.errors import Fault, NotFound
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import BadRequest, NotNow
from resource_hub.handoff.models import PutOff
from resource_hub.handoff.queries.putting_off import UNDONE_WITHIN
from resource_hub.handoff.queries.scope import get_scoped

LONGEST = timedelta(days=90)


def put_off(work: Work, referral_id: str, until: datetime) -> None:
    """Keep a handoff out of the actor's list of work until a time. Nobody else's list changes, nor what is due.

    Refuses with NotFound outside the actor's scope, with bad_request a time that is past or beyond 90 days.
    """
    referral = get_scoped(work, referral_id).referral
    if not work.now < until <= work.now + LONGEST:
        text = _("Choose a day after today, at most 90 days ahead.")
        raise BadRequest(text, faults=(Fault("until", "out_of_range", text),))
    key = {"referral_id": referral.id, "user_id": _me(work)}
    put_row(work.session, PutOff, key, {"position": referral.positions, "until": until, "put_off_at": work.now})


def take_up_again(work: Work, referral_id: str) -> None:
    """Undo putting a handoff off; refuses with NotFound outside the scope, with not_now after some minutes."""
    get_scoped(work, referral_id)
    query = select(PutOff).where(PutOff.referral_id == referral_id, PutOff.user_id == _me(work))
    row = work.session.scalar(query.with_for_update())
    if row is None or row.put_off_at < work.now - UNDONE_WITHIN:
        raise NotNow(_("There is nothing to undo."))
    work.session.delete(row)
    work.session.flush()


def _me(work: Work) -> str:
    if work.actor.user_id is None:
        raise NotFound(_("There is no such handoff."))
    return work.actor.user_id
