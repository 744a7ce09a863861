from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.exchange.tabular.cleaning import (
    Unreadable,
    clean_line,
    clean_text,
    read_date,
    read_instant,
    read_integer,
    read_list,
    read_number,
    read_time,
    read_yes_no,
)

HTML = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<br/>",
            "<b>",
            "</b>",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "&amp;",
            "&lt;",
            "x",
            " ",
            "\n",
            "<",
            ">",
        ]
    )
).map("".join)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("plain", "plain"),
        ("  two   words ", "two words"),
        ("one\r\ntwo\r\n\r\n\r\n\r\nthree", "one\ntwo\n\nthree"),
        ("<p>First</p><p>Second</p>", "First\n\nSecond"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("line<br>line<BR />line", "line\nline\nline"),
        ("<b>bold</b> &amp; <a href='http://x.example'>link</a>", "bold & link"),
        ("&lt;p&gt;escaped&lt;/p&gt;", "escaped"),
        ("before<script>alert(1)</script>after", "beforeafter"),
        ("before<!-- <b>note</b> -->after", "beforeafter"),
        ("open <script>alert(1)", "open"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("write to <info@x.example>", "write to <info@x.example>"),
        ("AT&T", "AT&T"),
        ("zero\u200bwidth\ufeff and\x07 bell", "zerowidth and bell"),
        ("no\u00a0break", "no break"),
    ],
)
def test_text_becomes_plain(dirty: str, clean: str) -> None:
    assert clean_text(dirty) == clean


def test_a_line_has_no_breaks() -> None:
    assert clean_line("Food\n\npantry<br>downtown") == "Food pantry downtown"


@given(st.text(max_size=400))
def test_plain_text_stays_as_it_is(text: str) -> None:
    once = clean_text(text.replace("&", "").replace("<", ""))
    assert clean_text(once) == once


@given(HTML)
def test_no_tag_that_was_written_as_one_is_left(text: str) -> None:
    clean = clean_text(text)
    assert not any(tag in clean for tag in ("<p>", "</p>", "<br/>", "<b>", "<script>"))


def test_a_hostile_text_is_cleaned_in_time() -> None:
    assert clean_text("<script>" * 12_000) == ""
    assert clean_text("<" * 100_000) == "<" * 100_000
    assert len(clean_text("&amp;" * 20_000)) == 20_000


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("", []),
        ("--- []\n", []),
        ("---\n- Spanish\n- 'Filipino (Tagalog)'\n- Spanish\n", ["Spanish", "Filipino (Tagalog)"]),
        ('{"San Mateo County","Marin County"}', ["San Mateo County", "Marin County"]),
        ("{Cash,Check}", ["Cash", "Check"]),
        ("Cash, Check; Credit card", ["Cash", "Check", "Credit card"]),
    ],
)
def test_lists_are_read_as_such_files_write_them(cell: str, items: list[str]) -> None:
    assert read_list(cell) == items


def test_numbers_are_read_or_refused() -> None:
    assert (read_number("-76.5"), read_integer("12")) == (-76.5, 12)
    for cell in ("twelve", "nan", "inf", ""):
        with pytest.raises(Unreadable):
            read_number(cell)
    with pytest.raises(Unreadable):
        read_integer("12.5")


def test_yes_and_no_are_read_or_refused() -> None:
    assert [read_yes_no(cell) for cell in ("TRUE", "t", "yes", "0", "No")] == [True, True, True, False, False]
    with pytest.raises(Unreadable):
        read_yes_no("maybe")


def test_days_and_instants_are_read_or_refused() -> None:
    assert read_date("2014-05-24 21:06:30.831126") == date(2014, 5, 24)
    assert read_date("5/24/2014") == date(2014, 5, 24)
    assert read_instant("2023-03-15T10:30:45Z") == datetime(2023, 3, 15, 10, 30, 45, tzinfo=UTC)
    for cell in ("soon", "2014-13-01", "13/32/2014", ""):
        with pytest.raises(Unreadable):
            read_date(cell)


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("09:30", "09:30"),
        ("9:30", "09:30"),
        ("17:00:00", "17:00"),
        ("9:30 am", "09:30"),
        ("12 p.m.", "12:00"),
        ("5pm", "17:00"),
    ],
)
def test_times_are_read(cell: str, time: str) -> None:
    assert read_time(cell) == time


@pytest.mark.parametrize("cell", ["", "noon", "25:00", "9:75", "13 pm"])
def test_what_is_no_time_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable):
        read_time(cell)


@given(st.text(max_size=60))
def test_no_cell_breaks_a_reader(cell: str) -> None:
    for read in (read_number, read_integer, read_yes_no, read_date, read_time):
        with suppress(Unreadable):
            read(cell)
