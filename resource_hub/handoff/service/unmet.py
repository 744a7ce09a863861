"""Writing down that nothing suitable exists for a need: need, area and reason, never the person."""

from collections.abc import Collection

from resource_hub.accounts.values import REFERRERS
from resource_hub.accounts.work import Work
from resource_hub.core.codes import check_need
from resource_hub.core.errors import NotAllowed
from resource_hub.core.geography import find_postal_code
from resource_hub.handoff.errors import BadRequest
from resource_hub.handoff.models import UnmetNeed
from resource_hub.handoff.rules.gaps import Unsuitable
from resource_hub.inventory import queries

MOST_NEEDS = 24


def record_unmet(work: Work, market_id: str, needs: Collection[str], postal_code: str, reason: str) -> int:
    """Write down for each need that nothing suitable exists; return how many rows.

    Of the ZIP Code only three digits are kept. Refuses with NotAllowed whoever is no referrer, NoSuchMarket outside
    their markets, BadRequest without a need or with an unknown reason.
    """
    if work.actor.role not in REFERRERS:
        raise NotAllowed("Only those who hand off write this down.")
    market = queries.get_market_of(work.session, work.actor, market_id)
    codes = sorted({check_need(need) for need in needs})[:MOST_NEEDS]
    if not codes or reason not in set(Unsuitable):
        raise BadRequest("Choose a need and why nothing is suitable.")
    area = postal_code[:3] if find_postal_code(postal_code) else ""
    work.session.add_all(
        UnmetNeed(
            id=work.new_id(),
            market_id=market.id,
            need=need,
            area=area,
            reason=reason,
            recorded_by=work.actor.user_id,
            recorded_at=work.now,
        )
        for need in codes
    )
    work.session.flush()
    return len(codes)
