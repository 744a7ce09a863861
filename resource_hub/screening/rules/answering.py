"""Answers as they come in → answers that fit an instrument. A refusal names the row, never what was answered."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice

from resource_hub.core.codes import FACTS, NEEDS
from resource_hub.core.errors import Fault
from resource_hub.screening.errors import BadAnswers
from resource_hub.screening.rules.given import expected, is_value
from resource_hub.screening.values import Answer, Answers, Instrument, Item, Kind, WantsHelp

MOST_ROWS = 1000
_MOST_FAULTS = 20
_MOST_CODES = 30


def read_answers(document: object, instrument: Instrument) -> Answers:
    """Return the answers of a JSON document: `answers` (rows of item and answer), `wants_help` (need → wish), `age`.

    Refuses with bad_answers, naming up to 20 faults.
    """
    if not isinstance(document, dict):
        raise _refusal([Fault("the file", "invalid", 'Write a JSON object: {"answers": […], "wants_help": {…}}.')])
    rows, wishes, age = document.get("answers", []), document.get("wants_help", {}), document.get("age")
    faults = [*_row_faults(rows), *_wish_faults(wishes), *_age_faults(age)]
    if faults:
        raise _refusal(faults)
    given = tuple(Answer(row["item"], _written(row["answer"])) for row in rows)
    answers = Answers(given, {code: WantsHelp(wish) for code, wish in wishes.items()}, age)
    check_answers(answers, instrument)
    return answers


def check_answers(answers: Answers, instrument: Instrument) -> None:
    """Refuse with bad_answers what does not fit an instrument."""
    faults = [*_misfits(answers.given, instrument), *_wish_faults(answers.wants_help)]
    if faults:
        raise _refusal(faults)


def check_wishes(wants_help: Mapping[str, WantsHelp]) -> None:
    """Refuse with bad_answers a wish for what is not a need."""
    if faults := list(_wish_faults(wants_help)):
        raise _refusal(faults)


def check_order(order: Sequence[str], known: AbstractSet[str]) -> None:
    """Refuse with bad_answers an order that names a need twice, or one that the person never spoke about."""
    faults = [
        Fault(f"order[{number}]", "unknown_need", "Name each need that the person spoke about once.")
        for number, code in enumerate(order)
        if code not in known or code in order[:number]
    ]
    if faults:
        raise _refusal(faults)


def _row_faults(rows: object) -> Iterator[Fault]:
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        words = f'Write a list of at most {MOST_ROWS} rows like {{"item": "…", "answer": "…"}}.'
        yield Fault("answers", "invalid", words)
        return
    for number, row in enumerate(rows):
        if not isinstance(row, dict) or not isinstance(row.get("item"), str) or not _is_answer(row.get("answer")):
            yield Fault(f"answers[{number}]", "invalid", 'Write {"item": "…", "answer": "…"} with codes as text.')


def _wish_faults(wishes: object) -> Iterator[Fault]:
    if not isinstance(wishes, Mapping):
        yield Fault("wants_help", "invalid", 'Write a JSON object, such as {"food-insecurity": "yes"}.')
        return
    for number, (code, wish) in enumerate(wishes.items()):
        if code not in NEEDS:
            yield Fault(f"wants_help[{number}]", "unknown_need", f"Use needs: {', '.join(NEEDS)}.")
        elif not isinstance(wish, str) or wish not in set(WantsHelp):
            yield Fault(f"wants_help.{code}", "invalid", f"Use one of: {', '.join(WantsHelp)}.")


def _age_faults(age: object) -> Iterator[Fault]:
    is_number = isinstance(age, int | float) and not isinstance(age, bool)
    if age is not None and not (is_number and 0 <= float(str(age)) <= FACTS["age"].largest):
        yield Fault("age", "invalid", f"Write the age in years, from 0 to {FACTS['age'].largest}.")


def _is_answer(value: object) -> bool:
    return isinstance(value, str | int | float)


def _written(value: object) -> str:
    """Return an answer as it is kept: true and false in small letters, numbers as they were written."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _misfits(given: Sequence[Answer], instrument: Instrument) -> Iterator[Fault]:
    items, chosen = {item.code: item for item in instrument.items}, dict[str, str]()
    questions = [item.code for item in instrument.items if item.kind.asks]
    for number, one in enumerate(given):
        where, item = f"answers[{number}]", items.get(one.item)
        if item is None or not item.kind.asks:
            text = f"{instrument.name} has no such question. Use: {_some(questions)}."
            yield Fault(f"{where}.item", "unknown_item", text)
        elif not is_value(item, one.answer):
            yield Fault(f"{where}.answer", "unknown_answer", _mend(item))
        elif _contradicts(item, one, chosen):
            yield Fault(where, "answered_twice", f"{item.code} takes one answer. Leave one row.")
        chosen.setdefault(one.item, one.answer)


def _mend(item: Item) -> str:
    if item.kind is Kind.CHOICE:
        return f"{item.code} has no such answer. Use: {_some([option.code for option in item.answers])}."
    return f"{item.code} cannot be answered so. Write {expected(item)}."


def _contradicts(item: Item, one: Answer, chosen: Mapping[str, str]) -> bool:
    return not item.several and chosen.get(one.item, one.answer) != one.answer


def _some(codes: Sequence[str]) -> str:
    rest = len(codes) - _MOST_CODES
    return ", ".join(islice(codes, _MOST_CODES)) + (f" and {rest} more" if rest > 0 else "")


def _refusal(faults: Sequence[Fault]) -> BadAnswers:
    named = tuple(islice(faults, _MOST_FAULTS))
    return BadAnswers(" ".join(f"{fault.field}: {fault.text}" for fault in named), faults=named)
