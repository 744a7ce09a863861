"""Telling whoever looks after a handoff: who asked for it, or the market's referrers where the person asked alone."""

from sqlalchemy import select

from resource_hub.accounts import outbox
from resource_hub.accounts.models import User, UserMarket
from resource_hub.accounts.values import REFERRERS
from resource_hub.accounts.work import Work
from resource_hub.handoff.models import Referral


def tell_owner(work: Work, referral: Referral, notice: str, key: str) -> bool:
    """Queue a notice, once for a key, to the referrer who asked or to all of the market; return whether it was new."""
    if referral.requested_by:
        return outbox.notify_user(work, referral.requested_by, notice, f"{notice}:{key}")
    told = [outbox.notify_user(work, one, notice, f"{notice}:{key}:{one}") for one in _referrers(work, referral)]
    return any(told)


def _referrers(work: Work, referral: Referral) -> list[str]:
    query = select(User.id).join(UserMarket, UserMarket.user_id == User.id)
    query = query.where(UserMarket.market_id == referral.market_id, User.active, User.role.in_(REFERRERS))
    return list(work.session.scalars(query.order_by(User.id)))
