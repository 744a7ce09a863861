"""The discharge board: who leaves today and tomorrow, what they need, what is arranged, what is missing."""

from collections import defaultdict
from datetime import timedelta

from sqlalchemy import or_, select

from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.handoff.episodes.models import Episode
from resource_hub.handoff.episodes.queries.courses import courses_of
from resource_hub.handoff.episodes.queries.lists import as_rows
from resource_hub.handoff.episodes.queries.scope import clock_of, scoped
from resource_hub.handoff.episodes.queries.view import gaps_of
from resource_hub.handoff.episodes.rules.helping import needs_of_gap
from resource_hub.handoff.episodes.rules.steps import standings
from resource_hub.handoff.episodes.values.course import Course
from resource_hub.handoff.episodes.values.shown import Discharge, EpisodeRow, SentOne
from resource_hub.handoff.episodes.values.words import TO_DO, WITHOUT_HELP, EpisodeStep, GapHelp
from resource_hub.handoff.models import Referral
from resource_hub.handoff.queries.scope import sent_by
from resource_hub.handoff.values.words import OPEN, Status
from resource_hub.inventory.models import Service, ServiceAtLocation
from resource_hub.screening import queries as screening
from resource_hub.screening.values import WantsHelp

MOST_ROWS = 200
_WANTED_BEFORE = (EpisodeStep.RECORD_REVIEW, EpisodeStep.BEDSIDE_VISIT, EpisodeStep.PLAN)
_ARRANGED = OPEN | {Status.COMPLETED}
_NO_HELP_YET = WITHOUT_HELP | {GapHelp.NOBODY_ASKED}


def discharges(work: Work, market_id: str) -> list[Discharge]:
    """Return who leaves today or tomorrow by the market's calendar, and who should have left and has not.

    Nothing where the market is outside the actor's scope.
    """
    today = local_date(work.now, clock_of(work, market_id).zone)
    tomorrow = today + timedelta(days=1)
    query = scoped(work.actor).where(
        Episode.market_id == market_id,
        Episode.closed_at.is_(None),
        or_(
            Episode.discharged_on.is_(None) & (Episode.planned_on <= tomorrow),
            (Episode.discharged_on >= today) & (Episode.discharged_on <= tomorrow),
        ),
    )
    records = work.session.scalars(query.order_by(Episode.planned_on, Episode.id).limit(MOST_ROWS)).all()
    courses, sent = courses_of(work, records), _sent(work, {record.person_id for record in records})
    rows = zip(as_rows(work, records), records, strict=True)
    return [_line(work, row, record, courses[record.id], sent[record.person_id]) for row, record in rows]


def _line(work: Work, row: EpisodeRow, record: Episode, course: Course, sent: list[SentOne]) -> Discharge:
    found = standings(course, clock_of(work, row.market_id), work.now)
    gaps = tuple(gap for gap in gaps_of(work, record) if gap.ended_as is None)
    standing_for = {need for gap in gaps for need in needs_of_gap(gap.code)}
    needs = tuple(
        need.code
        for need in screening.needs_of(work, row.person_id)
        if need.wants_help is WantsHelp.YES and need.state == "open" and need.code not in standing_for
    )
    linked = {one.referral_id for gap in gaps for one in gap.asked}
    covered = {code for one in sent if one.referral_id not in linked for code in one.needs}
    return Discharge(
        row=row,
        gaps=gaps,
        needs=needs,
        asked=tuple(one for one in sent if one.referral_id not in linked),
        missing=tuple(one.step for one in found if one.step in _WANTED_BEFORE and one.verdict in TO_DO),
        gaps_missing=tuple(
            gap for gap in gaps if gap.help in _NO_HELP_YET and covered.isdisjoint(needs_of_gap(gap.code))
        ),
        needs_missing=tuple(code for code in needs if not any(code in one.needs for one in sent)),
        doctor=course.doctor,
        doctor_at=course.doctor_at,
    )


def _sent(work: Work, people: set[str]) -> defaultdict[str, list[SentOne]]:
    """Return the handoffs of each person to which nobody has said no."""
    query = (
        select(Referral.person_id, Referral.id, Service.name, Referral.status, Referral.needs)
        .join(ServiceAtLocation, ServiceAtLocation.id == Referral.service_at_location_id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .where(Referral.person_id.in_(people), Referral.status.in_(_ARRANGED), sent_by(work.actor))
        .order_by(Referral.requested_at, Referral.id)
    )
    found: defaultdict[str, list[SentOne]] = defaultdict(list)
    for person_id, referral_id, service, status, needs in work.session.execute(query):
        found[person_id].append(SentOne(referral_id, service, Status(status), tuple(needs)))
    return found
