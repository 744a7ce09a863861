"""Where each step stands: by example, and by what holds for every course."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.core.clock import local_date
from resource_hub.handoff.episodes.rules import steps
from resource_hub.handoff.episodes.rules.clock import current, periods
from resource_hub.handoff.episodes.rules.fidelity import COUNTED, SMALLEST_SHOWN, fidelity, shown
from resource_hub.handoff.episodes.values.course import Contact, Course, Period, Stay, StepStanding
from resource_hub.handoff.episodes.values.words import (
    DONE,
    TO_DO,
    ContactKind,
    ContactResult,
    DoctorState,
    EpisodeStep,
    Verdict,
)
from tests.handoff.episodes.stories import NEW_YORK, at

THURSDAY, FRIDAY = date(2026, 11, 5), date(2026, 11, 6)
MONDAY, TUESDAY, VETERANS_DAY, AFTER = (date(2026, 11, day) for day in (9, 10, 11, 12))
HOME = Course(at(THURSDAY), FRIDAY, FRIDAY)


def standing(course: Course, step: EpisodeStep, now: datetime) -> StepStanding:
    return {one.step: one for one in steps.standings(course, NEW_YORK, now)}[step]


def contact(kind: ContactKind, day: date, result: ContactResult = ContactResult.REACHED, hour: int = 10) -> Contact:
    return Contact(kind, result, at(day, hour))


class TestBefore:
    def test_the_record_is_reviewed_a_business_day_after_opening_and_before_the_discharge(self) -> None:
        later = Course(at(THURSDAY), MONDAY)
        assert standing(later, EpisodeStep.RECORD_REVIEW, at(THURSDAY)).due_at == at(FRIDAY, 17)
        same_day = Course(at(THURSDAY), THURSDAY)
        assert standing(same_day, EpisodeStep.RECORD_REVIEW, at(THURSDAY)).due_at == at(THURSDAY, 17)

    @pytest.mark.parametrize("step", [EpisodeStep.BEDSIDE_VISIT, EpisodeStep.PLAN])
    def test_what_was_not_done_before_they_left_is_missed(self, step: EpisodeStep) -> None:
        waiting = Course(at(THURSDAY), FRIDAY)
        assert standing(waiting, step, at(FRIDAY)).verdict is Verdict.OPEN
        assert standing(waiting, step, at(FRIDAY, 18)).verdict is Verdict.OVERDUE
        assert standing(HOME, step, at(FRIDAY)).verdict is Verdict.MISSED
        done = replace(HOME, contacts=(contact(ContactKind(step), FRIDAY, ContactResult.DONE),))
        assert standing(done, step, at(MONDAY)).verdict is Verdict.ON_TIME

    def test_an_episode_opened_at_home_has_no_bedside(self) -> None:
        late = Course(at(MONDAY), FRIDAY, FRIDAY)
        assert standing(late, EpisodeStep.BEDSIDE_VISIT, at(MONDAY)).verdict is Verdict.NOT_CALLED_FOR


class TestTwoDays:
    def test_the_call_is_due_two_business_days_after_they_came_home(self) -> None:
        # A weekend and a holiday lie between.
        assert standing(HOME, EpisodeStep.TWO_DAY_CALL, at(FRIDAY)).due_at == at(TUESDAY, 17)
        after_holiday = Course(at(MONDAY), TUESDAY, TUESDAY)
        assert standing(after_holiday, EpisodeStep.TWO_DAY_CALL, at(TUESDAY)).due_at == at(date(2026, 11, 13), 17)

    def test_daylight_saving_moves_the_instant_and_not_the_hour(self) -> None:
        course = Course(at(date(2026, 10, 29)), date(2026, 10, 30), date(2026, 10, 30))
        due = standing(course, EpisodeStep.TWO_DAY_CALL, at(date(2026, 10, 30))).due_at
        assert due == datetime(2026, 11, 3, 22, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("day", "hour", "verdict"),
        [(MONDAY, 10, Verdict.ON_TIME), (TUESDAY, 17, Verdict.ON_TIME), (TUESDAY, 18, Verdict.LATE)],
    )
    def test_it_is_on_time_until_the_end_of_that_day(self, day: date, hour: int, verdict: Verdict) -> None:
        course = replace(HOME, contacts=(contact(ContactKind.TWO_DAY_CALL, day, hour=hour),))
        assert standing(course, EpisodeStep.TWO_DAY_CALL, at(AFTER)).verdict is verdict

    def test_nobody_reached_is_no_call_and_three_times_is_enough(self) -> None:
        tries = tuple(
            contact(ContactKind.TWO_DAY_CALL, day, ContactResult.NO_ANSWER) for day in (MONDAY, TUESDAY, AFTER)
        )
        twice = standing(replace(HOME, contacts=tries[:2]), EpisodeStep.TWO_DAY_CALL, at(TUESDAY))
        assert (twice.verdict, twice.tries) == (Verdict.OPEN, 2)
        gone = replace(HOME, contacts=tries, gaps_open=1)
        assert standing(gone, EpisodeStep.TWO_DAY_CALL, at(AFTER)).verdict is Verdict.MISSED
        assert standing(gone, EpisodeStep.FOLLOW_UP, at(AFTER)).due_at == at(date(2026, 11, 19), 17)

    def test_the_assessment_goes_with_it(self) -> None:
        assert standing(HOME, EpisodeStep.ASSESSMENT, at(AFTER)).verdict is Verdict.OVERDUE
        assert standing(replace(HOME, assessed=(at(MONDAY),)), EpisodeStep.ASSESSMENT, at(AFTER)).verdict in DONE


class TestTheCommunityClock:
    AWAY = replace(HOME, stays=(Stay(FRIDAY),))
    BACK = replace(HOME, stays=(Stay(FRIDAY, AFTER),))

    def test_a_facility_keeps_everything_waiting(self) -> None:
        assert periods(self.AWAY) == ()
        for step in (EpisodeStep.TWO_DAY_CALL, EpisodeStep.ASSESSMENT, EpisodeStep.THIRTY_DAY_CALL):
            assert standing(self.AWAY, step, at(AFTER)).verdict is Verdict.WAITING
        asks = standing(self.AWAY, EpisodeStep.WHERE_NOW, at(AFTER))
        assert (asks.verdict, asks.due_at) == (Verdict.OPEN, at(date(2026, 11, 13), 17))

    def test_it_starts_with_the_return(self) -> None:
        assert current(self.BACK) == Period(AFTER, None)
        assert standing(self.BACK, EpisodeStep.TWO_DAY_CALL, at(AFTER)).due_at == at(date(2026, 11, 16), 17)
        assert standing(self.BACK, EpisodeStep.THIRTY_DAY_CALL, at(AFTER)).due_at == at(date(2026, 12, 14), 17)

    def test_a_stay_asks_for_another_call_and_wipes_out_no_missed_one(self) -> None:
        missed = replace(HOME, stays=(Stay(AFTER, date(2026, 11, 20)),))
        soon = replace(HOME, stays=(Stay(MONDAY, date(2026, 11, 20)),))
        now = at(date(2026, 11, 20))
        assert [one.verdict for one in steps.calls(missed, NEW_YORK, now)] == [Verdict.MISSED, Verdict.OPEN]
        assert [one.verdict for one in steps.calls(soon, NEW_YORK, now)] == [Verdict.NOT_CALLED_FOR, Verdict.OPEN]

    def test_once_the_last_call_is_made_no_stay_asks_for_it_again(self) -> None:
        made = date(2026, 12, 4)
        course = replace(
            HOME,
            contacts=(contact(ContactKind.THIRTY_DAY_CALL, made),),
            stays=(Stay(date(2026, 12, 5), date(2026, 12, 8)),),
        )
        assert standing(course, EpisodeStep.THIRTY_DAY_CALL, at(date(2026, 12, 9))).verdict is Verdict.ON_TIME
        assert standing(course, EpisodeStep.TWO_DAY_CALL, at(date(2026, 12, 9))).verdict is Verdict.MISSED


class TestAfterwards:
    CALLED = replace(HOME, contacts=(contact(ContactKind.TWO_DAY_CALL, MONDAY),))

    def test_contacts_follow_until_every_gap_is_closed(self) -> None:
        with_gap = replace(self.CALLED, gaps_open=1)
        assert standing(with_gap, EpisodeStep.FOLLOW_UP, at(AFTER)).due_at == at(date(2026, 11, 16), 17)
        assert standing(self.CALLED, EpisodeStep.FOLLOW_UP, at(AFTER)).verdict is Verdict.NOT_CALLED_FOR

    def test_the_physician_is_asked_made_and_kept(self) -> None:
        visit = at(date(2026, 11, 13), 9)
        expected = (
            (replace(HOME, doctor=DoctorState.NOT_ASKED), at(TUESDAY, 17)),
            (replace(HOME, doctor=DoctorState.ASKED), at(date(2026, 11, 13), 17)),
            (replace(HOME, doctor=DoctorState.MADE, doctor_at=visit), at(date(2026, 11, 16), 17)),
            (replace(HOME, doctor=DoctorState.MISSED, doctor_at=visit), at(date(2026, 11, 17), 17)),
        )
        for course, due in expected:
            assert standing(course, EpisodeStep.DOCTOR_VISIT, at(MONDAY)).due_at == due
        kept = replace(HOME, doctor=DoctorState.KEPT, doctor_at=visit)
        assert standing(kept, EpisodeStep.DOCTOR_VISIT, at(MONDAY)).verdict in DONE

    def test_it_can_be_closed_once_nothing_is_open(self) -> None:
        over = replace(
            self.CALLED, contacts=(*self.CALLED.contacts, contact(ContactKind.THIRTY_DAY_CALL, date(2026, 12, 7)))
        )
        assert standing(over, EpisodeStep.CLOSE, at(date(2026, 12, 7))).due_at == at(date(2026, 12, 9), 17)
        assert standing(replace(over, gaps_open=1), EpisodeStep.CLOSE, at(date(2026, 12, 7))).verdict is Verdict.WAITING


DAYS = st.dates(date(2026, 1, 1), date(2027, 6, 30))


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """Draw a course such as the use cases let come about."""
    opened = draw(DAYS)
    planned = opened + timedelta(days=draw(st.integers(0, 10)))
    left = planned + timedelta(days=draw(st.integers(0, 5))) if draw(st.booleans()) else None
    stays: list[Stay] = []
    day = left
    for length in draw(st.lists(st.integers(0, 20), max_size=3)) if left else []:
        assert day
        began = day + timedelta(days=draw(st.integers(0, 20)))
        day = began + timedelta(days=length)
        stays.append(Stay(began, day))
    still_away = draw(st.booleans())
    if stays and still_away:
        stays[-1] = replace(stays[-1], ended_on=None)
    offsets = draw(
        st.lists(st.tuples(st.integers(0, 60), st.sampled_from(ContactKind), st.sampled_from(ContactResult)))
    )
    contacts = [Contact(kind, result, at(opened + timedelta(days=days))) for days, kind, result in offsets]
    return Course(
        at(opened),
        planned,
        left,
        tuple(stays),
        tuple(sorted(contacts, key=lambda one: one.at)),
        gaps_open=draw(st.integers(0, 2)),
        closed_at=at(opened + timedelta(days=61)) if draw(st.booleans()) else None,
    )


@given(courses(), st.integers(0, 90))
def test_each_step_stands_somewhere_and_what_is_to_do_has_a_business_day(course: Course, days: int) -> None:
    now = course.opened_at + timedelta(days=days)

    found = steps.standings(course, NEW_YORK, now)

    assert [one.step for one in found] == sorted(set(EpisodeStep), key=[one.step for one in found].index)
    for one in found:
        if one.verdict in TO_DO and one.due_at:
            assert NEW_YORK.is_business_day(local_date(one.due_at, NEW_YORK.zone)) or one.phase == "before"
            assert (one.verdict is Verdict.OVERDUE) == (now >= one.due_at)
        if one.verdict in DONE and one.due_at and one.done_at:
            assert (one.verdict is Verdict.ON_TIME) == (one.done_at <= max(one.due_at, course.opened_at))
        assert course.closed_at is None or one.verdict not in TO_DO


@given(courses(), st.integers(0, 90), st.integers(0, 90))
def test_what_is_due_follows_from_what_is_known_and_not_from_the_time(course: Course, one: int, other: int) -> None:
    first, second = (
        steps.next_step(steps.standings(course, NEW_YORK, course.opened_at + timedelta(days=days)))
        for days in (one, other)
    )
    assert (first and (first.step, first.due_at)) == (second and (second.step, second.due_at))


@given(courses())
def test_times_at_home_do_not_overlap(course: Course) -> None:
    found = periods(course)
    for before, after in pairwise(found):
        assert before.ended_on is not None
        assert before.began_on < before.ended_on <= after.began_on
    assert (current(course) is None) == (not found or found[-1].ended_on is not None)


@given(st.lists(courses(), max_size=5), st.integers(0, 90))
def test_the_report_counts_every_contact_and_every_start_of_the_clock(found: list[Course], days: int) -> None:
    now = at(date(2026, 1, 1)) + timedelta(days=days)
    report = fidelity([(course, NEW_YORK) for course in found], (0, 0), now)

    assert [tally.step for tally in report.tallies] == list(COUNTED)
    assert sum(report.contacts_by_week) == report.contacts == sum(len(course.contacts) for course in found)
    by_step = {tally.step: tally for tally in report.tallies}
    last = by_step[EpisodeStep.THIRTY_DAY_CALL]
    assert last.decided + last.undecided <= len(found)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=7))
def test_no_small_count_is_shown_or_can_be_reckoned_from_the_total(counts: list[int]) -> None:
    seen = shown(counts)

    assert len(seen) == len(counts)
    for count, one in zip(counts, seen, strict=True):
        assert one is None or (one == count and (count == 0 or count >= SMALLEST_SHOWN))
    hidden = [count for count, one in zip(counts, seen, strict=True) if one is None]
    # The total itself is shown only from the same size on.
    assert len(hidden) != 1 or sum(counts) < SMALLEST_SHOWN
