"""Which items are asked, given the answers so far; and what the instrument itself works out from them."""

from collections.abc import Callable, Iterable, Mapping
from operator import ge, gt, le, lt
from typing import Any

from resource_hub.screening.rules.given import comparable
from resource_hub.screening.values import Answer, Condition, Flag, Instrument, Item, Kind

_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {">": gt, "<": lt, ">=": ge, "<=": le}


def asked(instrument: Instrument, given: Iterable[Answer]) -> frozenset[str]:
    """Return the codes of the items that are asked: those whose conditions hold, in groups that are asked.

    An answer to an item that is not asked counts for nothing. Without any answer, `!=` holds and other comparisons do
    not. The instrument has no circle (see `reading`).
    """
    items = {item.code: item for item in instrument.items}
    answers: dict[str, list[str]] = {}
    for one in given:
        answers.setdefault(one.item, []).append(one.answer)
    known: dict[str, bool] = {}
    # Deepest first by a stack of its own: an instrument may chain more items than Python nests calls.
    for code in items:
        stack = [code]
        while stack:
            waiting = [other for other in _waits_for(items[stack[-1]]) if other in items and other not in known]
            if waiting:
                stack += waiting
                continue
            current = stack.pop()
            known[current] = _is_asked(items, items[current], answers, known)
    return frozenset(code for code, is_asked in known.items() if is_asked)


def counted(instrument: Instrument, given: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return the answers to items that are asked."""
    answers = tuple(given)
    if not any(item.enabling for item in instrument.items):
        return answers
    codes = asked(instrument, answers)
    return tuple(one for one in answers if one.item in codes)


def calculated(instrument: Instrument, given: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return what the instrument works out: nothing where a question is open, unless no answer could change it."""
    chosen: dict[str, set[str]] = {}
    for one in given:
        chosen.setdefault(one.item, set()).add(one.answer)
    items = {item.code: item for item in instrument.items}
    found = ((item, _calculate(item, items, chosen)) for item in instrument.items if item.calculation)
    return tuple(Answer(item.code, value) for item, value in found if value is not None)


def first_cycle(instrument: Instrument) -> Item | None:
    """Return an item that waits for itself, by its conditions or its groups, or None."""
    items = {item.code: item for item in instrument.items}
    done: set[str] = set()
    for code in items:
        path, stack = set[str](), [code]
        while stack:
            current = stack[-1]
            waiting = [one for one in _waits_for(items[current]) if one in items and one not in done]
            if current in done or not waiting:
                done.add(current)
                path.discard(current)
                stack.pop()
                continue
            path.add(current)
            if any(one in path for one in waiting):
                return items[current]
            stack.append(waiting[0])
    return None


def _waits_for(item: Item) -> list[str]:
    conditions = [one.item for one in item.enabling.conditions] if item.enabling else []
    return [*conditions, *([item.within] if item.within else [])]


def _is_asked(
    items: Mapping[str, Item], item: Item, answers: Mapping[str, list[str]], known: Mapping[str, bool]
) -> bool:
    if item.within and not known[item.within]:
        return False
    if item.enabling is None:
        return True
    holds = (
        _holds(one, items[one.item], answers.get(one.item, []) if known[one.item] else [])
        for one in item.enabling.conditions
    )
    return all(holds) if item.enabling.every else any(holds)


def _holds(condition: Condition, item: Item, answers: list[str]) -> bool:
    if condition.operator == "exists":
        return bool(answers) == (condition.value == "true")
    wanted = comparable(item, condition.value)
    found = [comparable(item, answer) for answer in answers]
    if condition.operator == "=":
        return wanted in found
    if condition.operator == "!=":
        return wanted not in found
    order = _ORDERS[condition.operator]
    return any(type(one) is type(wanted) and order(one, wanted) for one in found)


def _calculate(item: Item, items: Mapping[str, Item], chosen: Mapping[str, set[str]]) -> str | None:
    calculation = item.calculation
    if isinstance(calculation, Flag):
        if any(chosen.get(code, set()) & positive for code, positive in calculation.positive.items()):
            return calculation.yes
        return calculation.no if all(_answered(items[code], chosen) for code in calculation.positive) else None
    if calculation is None or not all(_answered(items[code], chosen) for code in calculation.codes):
        return None
    options = (items[code].option(answer) for code in calculation.codes for answer in chosen[code])
    total = sum(option.score or 0 for option in options if option)
    return str(total) if item.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.QUANTITY} else None


def _answered(item: Item, chosen: Mapping[str, set[str]]) -> bool:
    answers = chosen.get(item.code, set())
    return bool(answers) and not any(option.refusal for option in item.answers if option.code in answers)
