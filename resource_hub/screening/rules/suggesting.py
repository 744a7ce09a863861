"""Positive domains → ICD-10-CM codes that a clinician may consider. They are suggestions: nothing sends them."""

from collections.abc import Iterable, Iterator

from resource_hub.screening.values import (
    Answer,
    AnyPositive,
    DomainResult,
    Instrument,
    ProductBelow,
    Result,
    Suggestion,
)


def suggestions(
    instrument: Instrument, results: Iterable[DomainResult], given: Iterable[Answer]
) -> tuple[Suggestion, ...]:
    """Return the codes of the positive domains, each once: with the first domain that has it."""
    answers, found = tuple(given), dict[str, Suggestion]()
    for result in results:
        if result.result is Result.POSITIVE:
            for codes in _codes(instrument, result, answers):
                found.setdefault(codes[0], Suggestion(result.domain, codes[0], codes[1:]))
    return tuple(found.values())


def _codes(instrument: Instrument, result: DomainResult, answers: tuple[Answer, ...]) -> Iterator[tuple[str, ...]]:
    for rule in instrument.rules:
        if rule.domain != result.domain:
            continue
        if isinstance(rule.test, ProductBelow) and set(rule.test.codes) <= set(result.because) and rule.test.icd10:
            yield rule.test.icd10
        if isinstance(rule.test, AnyPositive):
            for one in answers:
                item = instrument.item(one.item) if one.answer in rule.test.positive.get(one.item, ()) else None
                option = item.option(one.answer) if item else None
                if option and option.icd10:
                    yield option.icd10
