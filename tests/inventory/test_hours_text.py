"""Hours in free text: read where every word is certain, left as text everywhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.inventory.rules.hours_text import read_hours
from resource_hub.matching.rules.opening_rules import span

WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def said(text: str) -> list[str]:
    return [f"{rule.freq[0]} {rule.byday} {rule.opens_at}-{rule.closes_at}" for rule in read_hours(text)]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Mon-Fri 9am-5pm; Sat 10-2", ["W MO,TU,WE,TH,FR 09:00-17:00", "W SA 10:00-14:00"]),
        ("M-F 8:30 a.m. - 4:30 p.m.", ["W MO,TU,WE,TH,FR 08:30-16:30"]),
        ("24 hours", ["W MO,TU,WE,TH,FR,SA,SU 00:00-00:00"]),
        ("24 hours daily", ["W MO,TU,WE,TH,FR,SA,SU 00:00-00:00"]),
        ("Open 24/7", ["W MO,TU,WE,TH,FR,SA,SU 00:00-00:00"]),
        ("24 hours a day, 7 days a week", ["W MO,TU,WE,TH,FR,SA,SU 00:00-00:00"]),
        ("1st and 3rd Tuesday 10am–12pm", ["M 1TU,3TU 10:00-12:00"]),
        ("Last Sat of the month 9:30-11:45am", ["M -1SA 09:30-11:45"]),
        ("Tue, Thu: 9:00-11:30", ["W TU,TH 09:00-11:30"]),
        ("Daily 9-5, closed Sundays", ["W MO,TU,WE,TH,FR,SA 09:00-17:00"]),
        ("Monday: Closed Tuesday: 11:00 AM - 01:00 PM Wednesday: Closed", ["W TU 11:00-13:00"]),
        ("<td>Monday</td><td>Closed</td><td>Friday</td><td><time>5:00 PM - 6:30 PM</time>", ["W FR 17:00-18:30"]),
        ("Every Friday 1:00PM 4:00PM \\n Every Tuesday 1:00PM 4:00PM", ["W TU,FR 13:00-16:00"]),
        ("Tuesday: 9:30:00-11:30:00, 17:00:00-19:00:00", ["W TU 09:30-11:30", "W TU 17:00-19:00"]),
        ("9am-5pm Monday through Friday", ["W MO,TU,WE,TH,FR 09:00-17:00"]),
        ("Monday-Thursday, 8-4:30; Friday, 8-12 noon", ["W MO,TU,WE,TH 08:00-16:30", "W FR 08:00-12:00"]),
        ("Sunday-Tuesday 7 pm-7 am", ["W MO,TU,SU 19:00-07:00"]),
        ("January - December Sunday 9:00 AM to 1:00 PM", ["W SU 09:00-13:00"]),
        ("weekdays noon-midnight", ["W MO,TU,WE,TH,FR 12:00-00:00"]),
        ("Monday-Friday, 1-2:45pm", ["W MO,TU,WE,TH,FR 13:00-14:45"]),
    ],
)  # fmt: skip
def test_reads_what_is_certain(text: str, rules: list[str]) -> None:
    assert said(text) == rules


@pytest.mark.parametrize(
    "text",
    [
        "",
        "By appointment",
        "Nightly 7pm-7am",
        "Monday-Friday 9-5 and by appointment",
        "Monday-Friday, 8-5; some evenings",
        "Closed Sundays",
        "9am-5pm",
        "Monday",
        "Monday 9am",
        "Saturday 9-11",
        "Sat 8-9pm",
        "Every Thursday 5:00 PM 1:00 PM",
        "Every Monday 9:30 12:30",
        "M-S 9-12pm",
        "May - October Tuesday 4:00 PM to 7:30 PM",
        "Mon-Fri 9-5 (closed holidays)",
        "every other Tuesday 9am-5pm",
        "1st and 3rd Wednesdays and Fridays 9am-5pm",
        "1st Mon-Fri 9am-5pm",
        "Monday-Friday 8-5; Monday-Thursday 7-6",
        "Saturday: 9:00:00-23:59:00",
        "Saturday: 4:00:00-6:00:00",
        "Office: Monday-Friday, 8-5",
        "Mon 25-30",
        "(610) 644-8250",
        "2024-01-01",
        "Mon-Mon 9am-5pm",
        "closed first Tuesday, daily 9am-5pm",
    ],
)
def test_leaves_the_rest_as_text(text: str) -> None:
    assert read_hours(text) == ()


def test_a_very_long_text_is_not_even_tried() -> None:
    assert read_hours("Mon 9am-5pm, " * 1000) == ()


@given(
    day=st.integers(0, 6),
    opens=st.integers(0, 1435).map(lambda minutes: minutes // 5 * 5),
    lasts=st.integers(1, 100).map(lambda step: step * 5),
)
def test_full_words_are_read_as_they_were_written(day: int, opens: int, lasts: int) -> None:
    closes = min(opens + lasts, 1435)
    if closes <= opens:
        return
    text = f"{WEEK[day]} {_clock(opens)} - {_clock(closes)}"
    (rule,) = read_hours(text)
    assert rule.byday == CODES[day]
    assert span(rule.opens_at, rule.closes_at) == (opens, closes)


@given(st.text(alphabet="mtwfsaupn 0123456789:-,;&.\n()/", max_size=60))
def test_no_text_breaks_it_and_every_rule_can_be_followed(text: str) -> None:
    for rule in read_hours(text):
        assert span(rule.opens_at, rule.closes_at) is not None
        assert rule.byday


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour % 12 or 12}:{minute:02d} {'pm' if hour >= 12 else 'am'}"
