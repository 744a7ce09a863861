"""Answers to an instrument that show the risks a person is meant to have."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from resource_hub.screening.values import Answer, AnyPositive, Instrument, Item


def answers_for(instrument: Instrument, risks: AbstractSet[str], refused: AbstractSet[str]) -> tuple[Answer, ...]:
    """Return an answer to each question: positive where it asks about a risk, refused where named, else harmless."""
    return tuple(Answer(item.code, _answer(instrument, item, risks, refused)) for item in instrument.items)


def _answer(instrument: Instrument, item: Item, risks: AbstractSet[str], refused: AbstractSet[str]) -> str:
    positive = {
        rule.domain: rule.test.positive[item.code]
        for rule in instrument.rules
        if isinstance(rule.test, AnyPositive) and item.code in rule.test.positive
    }
    asked = positive.keys()
    if asked & risks:
        shows = _union(positive[domain] for domain in asked & risks)
        return next(option.code for option in item.answers if option.code in shows)
    if asked & refused:
        return next(option.code for option in item.answers if option.refusal)
    harmful = _union(positive.values())
    return next(option.code for option in item.answers if not option.refusal and option.code not in harmful)


def _union(sets: Iterable[AbstractSet[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
