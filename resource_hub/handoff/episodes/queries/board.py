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
from resource_hub.handoff.episodes.rules.steps import standings
from resource_hub.handoff.episodes.values.course import Course
from resource_hub.handoff.episodes.values.shown import Discharge, EpisodeRow
from resource_hub.handoff.episodes.values.words import TO_DO, EpisodeStep
from resource_hub.handoff.models import Referral
from resource_hub.handoff.queries.scope import sent_by
from resource_hub.handoff.values.words import OPEN, Status
from resource_hub.inventory.models import Service, ServiceAtLocation
from resource_hub.screening import queries as screening
from resource_hub.screening.values import WantsHelp

MOST_ROWS = 200
_WANTED_BEFORE = (EpisodeStep.RECORD_REVIEW, EpisodeStep.BEDSIDE_VISIT, EpisodeStep.PLAN)
_ARRANGED = OPEN | {Status.COMPLETED}


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
    return [_line(work, row, courses[row.episode_id], sent[row.person_id]) for row in as_rows(work, records)]


def _line(work: Work, row: EpisodeRow, course: Course, sent: list[tuple[str, list[str]]]) -> Discharge:
    found = standings(course, clock_of(work, row.market_id), work.now)
    needs = tuple(
        need.code
        for need in screening.needs_of(work, row.person_id)
        if need.wants_help is WantsHelp.YES and need.state == "open"
    )
    covered = {code for _service, codes in sent for code in codes}
    return Discharge(
        row=row,
        needs=needs,
        arranged=tuple(service for service, _codes in sent),
        missing=tuple(one.step for one in found if one.step in _WANTED_BEFORE and one.verdict in TO_DO),
        needs_without_handoff=tuple(code for code in needs if code not in covered),
        doctor=course.doctor,
        doctor_at=course.doctor_at,
    )


def _sent(work: Work, people: set[str]) -> defaultdict[str, list[tuple[str, list[str]]]]:
    """Return the services that were asked for each person and have not said no, with the needs they were asked for."""
    query = (
        select(Referral.person_id, Service.name, Referral.needs)
        .join(ServiceAtLocation, ServiceAtLocation.id == Referral.service_at_location_id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .where(Referral.person_id.in_(people), Referral.status.in_(_ARRANGED), sent_by(work.actor))
        .order_by(Referral.requested_at, Referral.id)
    )
    found: defaultdict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for person_id, service, needs in work.session.execute(query):
        found[person_id].append((service, needs))
    return found
