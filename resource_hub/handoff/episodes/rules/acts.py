"""What may be written to an episode: each function says what is wrong, by field, or nothing."""

from datetime import date, datetime, timedelta

from resource_hub.core.clock import local_date
from resource_hub.core.errors import Fault
from resource_hub.core.language import marked as _
from resource_hub.handoff.episodes.rules import clock as clocks
from resource_hub.handoff.episodes.rules.steps import first_day_of_last_call
from resource_hub.handoff.episodes.values.asked import NewContact
from resource_hub.handoff.episodes.values.course import Clockwork, Course
from resource_hub.handoff.episodes.values.words import (
    LONGEST_NOTE,
    LONGEST_PLACE,
    REACHED,
    REOPEN_DAYS,
    UNDO_FOR,
    CloseReason,
    ContactKind,
    ReopenReason,
)

FURTHEST_DAYS = 120
_BEFORE = frozenset({ContactKind.RECORD_REVIEW, ContactKind.BEDSIDE_VISIT, ContactKind.PLAN})
_IN_COMMUNITY = frozenset({ContactKind.TWO_DAY_CALL, ContactKind.THIRTY_DAY_CALL})
# Clocks differ by a little, and a form takes a minute to fill in.
_SLACK = timedelta(minutes=5)


def may_undo(logged_at: datetime, logged_by: str | None, now: datetime, actor_id: str | None) -> bool:
    """Tell whether somebody may take back what was logged: their own, for some minutes."""
    return logged_by == actor_id and now - logged_at <= UNDO_FOR


def may_reopen(closed_at: datetime | None, clock: Clockwork, now: datetime) -> bool:
    """Tell whether an episode was closed, and so lately that it can be opened again."""
    if closed_at is None:
        return False
    return (local_date(now, clock.zone) - local_date(closed_at, clock.zone)).days <= REOPEN_DAYS


def faults_of_reopening(reason: ReopenReason, closed_as: CloseReason, note: str) -> list[Fault]:
    """Return what is wrong with opening an episode again."""
    faults = faults_of_text("note", note)
    if reason is ReopenReason.CAME_BACK and closed_as is CloseReason.DIED:
        text = _("It says that the person died. If that is wrong, it was closed by mistake.")
        faults.append(Fault("reason", "invalid", text))
    return faults


def faults_of_text(field: str, text: str, longest: int = LONGEST_NOTE) -> list[Fault]:
    """Return the fault of a text that is too long."""
    said = _("Write at most 2000 characters.") if longest == LONGEST_NOTE else _("Write at most 200 characters.")
    return [Fault(field, "too_long", said)] if len(text) > longest else []


def faults_of_plan(planned_on: date, today: date, place: str) -> list[Fault]:
    """Return what is wrong with a planned discharge and where it leads."""
    faults = faults_of_text("place", place, LONGEST_PLACE)
    if abs((planned_on - today).days) > FURTHEST_DAYS:
        faults.append(Fault("planned_on", "out_of_range", _("Use a day within 120 days of today.")))
    return faults


def faults_of_discharge(discharged_on: date | None, today: date, course: Course) -> list[Fault]:
    """Return what is wrong with the day on which somebody left."""
    if discharged_on is None:
        if course.discharged_on is None:
            return []
        return [Fault("discharged_on", "missing", _("They have left: correct the day, but leave none out."))]
    if discharged_on > today or (today - discharged_on).days > FURTHEST_DAYS:
        return [Fault("discharged_on", "out_of_range", _("Use today or a day of the last 120 days."))]
    later = [stay for stay in course.stays if stay.began_on != course.discharged_on and stay.began_on < discharged_on]
    if later:
        return [Fault("discharged_on", "out_of_range", _("A stay began before this day. Correct that first."))]
    return []


def faults_of_contact(new: NewContact, course: Course, clock: Clockwork, now: datetime) -> list[Fault]:
    """Return what is wrong with a contact: its time, or that its step is not due to anybody where the person is."""
    at, faults = new.at or now, faults_of_text("note", new.note)
    if at > now + _SLACK or at < course.opened_at - timedelta(days=FURTHEST_DAYS):
        faults.append(Fault("at", "out_of_range", _("Use a time that is not to come, in the last 120 days.")))
    elif new.kind in _IN_COMMUNITY:
        faults += _faults_of_call(new, course, clock, at)
    if new.kind in _BEFORE and course.discharged_on and local_date(at, clock.zone) > course.discharged_on:
        text = _("This belongs before the discharge. Write down when it was, or choose a follow-up.")
        faults.append(Fault("kind", "too_late", text))
    return faults


def faults_of_stay(began_on: date, today: date, place: str, course: Course) -> list[Fault]:
    """Return what is wrong with a new stay: one after the discharge, after earlier ones, and none while one runs."""
    faults = faults_of_text("place", place, LONGEST_PLACE)
    if course.discharged_on is None:
        return [*faults, Fault("began_on", "too_early", _("Write down the discharge first."))]
    if clocks.running_stay(course):
        return [*faults, Fault("began_on", "still_away", _("The person is away already. Write down the return first."))]
    earliest = max([course.discharged_on, *(stay.ended_on for stay in course.stays if stay.ended_on)])
    if not earliest <= began_on <= today:
        faults.append(Fault("began_on", "out_of_range", _("Use a day between the last return and today.")))
    return faults


def faults_of_return(ended_on: date, today: date, course: Course) -> list[Fault]:
    """Return what is wrong with a return."""
    stay = clocks.running_stay(course)
    if stay is None:
        return [Fault("ended_on", "not_away", _("The person is not away."))]
    if not stay.began_on <= ended_on <= today:
        return [Fault("ended_on", "out_of_range", _("Use a day between the beginning of the stay and today."))]
    return []


def _faults_of_call(new: NewContact, course: Course, clock: Clockwork, at: datetime) -> list[Fault]:
    period = next((one for one in clocks.periods(course) if clocks.is_within(at, one, clock)), None)
    if period is None:
        text = _("The person was not at home then. Choose a follow-up, or correct the discharge and the stays.")
        return [Fault("kind", "not_at_home", text)]
    first = first_day_of_last_call(period.began_on)
    if new.kind is ContactKind.THIRTY_DAY_CALL and new.result in REACHED and local_date(at, clock.zone) < first:
        return [Fault("kind", "too_early", _("The 30-day call is made from day 27 on. Choose a follow-up."))]
    return []
