"""The fidelity report: what was done in the episodes of a time, for those who did it and for who leads them."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select

from resource_hub.accounts.values import REFERRERS, Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotAllowed
from resource_hub.core.language import marked as _
from resource_hub.handoff.episodes.models import Episode, EpisodeGap
from resource_hub.handoff.episodes.queries.courses import AT_ONCE, courses_of
from resource_hub.handoff.episodes.queries.scope import clock_of
from resource_hub.handoff.episodes.rules.fidelity import fidelity
from resource_hub.handoff.episodes.values.course import Fidelity

READERS = REFERRERS | {Role.STEWARD, Role.ADMIN, Role.PROGRAMME_LEAD}


def fidelity_of(work: Work, since: date, until: date, market_ids: Collection[str]) -> Fidelity:
    """Count what was done in the episodes whose discharge lies between two days, both included.

    Only markets of the actor's count. Refuses with NotAllowed who has no business with the report.
    """
    if work.actor.role is not None and work.actor.role not in READERS:
        raise NotAllowed(_("Only those who work with episodes, and who lead them, see this report."))
    mine = market_ids if work.actor.role is None else work.actor.market_ids.intersection(market_ids)
    day = func.coalesce(Episode.discharged_on, Episode.planned_on)
    query = select(Episode).where(Episode.market_id.in_(mine), day >= since, day <= until).order_by(Episode.id)
    episodes = work.session.scalars(query).all()
    courses = courses_of(work, episodes)
    pairs = [(courses[episode.id], clock_of(work, episode.market_id)) for episode in episodes]
    return fidelity(pairs, _gaps(work, [episode.id for episode in episodes]), work.now)


def _gaps(work: Work, ids: Sequence[str]) -> tuple[int, int]:
    opened = closed = 0
    for start in range(0, len(ids), AT_ONCE):
        query = select(func.count(), func.count(EpisodeGap.closed_at))
        row = work.session.execute(query.where(EpisodeGap.episode_id.in_(ids[start : start + AT_ONCE]))).one()
        opened, closed = opened + row[0], closed + row[1]
    return opened, closed
