"""What a person said in a screening: each question that was asked, with its answers, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_decimal, gettext

from resource_hub.screening.rules.enabling import asked
from resource_hub.screening.rules.sensitive import labels_of
from resource_hub.screening.values import Answer, Instrument, Item, Kind, text_in
from resource_hub.web.shared.language import current_language

_NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.QUANTITY})


@dataclass(frozen=True)
class Answered:
    """A question and its answers; without answers it was left open. `sensitive` is not printed."""

    question: str
    answers: tuple[str, ...]
    sensitive: bool


def answered(instrument: Instrument, given: Sequence[Answer]) -> tuple[Answered, ...]:
    """Return the questions that were asked, in the instrument's order."""
    codes = asked(instrument, given)
    return tuple(
        Answered(
            text_in(item.text, current_language()) or item.display or item.code,
            tuple(_words(item, one.answer) for one in given if one.item == item.code),
            bool(labels_of(instrument, item)),
        )
        for item in instrument.questions
        if item.code in codes
    )


def _words(item: Item, answer: str) -> str:
    option = item.option(answer)
    if option is not None:
        return text_in(option.text, current_language()) or option.code
    if item.kind is Kind.BOOLEAN:
        return str(gettext("Yes") if answer == "true" else gettext("No"))
    if item.kind in _NUMBERS:
        return " ".join(filter(None, (format_decimal(answer), item.unit)))
    return answer
