"""What a set of episodes did of the published phases, and what of it others may see."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from resource_hub.core.clock import local_date
from resource_hub.handoff.episodes.rules import steps
from resource_hub.handoff.episodes.values.course import Clockwork, Course, Fidelity, StepStanding, Tally
from resource_hub.handoff.episodes.values.words import REACHED, EpisodeStep, Verdict

COUNTED = (
    EpisodeStep.RECORD_REVIEW,
    EpisodeStep.BEDSIDE_VISIT,
    EpisodeStep.PLAN,
    EpisodeStep.TWO_DAY_CALL,
    EpisodeStep.ASSESSMENT,
    EpisodeStep.THIRTY_DAY_CALL,
    EpisodeStep.RESCREEN,
)
SMALLEST_SHOWN = 11
# Contacts are counted by weeks since the discharge; the last bar is all that came later, the first all before it.
WEEKS = 6
_SEVEN = 7


def fidelity(courses: Sequence[tuple[Course, Clockwork]], gaps: tuple[int, int], now: datetime) -> Fidelity:
    """Count what was done; `gaps` are those opened and those closed.

    The call within two business days and its assessment count once for each start of the community clock.
    """
    judged = [standing for course, clock in courses for standing in _judged(course, clock, now)]
    contacts = [(contact, course, clock) for course, clock in courses for contact in course.contacts]
    by_week = Counter(_week(contact.at, course, clock) for contact, course, clock in contacts)
    return Fidelity(
        episodes=len(courses),
        closed=sum(course.closed_at is not None for course, _clock in courses),
        clock_moved=sum(bool(course.stays) for course, _clock in courses),
        tallies=tuple(_tally(step, judged) for step in COUNTED),
        contacts=len(contacts),
        reached=sum(contact.result in REACHED for contact, _course, _clock in contacts),
        contact_days=sum(_days(course, clock) for course, clock in courses),
        contacts_by_week=tuple(by_week[week] for week in range(WEEKS + 1)),
        doctor=Counter(course.doctor for course, _clock in courses),
        gaps_opened=gaps[0],
        gaps_closed=gaps[1],
    )


def shown(counts: Sequence[int]) -> tuple[int | None, ...]:
    """Return counts that add up to a total as others may see them: None for 1 to 10, and so that none can be reckoned.

    Where only one would be hidden, the smallest of the others that are not nought is hidden with it.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < SMALLEST_SHOWN}
    if len(hidden) == 1:
        others = [place for place, count in enumerate(counts) if count >= SMALLEST_SHOWN]
        hidden.update(sorted(others, key=lambda place: counts[place])[:1])
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def _judged(course: Course, clock: Clockwork, now: datetime) -> Iterator[StepStanding]:
    once = {one.step: one for one in steps.standings(course, clock, now)}
    for step in COUNTED:
        if step is EpisodeStep.TWO_DAY_CALL:
            yield from steps.calls(course, clock, now)
        elif step is EpisodeStep.ASSESSMENT:
            yield from steps.assessments(course, clock, now)
        else:
            yield once[step]


def _tally(step: EpisodeStep, judged: Iterable[StepStanding]) -> Tally:
    counts = Counter(one.verdict for one in judged if one.step is step)
    return Tally(
        step,
        counts[Verdict.ON_TIME],
        counts[Verdict.LATE],
        # What is overdue can be on time no more.
        counts[Verdict.MISSED] + counts[Verdict.OVERDUE],
        counts[Verdict.OPEN] + counts[Verdict.WAITING],
    )


def _week(at: datetime, course: Course, clock: Clockwork) -> int:
    """Return 0 before the discharge, then the week after it from 1 on; the last one takes all that is later."""
    left = course.discharged_on
    days = (local_date(at, clock.zone) - left).days if left else -1
    return 0 if days < 0 else min(days // _SEVEN + 1, WEEKS)


def _days(course: Course, clock: Clockwork) -> int:
    return len({local_date(contact.at, clock.zone) for contact in course.contacts})
