"""Answers → social risks; risks and the person's own wishes → needs. Everything here is decided by data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import prod

from resource_hub.screening.rules.enabling import counted
from resource_hub.screening.values import (
    NEED_OF,
    Answer,
    AnyPositive,
    Change,
    Choices,
    DomainResult,
    Instrument,
    Item,
    ProductBelow,
    Result,
    Test,
    WantsHelp,
)

Chosen = Mapping[str, frozenset[str]]


@dataclass(frozen=True, repr=False)
class _Sheet:
    """The answers as the tests look at them."""

    items: Mapping[str, Item]
    chosen: Chosen
    refused: frozenset[str]
    age: float | None

    def answered(self, code: str) -> bool:
        """Tell whether an item was answered, or need not be at this age."""
        item = self.items[code]
        if self.age is not None and self.age < item.from_age:
            return True
        return bool(self.chosen.get(code)) and code not in self.refused

    def points(self, code: str) -> int:
        """Return the score of what was chosen."""
        options = (self.items[code].option(answer) for answer in self.chosen.get(code, ()))
        return sum(option.score or 0 for option in options if option)

    def number(self, code: str) -> float | None:
        """Return the number that was answered."""
        answers = self.chosen.get(code) or ()
        return next((float(answer) for answer in answers if code not in self.refused), None)


def score(instrument: Instrument, given: Iterable[Answer], age: float | None = None) -> tuple[DomainResult, ...]:
    """Return the result of every domain of an instrument, in its order, from answers that fit it (see `answering`).

    One positive answer (or a sum that reached its cut-off) is positive. A domain is not indicated only when
    every question of it was answered; a refusal is neither, and leaves the domain incomplete. `age` is in years.
    """
    sheet = _sheet(instrument, counted(instrument, given), age)
    return tuple(_domain(instrument, domain, sheet) for domain in instrument.domains)


def dangers(instrument: Instrument, given: Iterable[Answer], age: float | None = None) -> tuple[str, ...]:
    """Return the rules of safety that answers call for, in the instrument's order."""
    sheet = _sheet(instrument, counted(instrument, given), age)
    return tuple(dict.fromkeys(rule.code for rule in instrument.safety if _because(rule.test, sheet)))


def choices(results: Iterable[DomainResult], wants_help: Mapping[str, WantsHelp]) -> Choices:
    """Return what the person wants help with, in their order.

    Only a yes makes a need: a risk without it is none, and a wish without a risk is one. What they turned down
    and what they put off stand apart; a risk they were not asked about is `unasked`.
    """
    found = (result.domain for result in results if result.result is Result.POSITIVE)
    positive = [NEED_OF.get(domain, domain) for domain in found]
    return Choices(
        needs=tuple(code for code, wish in wants_help.items() if wish == WantsHelp.YES),
        later=tuple(code for code, wish in wants_help.items() if wish == WantsHelp.LATER),
        declined=tuple(code for code, wish in wants_help.items() if wish == WantsHelp.NO),
        unasked=tuple(dict.fromkeys(need for need in positive if need not in wants_help)),
    )


def changes(before: Mapping[str, Result], now: Mapping[str, Result]) -> tuple[Change, ...]:
    """Return the domains of a screening whose result is another than it was before, in the screening's order."""
    return tuple(
        Change(domain, before.get(domain), result) for domain, result in now.items() if before.get(domain) != result
    )


def in_order(wishes: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return need codes in the person's newest order; those they did not speak about follow as they stood."""
    return tuple(dict.fromkeys(chain(wishes, known)))


def _sheet(instrument: Instrument, given: Iterable[Answer], age: float | None) -> _Sheet:
    chosen: dict[str, frozenset[str]] = {}
    for one in given:
        chosen[one.item] = chosen.get(one.item, frozenset()) | {one.answer}
    refusals = {item.code: {one.code for one in item.answers if one.refusal} for item in instrument.items}
    refused = frozenset(item for item, answers in chosen.items() if answers & refusals[item])
    return _Sheet({item.code: item for item in instrument.items}, chosen, refused, age)


def _domain(instrument: Instrument, domain: str, sheet: _Sheet) -> DomainResult:
    tests = [rule.test for rule in instrument.rules if rule.domain == domain]
    items = tuple(dict.fromkeys(item for test in tests for item in test.codes))
    because = frozenset(chain.from_iterable(_because(test, sheet) for test in tests))
    if because:
        result = Result.POSITIVE
    elif all(_settled(test, sheet) for test in tests):
        result = Result.NOT_INDICATED
    else:
        result = Result.INCOMPLETE
    unverified = frozenset(code for code in because if _is_unverified(sheet, code))
    return DomainResult(domain, result, _kept(items, because), _kept(items, sheet.refused), _kept(items, unverified))


def _because(test: Test, sheet: _Sheet) -> frozenset[str]:
    if isinstance(test, AnyPositive):
        chosen = sheet.chosen
        return frozenset(item for item, positive in test.positive.items() if positive & chosen.get(item, frozenset()))
    if isinstance(test, ProductBelow):
        least, product = _least(test, sheet), _product(test, sheet)
        return frozenset(test.codes if least is not None and product is not None and product < least else ())
    # Scores are never negative, so a partial sum that reached the cut-off stays above it.
    points = {item: sheet.points(item) for item in test.codes}
    return frozenset(item for item in test.codes if points[item] and sum(points.values()) >= test.at_least)


def _settled(test: Test, sheet: _Sheet) -> bool:
    """Tell whether nothing that is still open could make a test positive."""
    if isinstance(test, ProductBelow):
        if sheet.age is None:
            return False
        return _least(test, sheet) is None or _product(test, sheet) is not None
    return all(sheet.answered(item) for item in test.codes)


def _least(test: ProductBelow, sheet: _Sheet) -> int | None:
    age = sheet.age
    if age is None:
        return None
    return next((limit.least for limit in test.limits if limit.from_age <= age < limit.to_age + 1), None)


def _product(test: ProductBelow, sheet: _Sheet) -> float | None:
    numbers = [sheet.number(code) for code in test.codes]
    known = [number for number in numbers if number is not None]
    # No days, or no minutes, is none of it, whatever the other number is.
    if 0 in known:
        return 0
    return prod(known) if len(known) == len(numbers) else None


def _is_unverified(sheet: _Sheet, code: str) -> bool:
    options = [sheet.items[code].option(answer) for answer in sheet.chosen.get(code, ())]
    return any(option.unverified for option in options if option and option.positive)


def _kept(items: Sequence[str], wanted: frozenset[str]) -> tuple[str, ...]:
    return tuple(item for item in items if item in wanted)
