"""The attempts to reach people, for one handoff and for many."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select

from resource_hub.accounts.models import User
from resource_hub.accounts.work import Work
from resource_hub.handoff.models import ContactAttempt, Referral
from resource_hub.handoff.queries import scope
from resource_hub.handoff.rules.attempts import Attempt, AttemptResult, AttemptRoute
from resource_hub.inventory.models import Organization


def attempts_of(work: Work, referral_id: str) -> list[Attempt]:
    """Return the attempts of a handoff, oldest first; refuses with NotFound outside the actor's scope.

    An organization whose consent has ended is shown none.
    """
    if not scope.reads_on(work, scope.get_scoped(work, referral_id)):
        return []
    return attempts_by_handoff(work, [referral_id]).get(referral_id, [])


def attempts_by_handoff(work: Work, referral_ids: Collection[str]) -> Mapping[str, list[Attempt]]:
    """Return the attempts of handoffs that the caller has found in the actor's scope."""
    query = (
        select(ContactAttempt, User.name, Organization.name)
        .join(Referral, Referral.id == ContactAttempt.referral_id)
        .join(Organization, Organization.id == Referral.organization_id)
        .outerjoin(User, User.id == ContactAttempt.made_by)
        .where(ContactAttempt.referral_id.in_(referral_ids))
        .order_by(ContactAttempt.at, ContactAttempt.id)
    )
    found: dict[str, list[Attempt]] = defaultdict(list)
    for row, user, organization in work.session.execute(query):
        attempt = Attempt(AttemptRoute(row.route), AttemptResult(row.result), row.at, user or organization, row.made_as)
        found[row.referral_id].append(attempt)
    return found
