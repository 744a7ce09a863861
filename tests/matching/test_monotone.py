"""In random markets nobody is shown who must not be, and the better of two equals never ranks lower."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from geopy.distance import great_circle
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_hub.inventory.values import Operator, ReportKind
from resource_hub.matching.policy import current
from resource_hub.matching.rules import show
from resource_hub.matching.rules.assess import assess
from resource_hub.matching.values import Condition, Extent, Match, Mode, Query
from resource_hub.matching.values.query import REMOTE
from tests.matching.build import AT, ORIGIN, TODAY, Row, Weekly, asked_before, columns, query, rooms

ELDERS = Condition("age", Operator.AT_LEAST, 60, approved=True)
VETERANS = Condition("veteran", Operator.IS, value=True, approved=True)
ELSEWHERE = Extent("county", "Garrett")
FOOD, POWER = "food-insecurity", "utility-insecurity"
EVERY_DAY = Weekly(byday="MO,TU,WE,TH,FR,SA,SU", opens_at="00:00", closes_at="24:00")

a_row = st.builds(
    Row,
    name=st.just("a"),
    needs=st.fixed_dictionaries({FOOD: st.sampled_from([0.2, 0.6, 1.0])}, optional={POWER: st.floats(0.1, 1)}),
    at=st.none() | st.tuples(st.floats(38.9, 39.7), st.floats(-77.0, -76.2)),
    confidential=st.booleans(),
    active=st.sampled_from([True, True, True, False]),
    modes=st.sampled_from([Mode.IN_PERSON, Mode.IN_PERSON, Mode.IN_PERSON | Mode.PHONE, Mode.HOME]),
    areas=st.sampled_from([(), (), (ELSEWHERE,), (Extent("postal_code", "21201"),)]),
    alternatives=st.sampled_from([(), ((ELDERS,),), ((VETERANS,),), ((ELDERS,), (VETERANS,))]),
    schedules=st.sampled_from([(), (Weekly(),), (Weekly(byday="MO"),), (Weekly(freq="MONTHLY", byday="2SA"),)]),
    checked=st.none() | st.dates(date(2023, 1, 1), TODAY),
    languages=st.sampled_from([(), ("es",), ("ko",)]),
    interpreted=st.booleans(),
    documents=st.sampled_from([(), ("has_id",)]),
    other_documents=st.booleans(),
    reported=st.sampled_from([(), (), (ReportKind.HOURS,), (ReportKind.CLOSED, ReportKind.OTHER)]),
    status=st.sampled_from(["unknown", "capacity", "no-capacity", "waitlist"]),
    free=st.none() | st.integers(0, 6),
    waiting_days=st.none() | st.integers(0, 60),
    as_of=st.integers(0, 40).map(lambda days: AT - timedelta(days=days)),
    requests=st.sampled_from([0, 0, 1, 2, 40]),
)
markets = st.lists(a_row, max_size=10).map(
    lambda rows: [replace(row, name=f"row {number}") for number, row in enumerate(rows)]
)
questions = st.builds(
    query,
    needs=st.sampled_from([(FOOD,), (FOOD, POWER)]),
    facts=st.sampled_from([{}, {"age": 30.0}, {"age": 70.0, "has_id": False}, {"age": 30.0, "veteran": True}]),
    language=st.sampled_from([None, "es"]),
    max_km=st.sampled_from([None, 5.0, 20.0]),
    seed=st.integers(0, 5),
    limit=st.just(50),
)


def listed(rows: list[Row], asked: Query) -> tuple[Match, ...]:
    """The list as people see it, with its lots among near-equals."""
    table, room = columns(rows), rooms(rows)
    judged = assess(table, room, asked, current(), acceptance=asked_before(rows, asked))
    return show.matches(table, room, asked, judged, current().exposure)


@settings(deadline=None, max_examples=60)
@given(markets, questions)
def test_nobody_is_listed_who_must_not_be(rows: list[Row], asked: Query) -> None:
    by_name = {row.name: row for row in rows}

    for match in listed(rows, asked):
        row = by_name[match.listing.name]
        assert row.active
        assert row.areas != (ELSEWHERE,)
        assert may_come(row, asked)
        assert not too_far(row, asked)
        assert any(row.needs.get(need) for need in asked.needs)


def may_come(row: Row, asked: Query) -> bool:
    """Whether no alternative is known to fail."""
    age, veteran = asked.facts.get("age"), asked.facts.get("veteran")
    fails = {ELDERS: isinstance(age, float) and age < 60, VETERANS: veteran is False}
    return not row.alternatives or any(not any(fails[rule] for rule in rules) for rules in row.alternatives)


def too_far(row: Row, asked: Query) -> bool:
    """Whether a place that must be travelled to, and is known, lies beyond what was asked."""
    if asked.max_km is None or row.modes & REMOTE or row.confidential or row.at is None:
        return False
    return float(great_circle((ORIGIN.latitude, ORIGIN.longitude), row.at).km) > asked.max_km + 1e-6


@settings(deadline=None, max_examples=60)
@given(markets, questions)
def test_a_list_with_lots_holds_the_same_rows_as_one_without(rows: list[Row], asked: Query) -> None:
    plain = listed(rows, replace(asked, seed=0))
    drawn = listed(rows, asked)

    assert {match.listing.name: match.score for match in plain} == {match.listing.name: match.score for match in drawn}
    assert all(0 < match.propensity <= 1 for match in drawn)
    margin = current().exposure.margin
    for place, match in enumerate(drawn):
        overtaken = max(later.score for later in drawn[place:])
        assert match.score >= overtaken - margin * abs(overtaken) - 1e-9


def nearer(row: Row) -> Row:
    latitude, longitude = row.at or (39.0, -77.0)
    half = ((latitude + ORIGIN.latitude) / 2, (longitude + ORIGIN.longitude) / 2)
    return replace(row, at=half) if row.at else row


def fresher(row: Row) -> Row:
    return replace(row, checked=row.checked + (TODAY - row.checked) // 2) if row.checked else row


def emptier(row: Row) -> Row:
    return replace(row, free=row.free + 2) if row.status == "capacity" and row.free is not None else row


BETTER: Mapping[str, Callable[[Row], Row]] = {
    "nearer": nearer,
    "fresher": fresher,
    "checked today": lambda row: replace(row, checked=TODAY),
    "emptier": emptier,
    "has room": lambda row: replace(row, status="capacity", free=20, waiting_days=None, as_of=AT),
    "sooner open": lambda row: replace(row, schedules=(*row.schedules, EVERY_DAY)) if row.schedules else row,
    "fewer open requests": lambda row: replace(row, requests=row.requests // 2),
    "waits less": lambda row: replace(row, waiting_days=row.waiting_days // 2) if row.waiting_days else row,
    "open to all": lambda row: replace(row, alternatives=()),
    "serves everywhere": lambda row: replace(row, areas=()),
    "speaks the language": lambda row: replace(row, languages=("es", *row.languages)),
    "has an interpreter": lambda row: replace(row, interpreted=True),
    "asks for no papers": lambda row: replace(row, documents=(), other_documents=False),
    "made for it": lambda row: replace(row, needs={**row.needs, FOOD: 1.0}),
    "reported no more": lambda row: replace(row, reported=()),
    "answers more": lambda row: replace(row, needs={POWER: 0.1, **row.needs}),
    "brings it home": lambda row: replace(row, modes=row.modes | Mode.HOME),
}


def more_met(row: Row) -> Row:
    return replace(row, met=(row.met[0] + 1, row.met[1] + 1))


def fewer_unmet(row: Row) -> Row:
    return replace(row, met=(row.met[0], max(row.met[0], row.met[1] - 1)))


def quicker(row: Row) -> Row:
    return replace(row, answers=(row.answers[0] / 2, row.answers[1]))


@pytest.mark.parametrize("better", [more_met, fewer_unmet, quicker])
@settings(deadline=None, max_examples=40)
@given(
    row=a_row, asked=questions, met=st.tuples(st.integers(0, 20), st.integers(0, 20)),
    days=st.floats(0, 300), answers=st.integers(0, 20), ahead=st.none() | st.integers(1, 9),
)  # fmt: skip
def test_more_met_needs_and_quicker_answers_never_lower(
    better: Callable[[Row], Row],
    row: Row,
    asked: Query,
    met: tuple[int, int],
    days: float,
    answers: int,
    ahead: int | None,
) -> None:
    needed_by = asked.at + timedelta(days=ahead) if ahead else None
    known = replace(row, name="worse", met=(met[0], sum(met)), answers=(days if answers else 0, answers))
    pair = [known, replace(better(known), name="better")]
    found = {match.listing.name: match for match in listed(pair, replace(asked, seed=0, needed_by=needed_by))}

    if "worse" in found:
        assert found["better"].score >= found["worse"].score - 1e-12
    for match in found.values():
        assert all(0 < part.value <= 1 for part in match.factors)
        assert match.score == pytest.approx(np.prod([part.value for part in match.factors]) - match.price, abs=1e-9)


@pytest.mark.parametrize("better", BETTER.values(), ids=BETTER.keys())
@settings(deadline=None, max_examples=40)
@given(row=a_row, asked=questions)
def test_a_better_equal_never_ranks_lower(better: Callable[[Row], Row], row: Row, asked: Query) -> None:
    worse, improved = replace(row, name="worse"), replace(better(row), name="better")
    scores = {match.listing.name: match.score for match in listed([worse, improved], replace(asked, seed=0))}

    if "worse" in scores:
        assert scores["better"] >= scores["worse"] - 1e-12
