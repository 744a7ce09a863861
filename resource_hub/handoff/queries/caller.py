"""Whom an organization may call about a handoff."""

from dataclasses import dataclass

from resource_hub.accounts.models import User
from resource_hub.accounts.work import Work
from resource_hub.handoff.models import Referral
from resource_hub.handoff.values.shown import HandoffView


@dataclass(frozen=True)
class Caller:
    """A member of staff who takes calls; phone and hours are empty where they did not say."""

    name: str
    phone: str
    hours: str


def caller_of(work: Work, view: HandoffView) -> Caller | None:
    """Return who asked for a handoff that the actor sees, with when and where they take calls."""
    referral = work.session.get_one(Referral, view.referral_id)
    user = work.session.get(User, referral.requested_by) if referral.requested_by else None
    return Caller(user.name, user.call_phone or "", user.call_hours or "") if user else None
