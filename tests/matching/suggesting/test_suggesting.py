"""Needs that are suggested: learnt from labels, from our vocabulary where there are few, the same in every run."""

from dataclasses import replace
from datetime import timedelta

from resource_hub.accounts.work import Work
from resource_hub.inventory.service.markets import move_on
from resource_hub.matching.suggesting.service import markets_due, store, suggest, suggest_needs
from resource_hub.matching.values.wording import Text
from tests.factories import a_listing, a_market

FOOD, RIDES = "food-insecurity", "transportation-insecurity"
KINDS = {
    FOOD: ("Pantry {n}", "Weekly zorbles and groceries for families of ward {n}."),
    RIDES: ("Van {n}", "Quibbling rides to the doctor and the bus for ward {n}."),
}


def text(number: int, need: str, *, labelled: bool) -> Text:
    name, description = (part.format(n=number) for part in KINDS[need])
    needs = ((need, 1.0),) if labelled else ()
    return Text(f"{need}-{number:03}", name, "Wards together", description, needs=needs)


def city() -> tuple[Text, ...]:
    labelled = [text(number, need, labelled=True) for need in KINDS for number in range(30)]
    return (*labelled, Text("new-food", "Corner", "Wards together", "Zorbles on Mondays."))


def test_labels_teach_words_that_our_vocabulary_does_not_have() -> None:
    first, *_rest = suggest(city())
    assert (first.service_id, first.need) == ("new-food", FOOD)
    assert first.probability > 0.5
    assert "zorbles" in first.because[0]


def test_the_same_market_gives_the_same_suggestions() -> None:
    assert suggest(city()) == suggest(city())


def test_without_labels_our_own_vocabulary_speaks_and_is_modest() -> None:
    others = (Text(f"other-{number}", f"Office {number}", "Wards together", "Papers.") for number in range(40))
    texts = (*(text(number, FOOD, labelled=False) for number in range(5)), *others)
    found = suggest(texts)
    assert {one.need for one in found if one.probability > 0.5} <= {FOOD}
    assert found
    assert all("groceries" in one.because for one in found if one.need == FOOD)
    assert max(one.probability for one in found) <= 0.9


def test_nothing_to_suggest_is_an_empty_list() -> None:
    assert suggest(()) == []
    assert suggest((text(1, FOOD, labelled=True),)) == []
    assert suggest((Text("bare", "", ""),)) == [] or suggest((Text("bare", "", ""),))[0].probability < 0.2


def test_a_service_with_labels_is_judged_by_folds_that_did_not_see_it() -> None:
    # Its label says that it answers nothing; that must not be why it is not suggested.
    odd = replace(text(99, FOOD, labelled=False), service_id="odd", terms=(("Odd term",),))
    (first, *_rest) = (one for one in suggest((*city(), odd)) if one.service_id == "odd")
    assert (first.need, first.probability > 0.7) == (FOOD, True)


def test_the_worker_looks_through_a_market_once_a_night_and_only_after_a_change(work: Work) -> None:
    market = a_market(work)
    a_listing(work, market, name="Food pantry", needs=())
    assert market in markets_due(work)
    found = suggest_needs(work, market)
    assert {one.service_id for one in found} <= {one.service_id for one in found}
    assert store(work, market, found)
    assert market not in markets_due(work)
    assert not store(work, market, found)
    tomorrow = replace(work, now=work.now + timedelta(hours=21))
    assert market not in markets_due(tomorrow)
    move_on(market)
    work.session.flush()
    assert market not in markets_due(work)
    assert market in markets_due(tomorrow)
