"""Where each step of an episode stands. What is due follows from what is known alone; the time says what is overdue."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from operator import attrgetter

from resource_hub.core.clock import local_date
from resource_hub.handoff.episodes.rules import clock as clocks
from resource_hub.handoff.episodes.rules.after import doctor_visit, follow_up, where_now
from resource_hub.handoff.episodes.values.course import Clockwork, Contact, Course, Period, StepStanding
from resource_hub.handoff.episodes.values.words import (
    DONE,
    FAILED_TRIES,
    REACHED,
    TO_DO,
    ContactKind,
    EpisodeStep,
    Phase,
    Verdict,
)

CALL_BUSINESS_DAYS = 2
LAST_CALL_DAYS = 30
# The last call may be made this many days before its day.
LAST_CALL_EARLY = 3
REVIEW_BUSINESS_DAYS = 1
CLOSE_BUSINESS_DAYS = 2


def standings(course: Course, clock: Clockwork, now: datetime) -> tuple[StepStanding, ...]:
    """Return where each step stands now, in the order of the phases."""
    call, assessment = calls(course, clock, now)[-1], assessments(course, clock, now)[-1]
    last = last_call(course, clock, now)
    return (
        *_before(course, clock, now),
        call,
        assessment,
        doctor_visit(course, clock, now),
        where_now(course, clock, now),
        follow_up(course, clock, now, call),
        last,
        rescreen(course, clock, now),
        _closing(course, clock, now, last),
    )


def next_step(found: Iterable[StepStanding]) -> StepStanding | None:
    """Return what is due first; None where nothing has a day."""
    to_do = [one for one in found if one.verdict in TO_DO and one.due_at]
    return min(to_do, key=attrgetter("due_at"), default=None)


def calls(course: Course, clock: Clockwork, now: datetime) -> tuple[StepStanding, ...]:
    """Return where the call within two business days stands, once for each start of the community clock."""
    reached, tries = _by_result(course, ContactKind.TWO_DAY_CALL)
    return tuple(_two_days(EpisodeStep.TWO_DAY_CALL, course, clock, now, reached, tries))


def assessments(course: Course, clock: Clockwork, now: datetime) -> tuple[StepStanding, ...]:
    """Return where the assessment that belongs to that call stands, once for each start of the community clock."""
    return tuple(_two_days(EpisodeStep.ASSESSMENT, course, clock, now, course.assessed, ()))


def last_call(course: Course, clock: Clockwork, now: datetime) -> StepStanding:
    """Return where the 30-day call stands. Once it was made no later stay asks for it again."""
    step, phase = EpisodeStep.THIRTY_DAY_CALL, Phase.THIRTY_DAYS
    reached, tries = _by_result(course, ContactKind.THIRTY_DAY_CALL)
    found = clocks.periods(course)
    for period in found:
        from_day = first_day_of_last_call(period.began_on)
        made = next((at for at in reached if _since(at, from_day, period, clock)), None)
        if made:
            due = clocks.days_later(period.began_on, LAST_CALL_DAYS, clock)
            return StepStanding(step, phase, _timely(made, due), due, made)
    if not found or found[-1].ended_on is not None:
        return StepStanding(step, phase, Verdict.WAITING if course.closed_at is None else Verdict.NOT_CALLED_FOR)
    due = clocks.days_later(found[-1].began_on, LAST_CALL_DAYS, clock)
    vain = [at for at in tries if clocks.is_within(at, found[-1], clock)]
    return _undone(StepStanding(step, phase, Verdict.OPEN, due, tries=len(vain)), course, now)


def first_day_of_last_call(began_on: date) -> date:
    """Return the first day on which a call is the 30-day call; before it is a follow-up."""
    return began_on + timedelta(days=LAST_CALL_DAYS - LAST_CALL_EARLY)


def rescreen(course: Course, clock: Clockwork, now: datetime) -> StepStanding:
    """Return where the re-screening stands: one since the discharge, by the day of the 30-day call."""
    step, phase = EpisodeStep.RESCREEN, Phase.THIRTY_DAYS
    running = clocks.current(course)
    due = clocks.days_later(running.began_on, LAST_CALL_DAYS, clock) if running else None
    since = course.discharged_on
    done = next((at for at in course.screened if since and local_date(at, clock.zone) > since), None)
    if done:
        return StepStanding(step, phase, _timely(done, due) if due else Verdict.ON_TIME, due, done)
    if due is None:
        return StepStanding(step, phase, Verdict.WAITING if course.closed_at is None else Verdict.NOT_CALLED_FOR)
    return _undone(StepStanding(step, phase, Verdict.OPEN, due), course, now)


def is_settled(standing: StepStanding) -> bool:
    """Tell whether a step needs nothing more: it was done, or tried often enough."""
    return standing.verdict in DONE or standing.tries >= FAILED_TRIES


def _before(course: Course, clock: Clockwork, now: datetime) -> Iterator[StepStanding]:
    opened = local_date(course.opened_at, clock.zone)
    leaves = course.discharged_on or course.planned_on
    day_end = clocks.end_of(leaves, clock)
    review_due = min(day_end, clocks.business_days_later(opened, REVIEW_BUSINESS_DAYS, clock))
    for kind, due in (
        (ContactKind.RECORD_REVIEW, review_due),
        (ContactKind.BEDSIDE_VISIT, day_end),
        (ContactKind.PLAN, day_end),
    ):
        step = EpisodeStep(kind)
        done = next(iter(_by_result(course, kind)[0]), None)
        if done:
            yield StepStanding(step, Phase.BEFORE, _timely(done, max(due, course.opened_at)), due, done)
        elif opened > leaves:
            yield StepStanding(step, Phase.BEFORE, Verdict.NOT_CALLED_FOR)
        elif course.discharged_on:
            yield StepStanding(step, Phase.BEFORE, Verdict.MISSED, due)
        else:
            yield _undone(StepStanding(step, Phase.BEFORE, Verdict.OPEN, due), course, now)
    if course.discharged_on:
        yield StepStanding(EpisodeStep.DISCHARGE, Phase.BEFORE, Verdict.ON_TIME, day_end, day_end)
    else:
        yield _undone(StepStanding(EpisodeStep.DISCHARGE, Phase.BEFORE, Verdict.OPEN, day_end), course, now)


def _two_days(
    step: EpisodeStep,
    course: Course,
    clock: Clockwork,
    now: datetime,
    done: tuple[datetime, ...],
    tries: tuple[datetime, ...],
) -> Iterator[StepStanding]:
    found = clocks.periods(course)
    for period in found:
        due = clocks.business_days_later(period.began_on, CALL_BUSINESS_DAYS, clock)
        made = next((at for at in done if clocks.is_within(at, period, clock)), None)
        vain = sum(clocks.is_within(at, period, clock) for at in tries)
        open_standing = StepStanding(step, Phase.TWO_DAYS, Verdict.OPEN, due, tries=vain)
        if made:
            yield StepStanding(step, Phase.TWO_DAYS, _timely(made, due), due, made, vain)
        elif period.ended_on is not None:
            over = period.ended_on > local_date(due, clock.zone)
            yield StepStanding(
                step, Phase.TWO_DAYS, Verdict.MISSED if over else Verdict.NOT_CALLED_FOR, due, tries=vain
            )
        elif is_settled(last_call(course, clock, now)):
            yield StepStanding(step, Phase.TWO_DAYS, Verdict.MISSED, due, tries=vain)
        else:
            yield _undone(open_standing, course, now)
    if not found or found[-1].ended_on is not None:
        waits = Verdict.WAITING if course.closed_at is None else Verdict.NOT_CALLED_FOR
        yield StepStanding(step, Phase.TWO_DAYS, waits)


def _closing(course: Course, clock: Clockwork, now: datetime, last: StepStanding) -> StepStanding:
    step = StepStanding(EpisodeStep.CLOSE, Phase.THIRTY_DAYS, Verdict.WAITING)
    if course.closed_at:
        return StepStanding(step.step, step.phase, Verdict.ON_TIME, done_at=course.closed_at)
    if course.gaps_open or not is_settled(last) or not course.contacts:
        return step
    since = local_date(max(contact.at for contact in course.contacts), clock.zone)
    due = clocks.business_days_later(since, CLOSE_BUSINESS_DAYS, clock)
    return StepStanding(step.step, step.phase, Verdict.OVERDUE if now >= due else Verdict.OPEN, due)


def _undone(standing: StepStanding, course: Course, now: datetime) -> StepStanding:
    """Judge a step that has a day and was not done."""
    verdict = Verdict.OPEN
    end = course.closed_at or now
    is_past = standing.due_at is not None and end >= standing.due_at
    if standing.tries >= FAILED_TRIES:
        verdict = Verdict.MISSED
    elif course.closed_at:
        verdict = Verdict.MISSED if is_past else Verdict.NOT_CALLED_FOR
    elif is_past:
        verdict = Verdict.OVERDUE
    return StepStanding(standing.step, standing.phase, verdict, standing.due_at, None, standing.tries)


def _by_result(course: Course, kind: ContactKind) -> tuple[tuple[datetime, ...], tuple[datetime, ...]]:
    """Return when contacts of a kind reached somebody, and when they were made in vain."""
    of_kind: list[Contact] = [contact for contact in course.contacts if contact.kind is kind]
    reached = tuple(contact.at for contact in of_kind if contact.result in REACHED)
    return reached, tuple(contact.at for contact in of_kind if contact.result not in REACHED)


def _since(at: datetime, day: date, period: Period, clock: Clockwork) -> bool:
    return clocks.is_within(at, period, clock) and local_date(at, clock.zone) >= day


def _timely(done: datetime, due: datetime) -> Verdict:
    return Verdict.ON_TIME if done <= due else Verdict.LATE
