"""When something is open: parts of a recurrence rule (RFC 5545), hours, and from when to when it holds."""

import re
from collections.abc import Iterator
from datetime import date

from resource_hub.exchange.hsds.lint.formats import is_time
from resource_hub.exchange.hsds.lint.values import Record, Remark

# Overnight shelters open in the afternoon or later and close in the morning.
LATEST_CLOSING, EARLIEST_OPENING = "10:00", "15:00"
LONGEST_PART = 1_000

_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?\d{1,3}")
_LISTS = {"bymonthday": 31, "byweekno": 53, "byyearday": 366}
_FREQUENCIES = {
    "bymonthday": ("MONTHLY", "YEARLY", "DAILY"),
    "byweekno": ("YEARLY",),
    "byyearday": ("YEARLY",),
}
_WEEKS_OF_MONTH, _WEEKS_OF_YEAR = 5, 53


def check_schedule(record: Record, _today: date) -> Iterator[Remark]:
    """Check a schedule's hours, period and rule."""
    yield from _check_hours(record)
    yield from _check_rule(record)
    yield from check_period(record, _today)


def check_period(record: Record, _today: date) -> Iterator[Remark]:
    """Check that what is valid from a day is valid to a later one."""
    for first, last in (("valid_from", "valid_to"), ("dtstart", "until")):
        start, end = record.day(first), record.day(last)
        if start and end and start > end:
            yield Remark("period_reversed", first, f"{first} is after {last}. Exchange or correct them.")


def _check_hours(record: Record) -> Iterator[Remark]:
    opens, closes = record.text("opens_at"), record.text("closes_at")
    same_zone = _zone(opens) == _zone(closes)
    if not (is_time(opens) and is_time(closes) and same_zone) or opens[:5] < closes[:5]:
        return
    if opens[:5] >= EARLIEST_OPENING and closes[:5] <= LATEST_CLOSING:
        text = "It closes on the day after it opens. If it does not, exchange the two."
        yield Remark("past_midnight", "closes_at", text)
    elif opens == closes:
        text = "It opens and closes at the same time. For a whole day write 00:00 and 23:59."
        yield Remark("past_midnight", "closes_at", text)
    else:
        text = "It closes before it opens. Write times of 24 hours, 17:00 for 5 pm."
        yield Remark("closes_before_opens", "closes_at", text)


def _zone(text: str) -> str:
    return re.sub(r"^[\d:.]+", "", text)


def _check_rule(record: Record) -> Iterator[Remark]:
    frequency = record.text("freq")
    yield from _check_byday(record.text("byday"), frequency)
    for name, most in _LISTS.items():
        text = record.text(name)
        if not text:
            continue
        if len(text) > LONGEST_PART or not all(_within(part.strip(), most) for part in text.split(",")):
            yield Remark("rrule_part", name, f"Write numbers from 1 to {most}, or from -1 back, with commas: 1,15,-1.")
        elif frequency and frequency not in _FREQUENCIES[name]:
            yield Remark("rrule_combination", name, f"{name} has no meaning where freq is {frequency}. Leave it out.")
    yield from _check_repeats(record)


def _check_byday(text: str, frequency: str) -> Iterator[Remark]:
    if not text:
        return
    found = [_DAY.fullmatch(part.strip()) for part in text.split(",")] if len(text) <= LONGEST_PART else [None]
    numbers = [int(day[1]) for day in found if day and day[1]]
    most = _WEEKS_OF_MONTH if frequency == "MONTHLY" else _WEEKS_OF_YEAR
    if not all(found) or any(not 1 <= abs(number) <= most for number in numbers):
        yield Remark(
            "rrule_part", "byday", "Write days as MO,TU,WE,TH,FR,SA,SU, in a month with a number: 2MO or -1FR."
        )
    elif numbers and frequency == "WEEKLY":
        yield Remark("rrule_combination", "byday", "A number before a day needs freq MONTHLY. Change one of the two.")


def _check_repeats(record: Record) -> Iterator[Remark]:
    for name in ("interval", "count"):
        number = record.number(name)
        if number is not None and not (number >= 1 and number == int(number)):
            yield Remark("rrule_part", name, "Write a whole number, 1 or more.")
    if record.text("until") and record.text("count"):
        yield Remark("until_and_count", "count", "A rule ends by until or by count, not by both. Leave one out.")
    if (record.number("interval") or 1) > 1 and not record.text("dtstart"):
        text = "Every second or third time counts from a first day. Fill in dtstart."
        yield Remark("rrule_combination", "dtstart", text)


def _within(text: str, most: int) -> bool:
    return bool(_NUMBER.fullmatch(text)) and 1 <= abs(int(text)) <= most
