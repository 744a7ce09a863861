"""Answers → social risks; risks and the person's own wishes → needs. Everything here is decided by data."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from resource_hub.screening.values import (
    Answer,
    AnyPositive,
    Change,
    Choices,
    DomainResult,
    Instrument,
    Result,
    SumAtLeast,
    WantsHelp,
)

Chosen = Mapping[str, frozenset[str]]


def score(instrument: Instrument, given: Iterable[Answer]) -> tuple[DomainResult, ...]:
    """Return the result of every domain of an instrument, in its order, from answers that fit it (see `answering`).

    One positive answer (or a sum that reached its cut-off) is positive. A domain is not indicated only when
    every question of it was answered; a refusal is neither, and leaves the domain incomplete.
    """
    chosen = _chosen(given)
    refusals = {item.code: frozenset(one.code for one in item.answers if one.refusal) for item in instrument.items}
    refused = frozenset(item for item, answers in chosen.items() if answers & refusals[item])
    scores = {item.code: {one.code: one.score or 0 for one in item.answers} for item in instrument.items}
    return tuple(_domain(instrument, domain, chosen, refused, scores) for domain in instrument.domains)


def choices(results: Iterable[DomainResult], wants_help: Mapping[str, WantsHelp]) -> Choices:
    """Return what the person wants help with, in their order.

    Only a yes makes a need: a risk without it is none, and a wish without a risk is one. What they turned down
    and what they put off stand apart; a risk they were not asked about is `unasked`.
    """
    positive = [result.domain for result in results if result.result is Result.POSITIVE]
    return Choices(
        needs=tuple(code for code, wish in wants_help.items() if wish == WantsHelp.YES),
        later=tuple(code for code, wish in wants_help.items() if wish == WantsHelp.LATER),
        declined=tuple(code for code, wish in wants_help.items() if wish == WantsHelp.NO),
        unasked=tuple(domain for domain in positive if domain not in wants_help),
    )


def changes(before: Mapping[str, Result], now: Mapping[str, Result]) -> tuple[Change, ...]:
    """Return the domains of a screening whose result is another than it was before, in the screening's order."""
    return tuple(
        Change(domain, before.get(domain), result) for domain, result in now.items() if before.get(domain) != result
    )


def in_order(wishes: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return need codes in the person's newest order; those they did not speak about follow as they stood."""
    return tuple(dict.fromkeys(chain(wishes, known)))


def _chosen(given: Iterable[Answer]) -> Chosen:
    chosen: dict[str, frozenset[str]] = {}
    for one in given:
        chosen[one.item] = chosen.get(one.item, frozenset()) | {one.answer}
    return chosen


def _domain(
    instrument: Instrument,
    domain: str,
    chosen: Chosen,
    refused: frozenset[str],
    scores: Mapping[str, Mapping[str, int]],
) -> DomainResult:
    tests = [rule.test for rule in instrument.rules if rule.domain == domain]
    items = tuple(dict.fromkeys(item for test in tests for item in test.codes))
    because = frozenset(chain.from_iterable(_because(test, chosen, scores) for test in tests))
    if because:
        result = Result.POSITIVE
    elif all(chosen.get(item) and item not in refused for item in items):
        result = Result.NOT_INDICATED
    else:
        result = Result.INCOMPLETE
    return DomainResult(domain, result, _kept(items, because), _kept(items, refused))


def _because(test: AnyPositive | SumAtLeast, chosen: Chosen, scores: Mapping[str, Mapping[str, int]]) -> frozenset[str]:
    if isinstance(test, AnyPositive):
        return frozenset(item for item, positive in test.positive.items() if positive & chosen.get(item, frozenset()))
    # Scores are never negative, so a partial sum that reached the cut-off stays above it.
    points = {item: sum(scores[item][answer] for answer in chosen.get(item, ())) for item in test.codes}
    if sum(points.values()) < test.at_least:
        return frozenset()
    return frozenset(item for item in test.codes if points[item])


def _kept(items: Sequence[str], wanted: frozenset[str]) -> tuple[str, ...]:
    return tuple(item for item in items if item in wanted)
