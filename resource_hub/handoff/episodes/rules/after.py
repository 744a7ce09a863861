"""Steps that follow from what happened last: contacts until every gap is closed, the physician, a stay elsewhere."""

from datetime import date, datetime

from resource_hub.core.clock import local_date
from resource_hub.handoff.episodes.rules import clock as clocks
from resource_hub.handoff.episodes.values.course import Clockwork, Course, StepStanding
from resource_hub.handoff.episodes.values.words import FAILED_TRIES, TO_DO, DoctorState, EpisodeStep, Phase, Verdict

FOLLOW_UP_DAYS = 7
ASK_BUSINESS_DAYS = 2
MAKE_DAYS = 7


def follow_up(course: Course, clock: Clockwork, now: datetime, call: StepStanding) -> StepStanding:
    """Return when the next contact is due: a week after the last one, as long as a gap is open."""
    step, phase = EpisodeStep.FOLLOW_UP, Phase.FOLLOW_UP
    running = clocks.current(course)
    if course.closed_at or (running and not course.gaps_open):
        return StepStanding(step, phase, Verdict.NOT_CALLED_FOR)
    if running is None or (call.verdict in TO_DO and call.tries < FAILED_TRIES):
        return StepStanding(step, phase, Verdict.WAITING)
    due = clocks.days_later(_last_day(course, clock, running.began_on), FOLLOW_UP_DAYS, clock)
    return _dated(step, phase, due, now)


def where_now(course: Course, clock: Clockwork, now: datetime) -> StepStanding:
    """Return when to ask whether the person is back: a week after a stay began, then every week."""
    step, phase, stay = EpisodeStep.WHERE_NOW, Phase.FOLLOW_UP, clocks.running_stay(course)
    if stay is None or course.closed_at:
        return StepStanding(step, phase, Verdict.NOT_CALLED_FOR)
    return _dated(step, phase, clocks.days_later(_last_day(course, clock, stay.began_on), FOLLOW_UP_DAYS, clock), now)


def doctor_visit(course: Course, clock: Clockwork, now: datetime) -> StepStanding:
    """Return what is due about the physician: to ask for a date, to have one, to hear whether it was kept."""
    step, phase = EpisodeStep.DOCTOR_VISIT, Phase.TWO_DAYS
    if course.doctor is DoctorState.KEPT:
        return StepStanding(step, phase, Verdict.ON_TIME, done_at=course.doctor_at)
    if course.doctor is DoctorState.NOT_NEEDED or course.closed_at:
        return StepStanding(step, phase, Verdict.NOT_CALLED_FOR)
    running = clocks.current(course)
    if running is None:
        return StepStanding(step, phase, Verdict.WAITING)
    return _dated(step, phase, _doctor_due(course, clock, running.began_on), now)


def _doctor_due(course: Course, clock: Clockwork, began_on: date) -> datetime:
    if course.doctor_at and course.doctor in {DoctorState.MADE, DoctorState.MISSED}:
        # The day after a visit says whether it was kept; one that was missed needs another date.
        days = 1 if course.doctor is DoctorState.MADE else ASK_BUSINESS_DAYS
        return clocks.business_days_later(local_date(course.doctor_at, clock.zone), days, clock)
    if course.doctor is DoctorState.NOT_ASKED:
        return clocks.business_days_later(began_on, ASK_BUSINESS_DAYS, clock)
    return clocks.days_later(began_on, MAKE_DAYS, clock)


def _last_day(course: Course, clock: Clockwork, since: date) -> date:
    days = [local_date(contact.at, clock.zone) for contact in course.contacts]
    return max([since, *days])


def _dated(step: EpisodeStep, phase: Phase, due: datetime, now: datetime) -> StepStanding:
    return StepStanding(step, phase, Verdict.OVERDUE if now >= due else Verdict.OPEN, due)
