"""Help that is there at once, when answers or words mean danger now. What was answered is never repeated."""

from collections.abc import Iterable

from resource_hub.inventory.models import Market
from resource_hub.matching import vocabulary
from resource_hub.matching.rules.wording.normal import normalise
from resource_hub.matching.rules.wording.safety import first_rule
from resource_hub.matching.values.wording import Helpline
from resource_hub.screening.values import Answers, Instrument, Kind

_IN_WORDS = {Kind.OPEN_CHOICE, Kind.STRING, Kind.TEXT}


def help_now(instrument: Instrument, answers: Answers, dangers: Iterable[str], market: Market) -> tuple[Helpline, ...]:
    """Return whom to call: by the rules that coded answers named, and by what was answered in the person's own words.

    A market may have numbers of its own.
    """
    spoken = (_rule_of_words(instrument, one.item, one.answer) for one in answers.given)
    rules = dict.fromkeys((*dangers, *(code for code in spoken if code)))
    lines = [line for code in rules for line in vocabulary.help_of(code, market.slug)]
    return tuple({line.phone: line for line in lines}.values())


def _rule_of_words(instrument: Instrument, code: str, answer: str) -> str | None:
    item = instrument.item(code)
    if item is None or item.kind not in _IN_WORDS or item.option(answer):
        return None
    rule = first_rule(vocabulary.current().safety, normalise(answer))
    return rule.code if rule else None
