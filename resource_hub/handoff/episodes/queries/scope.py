"""Which episodes somebody may see: those of the people of their markets. Every query starts here."""

from sqlalchemy import Select, select

from resource_hub.accounts.values import REFERRERS, Actor
from resource_hub.accounts.work import Work
from resource_hub.core.db import Base
from resource_hub.core.errors import NotAllowed, NotFound
from resource_hub.core.language import marked as _
from resource_hub.core.workdays import business_days_of
from resource_hub.handoff.episodes.models import Episode, place
from resource_hub.handoff.episodes.values.course import Clockwork
from resource_hub.inventory.models import Market


def scoped(actor: Actor) -> Select[Episode]:
    """Select the episodes of an actor's markets; refuses with NotAllowed who has no business with people."""
    if actor.role is None:
        return select(Episode)
    if actor.role not in REFERRERS:
        raise NotAllowed(_("Only care coordinators and social workers see episodes."))
    return select(Episode).where(Episode.market_id.in_(actor.market_ids))


def get_record(work: Work, episode_id: str, *, for_update: bool = False) -> Episode:
    """Return the sealed record of an episode; refuses with NotFound outside the actor's scope."""
    query = scoped(work.actor).where(Episode.id == episode_id).execution_options(populate_existing=True)
    record = work.session.scalar(query.with_for_update() if for_update else query)
    if record is None:
        raise NotFound(_("There is no such episode."))
    return record


def clock_of(work: Work, market_id: str) -> Clockwork:
    """Return the clock and business days of a market."""
    market = work.session.get_one(Market, market_id)
    return Clockwork(market.time_zone, business_days_of(market.state))


def opened(work: Work, record: Base, column: str) -> str:
    """Open one sealed column of a record; an empty text where nothing is stored."""
    sealed: bytes | None = getattr(record, column)
    return "" if sealed is None else work.vault.open(sealed, place(record, column))
