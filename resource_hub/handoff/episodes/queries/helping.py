"""The handoffs of gaps, each as far as whoever asks may know of it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, select

from resource_hub.accounts.work import Work
from resource_hub.handoff.episodes.models import Episode, EpisodeGap, GapHandoff
from resource_hub.handoff.episodes.queries.scope import opened, scoped
from resource_hub.handoff.episodes.rules.helping import Reported, best_of, came_of
from resource_hub.handoff.episodes.values.shown import HelpAsked, OpenGap
from resource_hub.handoff.episodes.values.words import GapHelp
from resource_hub.handoff.models import HandoffStatus, Outcome, Referral
from resource_hub.handoff.queries.scope import sent_by
from resource_hub.handoff.values.words import NeedMet, Reason, Status, YesNo
from resource_hub.inventory.models import Organization, Service, ServiceAtLocation
from resource_hub.people.queries import get_record

AT_ONCE = 500

Asked = defaultdict[str, tuple[HelpAsked, ...]]


def asked_of_episodes(work: Work, episode_ids: Sequence[str]) -> Asked:
    """Return the handoffs of the gaps of some episodes by the gap's id, newest first."""
    found: Asked = defaultdict(tuple)
    for start in range(0, len(episode_ids), AT_ONCE):
        for gap_id, one in _asked(work, EpisodeGap.episode_id.in_(episode_ids[start : start + AT_ONCE])):
            found[gap_id] += (one,)
    return found


def open_gaps_of_person(work: Work, person_id: str) -> list[OpenGap]:
    """Return the open gaps of a person's open episode; refuses with NotFound outside the actor's scope."""
    get_record(work, person_id)
    episode = work.session.scalar(scoped(work.actor).where(Episode.person_id == person_id, Episode.closed_at.is_(None)))
    if episode is None:
        return []
    query = select(EpisodeGap).where(EpisodeGap.episode_id == episode.id, EpisodeGap.closed_at.is_(None))
    return [
        OpenGap(gap.id, episode.id, episode.market_id, opened(work, gap, "sealed_code"))
        for gap in work.session.scalars(query.order_by(EpisodeGap.opened_at, EpisodeGap.id))
    ]


def gaps_served(work: Work, person_id: str, referral_id: str) -> list[tuple[OpenGap, GapHelp]]:
    """Return the open gaps that a handoff was asked for, each with what came of all that was asked for it.

    Refuses with NotFound outside the actor's scope.
    """
    gaps = open_gaps_of_person(work, person_id)
    asked = asked_of_episodes(work, [gap.episode_id for gap in gaps[:1]])
    return [
        (gap, best_of(one.came for one in asked[gap.id]))
        for gap in gaps
        if any(one.referral_id == referral_id for one in asked[gap.id])
    ]


def help_of_open_gaps(work: Work, episode_ids: Sequence[str]) -> Mapping[str, list[GapHelp]]:
    """Return what came of the handoffs of each open gap, by the id of the episode."""
    asked, found = asked_of_episodes(work, episode_ids), defaultdict[str, list[GapHelp]](list)
    for start in range(0, len(episode_ids), AT_ONCE):
        open_gaps = select(EpisodeGap.episode_id, EpisodeGap.id).where(
            EpisodeGap.episode_id.in_(episode_ids[start : start + AT_ONCE]), EpisodeGap.closed_at.is_(None)
        )
        for episode_id, gap_id in work.session.execute(open_gaps):
            found[episode_id].append(best_of(one.came for one in asked[gap_id]))
    return found


def _asked(work: Work, which: ColumnElement[bool]) -> Iterator[tuple[str, HelpAsked]]:
    # What was written by mistake was never asked.
    query = (
        select(GapHandoff.gap_id, Referral, HandoffStatus.reason, Service.name, Organization.name)
        .join(EpisodeGap, EpisodeGap.id == GapHandoff.gap_id)
        .join(Referral, Referral.id == GapHandoff.referral_id)
        .join(
            HandoffStatus,
            (HandoffStatus.referral_id == Referral.id) & (HandoffStatus.position == Referral.positions),
        )
        .join(ServiceAtLocation, ServiceAtLocation.id == Referral.service_at_location_id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .join(Organization, Organization.id == Referral.organization_id)
        .where(which, sent_by(work.actor), Referral.status != Status.ENTERED_IN_ERROR)
        .order_by(Referral.requested_at.desc(), Referral.id)
    )
    rows = work.session.execute(query).all()
    reports = _reports(work, {row[1].id for row in rows})
    for gap_id, referral, reason, service, organization in rows:
        status = Status(referral.status)
        yield (
            gap_id,
            HelpAsked(
                referral_id=referral.id,
                service=service,
                organization=organization,
                status=status,
                reason=Reason(reason) if reason else None,
                came=came_of(status, reports[referral.id]),
            ),
        )


def _reports(work: Work, referral_ids: Collection[str]) -> defaultdict[str, list[Reported]]:
    found: defaultdict[str, list[Reported]] = defaultdict(list)
    ids = sorted(referral_ids)
    for start in range(0, len(ids), AT_ONCE):
        query = select(Outcome).where(Outcome.referral_id.in_(ids[start : start + AT_ONCE]))
        for row in work.session.scalars(query.order_by(Outcome.at, Outcome.id)):
            found[row.referral_id].append(Reported(row.reported_as, YesNo(row.received), NeedMet(row.need_met)))
    return found
