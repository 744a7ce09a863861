"""The sentences, read aloud."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from resource_hub.core.codes import FACTS
from resource_hub.inventory.values import Operator
from resource_hub.matching import phrases
from resource_hub.matching.phrases import times
from resource_hub.matching.phrases.conditions import whom
from resource_hub.matching.phrases.names import either
from resource_hub.matching.rules.assess import EXCLUSIONS
from resource_hub.matching.values import Condition, Exclusion, Listing, Mode, Query, Question
from tests.matching.build import AT, ENGLISH, TODAY, ZONE, Row, Weekly, query, ranked

ELDERS = Condition("age", Operator.AT_LEAST, 60, approved=True)
FAR = (39.32, -76.6252)
FRIDAY_TEN = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo(ZONE))


def sentences(row: Row, asked: Query | None = None) -> dict[str, str]:
    [match] = ranked([row], asked)
    return {part.code: phrases.sentence(part, ENGLISH) for part in match.factors}


def card(row: Row, asked: Query | None = None) -> str:
    [match] = ranked([row], asked)
    return phrases.summary(match, ENGLISH)


def test_a_card_has_one_line_of_reasons() -> None:
    row = Row(at=(39.30, -76.6252), status="capacity", free=3, languages=("es",))

    line = card(row, query(language="es"))

    assert line == "12 minutes on foot (estimate) · open until 5 pm · has room for 3 · Spanish spoken"


def test_a_card_says_to_call_where_hours_are_old() -> None:
    assert card(Row(checked=TODAY - timedelta(days=245))).endswith("call first: hours last checked 8 months ago")
    assert "nobody is known to have checked the hours" in card(Row(checked=None))
    assert card(Row(schedules=())).endswith("hours not known: call first")


def test_old_news_of_room_are_told_with_their_date() -> None:
    assert card(Row(status="capacity")).endswith("has room")
    assert card(Row(status="capacity", as_of=AT - timedelta(days=32))).endswith("had room on October 19, 2026")


def test_a_confidential_place_tells_no_way() -> None:
    line = card(Row(confidential=True, at=FAR))

    assert line.startswith("place is confidential")
    assert "minutes" not in line


@pytest.mark.parametrize(
    ("mode", "words"), [(Mode.HOME, "comes to the home"), (Mode.PHONE, "works by phone"), (Mode.ONLINE, "works online")]
)
def test_a_card_says_how_help_comes(mode: Mode, words: str) -> None:
    assert card(Row(modes=mode)).startswith(words)


def test_each_factor_is_one_plain_sentence() -> None:
    row = Row(at=FAR, checked=date(2026, 10, 1), status="capacity", as_of=AT - timedelta(days=1))

    assert sentences(row) == {
        "fit": "Made for this: Food.",
        "listing_right": "The listing was checked 7 weeks ago (October 1, 2026).",
        "accept": "Had room on November 19, 2026; likely a yes for 70 to 95 of 100 people.",
        "follow_through": "About 30 minutes by bus or train (estimate).",
        "timeliness": "Open now, until 5 pm.",
    }


@pytest.mark.parametrize(
    ("row", "asked", "code", "sentence"),
    [
        (Row(needs={"food-insecurity": 0.5}), {}, "fit", "Helps with this too: Food."),
        (Row(), {"needs": ("homelessness", "food-insecurity")}, "fit", "Helps with some of what was asked: Food."),
        (Row(checked=None), {}, "listing_right", "Nobody is known to have checked this listing: call first."),
        (Row(), {}, "accept", "Nobody has said whether there is room; likely a yes for 28 to 88 of 100 people."),
        (
            Row(status="capacity", free=0),
            {},
            "accept",
            "No place was left on November 20, 2026; likely a yes for 0 to 14 of 100 people.",
        ),
        (
            Row(status="capacity", free=3),
            {},
            "accept",
            "Had room for 3 on November 20, 2026; likely a yes for 81 to 99 of 100 people.",
        ),
        (
            Row(status="no-capacity"),
            {},
            "accept",
            "Had no room on November 20, 2026; likely a yes for 0 to 14 of 100 people.",
        ),
        (
            Row(status="waitlist", waiting_days=14),
            {},
            "accept",
            (
                "Had a waiting list on November 20, 2026; the wait is about 14 days; "
                "likely a yes for 23 to 58 of 100 people."
            ),
        ),
        (
            Row(in_words=True),
            {},
            "accept",
            (
                "Nobody has said whether there is room; says in words who it is for: read that first; "
                "likely a yes for 28 to 88 of 100 people."
            ),
        ),
        (
            Row(alternatives=((replace(ELDERS, approved=False),),)),
            {"facts": {"age": 30.0}},
            "accept",
            (
                "Nobody has said whether there is room; seems not to be for this person: ask first; "
                "likely a yes for 11 to 35 of 100 people."
            ),
        ),
        (
            Row(alternatives=((ELDERS,),)),
            {},
            "accept",
            (
                "Nobody has said whether there is room; not known yet whether it is open to this person; "
                "likely a yes for 23 to 75 of 100 people."
            ),
        ),
        (Row(), {"origin": None}, "follow_through", "Nothing known stands in the way."),
        (Row(at=None), {}, "follow_through", "Not known where it is."),
        (Row(confidential=True), {}, "follow_through", "The place is confidential: call first."),
        (
            Row(at=FAR, approximate=True),
            {"by": "drive"},
            "follow_through",
            "About 10 minutes by car (estimate), measured to the middle of its ZIP Code.",
        ),
        (
            Row(modes=Mode.PHONE, languages=("ko",)),
            {"language": "es"},
            "follow_through",
            "Works by phone; Spanish is not listed.",
        ),
        (
            Row(modes=Mode.PHONE, interpreted=True),
            {"language": "yo"},
            "follow_through",
            "Works by phone; Yoruba with an interpreter.",
        ),
        (
            Row(modes=Mode.HOME, documents=("has_id",), other_documents=True),
            {"facts": {"has_id": False}},
            "follow_through",
            "Comes to the home; asks for what is missing: a photo ID; asks for papers: check which.",
        ),
        (
            Row(schedules=(Weekly(byday="MO", opens_at="08:30"),)),
            {},
            "timeliness",
            "Closed now, opens on Monday at 8:30 am.",
        ),
        (
            Row(schedules=(Weekly(byday="MO"), Weekly(freq="YEARLY"))),
            {},
            "timeliness",
            "Hours not certain, should open on Monday at 9 am.",
        ),
        (
            Row(schedules=(Weekly(valid_to=date(2026, 1, 1)),)),
            {},
            "timeliness",
            "No opening is listed for the coming year.",
        ),
    ],
)
def test_a_sentence_says_why(row: Row, asked: dict[str, object], code: str, sentence: str) -> None:
    assert sentences(row, query(**asked))[code] == sentence


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "midnight"),
        (12, 0, "noon"),
        (12, 30, "12:30 pm"),
        (0, 5, "12:05 am"),
        (9, 0, "9 am"),
        (23, 59, "11:59 pm"),
    ],
)
def test_the_time_of_day(hour: int, minute: int, words: str) -> None:
    assert times.clock(FRIDAY_TEN.replace(hour=hour, minute=minute), ENGLISH) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today at 10 am"),
        (1, "tomorrow at 10 am"),
        (4, "on Tuesday at 10 am"),
        (11, "on Tuesday, December 1 at 10 am"),
    ],
)
def test_a_day_to_come(days: int, words: str) -> None:
    assert times.coming(FRIDAY_TEN + timedelta(days=days), FRIDAY_TEN, ENGLISH) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "yesterday"),
        (13, "13 days ago"),
        (49, "7 weeks ago"),
        (60, "8 weeks ago"),
        (61, "2 months ago"),
        (245, "8 months ago"),
        (730, "24 months ago"),
        (731, "2 years ago"),
        (2600, "7 years ago"),
    ],
)
def test_an_age(days: int, words: str) -> None:
    assert times.age(days, ENGLISH) == words


@pytest.mark.parametrize(("minutes", "words"), [(1, "1 minute"), (60, "60 minutes"), (100, "1 h 40 min")])
def test_a_duration(minutes: int, words: str) -> None:
    assert times.duration(minutes, ENGLISH) == words


@pytest.mark.parametrize(
    ("fact", "operator", "value", "words"),
    [
        ("age", Operator.AT_LEAST, 60, "people aged 60 or over"),
        ("age", Operator.AT_MOST, 17.5, "people aged 17.5 or under"),
        ("age", Operator.AT_LEAST, 0.5, "people aged 6 months or over"),
        ("children", Operator.AT_LEAST, 1, "families with children at home"),
        ("children", Operator.AT_LEAST, 3, "families with 3 or more children at home"),
        ("income", Operator.AT_MOST, 30000, "household incomes up to $30,000 a year"),
        ("has_proof_of_address", Operator.IS, True, "people with proof of address"),
        ("income_fpl", Operator.AT_MOST, 200, "incomes up to 200% of the poverty level"),
        ("household_size", Operator.AT_LEAST, 3, "households of 3 or more"),
        ("veteran", Operator.IS, True, "veterans"),
        ("veteran", Operator.IS, False, "people who are not veterans"),
        ("veteran", Operator.IS_NOT, True, "people who are not veterans"),
        ("gender", Operator.IS, "female", "women"),
        ("gender", Operator.IS_NOT, "male", "people other than men"),
        ("insurance", Operator.ANY_OF, ("none", "medicaid"), "people without health insurance or people with Medicaid"),
        ("zip", Operator.ANY_OF, ("21201", "21202"), "people who live in 21201, 21202"),
        ("shoe", Operator.IS, "43", "people who meet its conditions"),
        ("shoe", Operator.AT_LEAST, 43, "people who meet its conditions"),
    ],
)
def test_whom_a_rule_lets_in(fact: str, operator: Operator, value: float | tuple[str, ...], words: str) -> None:
    assert whom(Condition(fact, operator, value, approved=True), ENGLISH) == words


def test_an_exclusion_names_the_condition() -> None:
    listing = Listing("1", "2", "3", "Elders' lunch", "Somebody")

    assert (
        phrases.exclusion(Exclusion(listing, "ineligible", ELDERS), ENGLISH) == "Age: only for people aged 60 or over."
    )
    assert len({phrases.exclusion(Exclusion(listing, code), ENGLISH) for code in EXCLUSIONS}) == len(EXCLUSIONS)


def test_every_fact_has_its_own_question() -> None:
    asked = [phrases.question(Question(fact), ENGLISH) for fact in FACTS]

    assert len(set(asked)) == len(FACTS)
    assert all(text.endswith("?") for text in asked)


def test_a_rule_that_nobody_approved_is_asked_of_the_organization() -> None:
    suggested = replace(ELDERS, approved=False)
    [match] = ranked([Row(alternatives=((suggested,),))], query(facts={"age": 30.0}))

    [question] = match.questions
    assert (
        phrases.question(question, ENGLISH) == "Ask the organization: it seems to be only for people aged 60 or over."
    )
    assert phrases.question(replace(question, stated=None), ENGLISH) == "What age (for a baby, in months)?"


def test_names_in_a_row() -> None:
    assert either(("a", "b", "c"), ENGLISH) == "a, b or c"
    assert either(("a",), ENGLISH) == "a"
