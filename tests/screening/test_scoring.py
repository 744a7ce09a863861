"""Answers become risks and wishes become needs, by data alone; a refusal is neither yes nor no."""

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.core.codes import NEEDS
from resource_hub.screening import instruments
from resource_hub.screening.rules.scoring import changes, choices, in_order, score
from resource_hub.screening.values import Answer, Change, DomainResult, Instrument, Result, WantsHelp
from tests.screening.panel import PANEL

SCREENER = instruments.load("short-screener")
POSITIVE, NOT_INDICATED, INCOMPLETE = Result.POSITIVE, Result.NOT_INDICATED, Result.INCOMPLETE


def found(instrument: Instrument, given: Iterable[tuple[str, str]]) -> Mapping[str, DomainResult]:
    return {one.domain: one for one in score(instrument, [Answer(*row) for row in given])}


@st.composite
def filled_in(draw: st.DrawFn) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for item in PANEL.items:
        codes = [option.code for option in item.answers]
        most = len(codes) if item.several else 1
        rows += [(item.code, code) for code in draw(st.lists(st.sampled_from(codes), max_size=most, unique=True))]
    return draw(st.permutations(rows))


wishes = st.dictionaries(st.sampled_from(sorted(NEEDS)), st.sampled_from(WantsHelp))


@pytest.mark.parametrize(
    ("answer", "instability", "homelessness"),
    [
        ("steady", NOT_INDICATED, NOT_INDICATED),
        ("worried", POSITIVE, NOT_INDICATED),
        ("none", NOT_INDICATED, POSITIVE),
        ("refused", INCOMPLETE, INCOMPLETE),
    ],
)
def test_one_question_can_decide_about_two_domains(answer: str, instability: Result, homelessness: Result) -> None:
    results = found(PANEL, [("home", answer)])

    assert results["housing-instability"].result == instability
    assert results["homelessness"].result == homelessness


def test_the_questions_that_made_it_positive_are_named() -> None:
    results = found(PANEL, [("home", "none"), ("faults", "mold"), ("faults", "leaks"), ("insult", "f5")])

    assert results["homelessness"].because == ("home",)
    assert results["inadequate-housing"].because == ("faults",)
    assert results["stress"].because == ("insult", "home")
    assert results["housing-instability"].because == ()


def test_an_unanswered_domain_is_incomplete_and_nobody_refused_it() -> None:
    assert {(one.result, one.refused) for one in score(PANEL, [])} == {(INCOMPLETE, ())}


def test_one_of_several_choices_is_enough() -> None:
    assert found(PANEL, [("faults", "no-fault"), ("faults", "mold")])["inadequate-housing"].result is POSITIVE
    assert found(PANEL, [("faults", "no-fault")])["inadequate-housing"].result is NOT_INDICATED
    refused = found(PANEL, [("faults", "no-fault"), ("faults", "refused")])["inadequate-housing"]
    assert (refused.result, refused.refused) == (INCOMPLETE, ("faults",))


@pytest.mark.parametrize(
    ("hurt", "insult", "threat", "result"),
    [
        ("f2", "f3", "f2", NOT_INDICATED),
        ("f2", "f3", "f3", POSITIVE),
        ("f5", "f3", None, POSITIVE),
        ("f5", "f3", "refused", POSITIVE),
        ("f5", "f2", "refused", INCOMPLETE),
        ("f1", "f1", None, INCOMPLETE),
    ],
)
def test_a_sum_decides_at_its_cut_off_also_when_a_part_is_missing(
    hurt: str, insult: str, threat: str | None, result: Result
) -> None:
    rows = [("hurt", hurt), ("insult", insult), *([("threat", threat)] if threat else [])]

    violence = found(PANEL, rows)["intimate-partner-violence"]

    assert violence.result is result
    assert violence.refused == (("threat",) if threat == "refused" else ())


@given(filled_in(), st.data())
def test_a_refusal_changes_no_other_domain(rows: list[tuple[str, str]], data: st.DataObject) -> None:
    answered = {item for item, _answer in rows}
    open_items = [item.code for item in PANEL.items if item.code not in answered]
    refused = [(code, "refused") for code in data.draw(st.sets(st.sampled_from(open_items)))] if open_items else []

    before, after = found(PANEL, rows), found(PANEL, [*rows, *refused])

    assert [one.result for one in before.values()] == [one.result for one in after.values()]


@given(filled_in())
def test_a_refusal_is_never_a_reason_nor_an_all_clear(rows: list[tuple[str, str]]) -> None:
    for one in score(PANEL, [Answer(*row) for row in rows]):
        if one.refused:
            assert one.result is not NOT_INDICATED
        assert bool(one.because) == (one.result is POSITIVE)


@given(filled_in())
def test_the_order_of_the_rows_does_not_matter(rows: list[tuple[str, str]]) -> None:
    assert found(PANEL, rows) == found(PANEL, rows[::-1])


@given(filled_in(), wishes)
def test_a_need_is_what_the_person_said_yes_to_in_their_order(
    rows: list[tuple[str, str]], wants: dict[str, WantsHelp]
) -> None:
    results = score(PANEL, [Answer(*row) for row in rows])

    chosen = choices(results, wants)

    assert chosen.needs == tuple(code for code in wants if wants[code] == "yes")
    assert sorted(chosen.needs + chosen.later + chosen.declined) == sorted(wants)
    assert not set(chosen.unasked) & set(wants)
    assert set(chosen.unasked) <= {one.domain for one in results if one.result is POSITIVE}


def test_a_risk_without_a_yes_is_no_need_and_a_wish_without_a_risk_is() -> None:
    results = score(PANEL, [Answer("home", "none"), Answer("faults", "mold"), Answer("insult", "f5")])

    chosen = choices(
        results,
        {"digital-access": WantsHelp.YES, "homelessness": WantsHelp.NO, "stress": WantsHelp.LATER},
    )

    assert (chosen.needs, chosen.declined, chosen.later, chosen.unasked) == (
        ("digital-access",),
        ("homelessness",),
        ("stress",),
        ("inadequate-housing",),
    )


def test_the_short_screener_asks_about_what_hospitals_must_ask() -> None:
    assert {
        "homelessness", "housing-instability", "food-insecurity", "transportation-insecurity", "utility-insecurity",
        "intimate-partner-violence",
    } <= set(SCREENER.domains)  # fmt: skip


@pytest.mark.parametrize("item", [item.code for item in SCREENER.items])
def test_each_question_of_the_short_screener_can_be_positive_negative_and_refused(item: str) -> None:
    question = SCREENER.item(item)
    assert question is not None
    (domain,) = SCREENER.domains_of(item)

    results = [(option, found(SCREENER, [(item, option.code)])[domain].result) for option in question.answers]

    assert {result for option, result in results if option.positive} == {POSITIVE}
    assert {result for option, result in results if option.refusal} == {INCOMPLETE}
    assert {result for option, result in results if not (option.positive or option.refusal)} == {NOT_INDICATED}


def test_what_changed_is_told_in_the_order_of_the_screening() -> None:
    before = {"homelessness": POSITIVE, "stress": NOT_INDICATED}
    now = {"stress": POSITIVE, "homelessness": POSITIVE, "food-insecurity": INCOMPLETE}

    assert [(one.domain, one.before, one.now) for one in changes(before, now)] == [
        ("stress", NOT_INDICATED, POSITIVE),
        ("food-insecurity", None, INCOMPLETE),
    ]
    assert changes(now, now) == ()
    assert changes({}, {"stress": POSITIVE}) == (Change("stress", None, POSITIVE),)


@given(st.lists(st.sampled_from("abcd"), unique=True), st.lists(st.sampled_from("abcd"), unique=True))
def test_the_newest_order_comes_first_and_nothing_is_lost(newest: list[str], known: list[str]) -> None:
    order = in_order(newest, known)

    assert list(order[: len(newest)]) == newest
    assert list(order[len(newest) :]) == [code for code in known if code not in newest]
