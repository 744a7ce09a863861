"""One episode as the desk shows it."""

import json
from collections.abc import Iterator, Mapping

from sqlalchemy import select

from resource_hub.accounts.queries import names_of
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.handoff.episodes.models import Episode, EpisodeAssessment, EpisodeContact, EpisodeGap, EpisodeStay
from resource_hub.handoff.episodes.queries.courses import courses_of
from resource_hub.handoff.episodes.queries.helping import asked_of_episodes
from resource_hub.handoff.episodes.queries.reopened import reopenings_of
from resource_hub.handoff.episodes.queries.scope import clock_of, get_record, opened
from resource_hub.handoff.episodes.rules import steps
from resource_hub.handoff.episodes.rules.acts import may_reopen, may_undo
from resource_hub.handoff.episodes.rules.helping import best_of
from resource_hub.handoff.episodes.values.shown import (
    AssessmentShown,
    ContactShown,
    EpisodeView,
    GapShown,
    StayShown,
)
from resource_hub.handoff.episodes.values.words import (
    CloseReason,
    Concern,
    ContactKind,
    ContactResult,
    Destination,
    GapEnd,
    GapSource,
    Mode,
    StayKind,
)
from resource_hub.screening import queries as screening
from resource_hub.screening.values import Result, WantsHelp


def get_episode(work: Work, episode_id: str) -> EpisodeView:
    """Return an episode with everything that was written down; refuses with NotFound outside the actor's scope."""
    record = get_record(work, episode_id)
    clock, course = clock_of(work, record.market_id), courses_of(work, [record])[record.id]
    found = steps.standings(course, clock, work.now)
    upcoming = None if record.closed_at else steps.next_step(found)
    return EpisodeView(
        id=record.id,
        person_id=record.person_id,
        market_id=record.market_id,
        time_zone=clock.zone,
        today=local_date(work.now, clock.zone),
        worker=_names(work, record).get(record.worker_id or "", SYSTEM.name),
        course=course,
        destination=Destination(record.destination),
        place=opened(work, record, "sealed_place"),
        steps=found,
        next_step=upcoming,
        overdue=upcoming is not None and upcoming.due_at is not None and upcoming.due_at <= work.now,
        contacts=tuple(_contacts(work, record)),
        stays=tuple(_stays(work, record)),
        gaps=tuple(gaps_of(work, record)),
        assessments=tuple(_assessments(work, record)),
        closed_as=CloseReason(record.closed_as) if record.closed_as else None,
        close_note=opened(work, record, "sealed_close_note"),
        may_reopen=may_reopen(record.closed_at, clock, work.now),
        reopenings=tuple(reopenings_of(work, record)),
    )


def not_yet_gaps(work: Work, view: EpisodeView) -> Mapping[str, GapSource]:
    """Return the needs with a yes, and the risks of the newest screening, that are no gap of the episode."""
    known = {gap.code for gap in view.gaps if gap.source is not GapSource.ASSESSMENT}
    newest = screening.latest_screening(work, view.person_id)
    found = {
        risk.domain: GapSource.RISK
        for risk in (newest.results if newest else ())
        if risk.result is Result.POSITIVE and risk.domain not in known
    }
    for need in screening.needs_of(work, view.person_id):
        if need.code not in known and need.wants_help is WantsHelp.YES and need.state == "open":
            found[need.code] = GapSource.NEED
        elif need.wants_help is WantsHelp.NO:
            # Who was asked and said no has no gap.
            found.pop(need.code, None)
    return found


def gaps_of(work: Work, record: Episode) -> Iterator[GapShown]:
    """Yield the gaps of an episode, open ones first."""
    query = select(EpisodeGap).where(EpisodeGap.episode_id == record.id)
    asked = asked_of_episodes(work, [record.id])
    for row in work.session.scalars(
        query.order_by(EpisodeGap.closed_at.is_not(None), EpisodeGap.opened_at, EpisodeGap.id)
    ):
        yield GapShown(
            id=row.id,
            source=GapSource(row.source),
            code=opened(work, row, "sealed_code"),
            what=opened(work, row, "sealed_what"),
            closes=opened(work, row, "sealed_closes"),
            opened_at=row.opened_at,
            ended_as=GapEnd(row.closed_as) if row.closed_as else None,
            closed_at=row.closed_at,
            close_note=opened(work, row, "sealed_close_note"),
            asked=asked[row.id],
            help=best_of(one.came for one in asked[row.id]),
        )


def contact_records(work: Work, record: Episode) -> list[EpisodeContact]:
    """Return the contacts that stand, newest logged first."""
    query = select(EpisodeContact).where(EpisodeContact.episode_id == record.id, EpisodeContact.undone_at.is_(None))
    return list(work.session.scalars(query.order_by(EpisodeContact.logged_at.desc(), EpisodeContact.id.desc())))


def _contacts(work: Work, record: Episode) -> Iterator[ContactShown]:
    rows = contact_records(work, record)
    newest, names = rows[0].id if rows else None, names_of(work.session, {row.logged_by or "" for row in rows})
    for row in sorted(rows, key=lambda row: (row.at, row.id), reverse=True):
        yield ContactShown(
            id=row.id,
            kind=ContactKind(row.kind),
            mode=Mode(row.mode),
            result=ContactResult(row.result),
            at=row.at,
            who=names.get(row.logged_by or "", SYSTEM.name),
            note=opened(work, row, "sealed_note"),
            undoable=row.id == newest
            and record.closed_at is None
            and may_undo(row.logged_at, row.logged_by, work.now, work.actor.user_id),
        )


def _stays(work: Work, record: Episode) -> Iterator[StayShown]:
    query = select(EpisodeStay).where(EpisodeStay.episode_id == record.id).order_by(EpisodeStay.began_on)
    for row in work.session.scalars(query):
        yield StayShown(StayKind(row.kind), row.began_on, row.ended_on, opened(work, row, "sealed_place"))


def _assessments(work: Work, record: Episode) -> Iterator[AssessmentShown]:
    query = select(EpisodeAssessment).where(EpisodeAssessment.episode_id == record.id)
    rows = work.session.scalars(query.order_by(EpisodeAssessment.at.desc(), EpisodeAssessment.id)).all()
    names = names_of(work.session, {row.recorded_by or "" for row in rows})
    for row in rows:
        answers = json.loads(opened(work, row, "sealed_answers"))
        yield AssessmentShown(
            row.at,
            names.get(row.recorded_by or "", SYSTEM.name),
            {domain: Concern(answer) for domain, answer in answers.items()},
            opened(work, row, "sealed_note"),
        )


def _names(work: Work, record: Episode) -> dict[str, str]:
    return names_of(work.session, {record.worker_id or ""})
