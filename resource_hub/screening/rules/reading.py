"""An instrument's file → an instrument. Every refusal names the place in the file and how to mend it."""

import re
from collections.abc import Mapping, Sequence

from resource_hub.core.codes import NEEDS
from resource_hub.core.errors import Fault
from resource_hub.screening.errors import BadInstrument
from resource_hub.screening.values import (
    AnswerOption,
    AnyPositive,
    DomainRule,
    Instrument,
    Item,
    SumAtLeast,
    Texts,
    WantsHelp,
)

MOST_ITEMS = 200
MOST_ANSWERS = 100
LONGEST_TEXT = 2000
_CODE = re.compile(r"[A-Za-z0-9._/-]{1,60}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,29}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")


def read_instrument(document: object) -> Instrument:
    """Return the instrument that a JSON document describes; refuses with bad_instrument."""
    top = _mapping(document, "the file")
    sets = _mapping(top.get("answer_sets", {}), "answer_sets")
    rules = tuple(
        _rule(_mapping(entry, f"scoring[{number}]"), f"scoring[{number}]")
        for number, entry in enumerate(_list(top, "scoring", "scoring", MOST_ITEMS))
    )
    positive = _positive_answers(rules)
    items = tuple(
        _item(_mapping(entry, f"items[{number}]"), f"items[{number}]", positive, sets)
        for number, entry in enumerate(_list(top, "items", "items", MOST_ITEMS))
    )
    instrument = Instrument(
        name=_name(top.get("name"), "name"),
        version=_name(top.get("version"), "version"),
        title=_texts(top.get("title"), "title"),
        label=_texts(top.get("label"), "label"),
        introduction=_texts(top.get("introduction"), "introduction"),
        help_question=_texts(top.get("help_question"), "help_question"),
        help_answers=_help_answers(_mapping(top.get("help_answers", {}), "help_answers")),
        items=items,
        rules=rules,
    )
    _check_codes(instrument)
    return instrument


def same_meaning(one: Instrument, other: Instrument) -> bool:
    """Tell whether two instruments ask for the same codes and score them alike; their words may differ."""
    return _meaning(one) == _meaning(other)


def _meaning(instrument: Instrument) -> object:
    codes = [
        (item.code, item.several, [(answer.code, answer.refusal, answer.score) for answer in item.answers])
        for item in instrument.items
    ]
    return codes, instrument.rules


def _item(
    entry: Mapping[str, object],
    where: str,
    positive: Mapping[str, frozenset[str]],
    sets: Mapping[str, object],
) -> Item:
    code = _code(entry.get("code"), f"{where}.code")
    named = entry.get("answers")
    if isinstance(named, str):
        entry = {**entry, "answers": sets.get(named)}
    answers = tuple(
        _option(_mapping(one, f"{where}.answers[{number}]"), f"{where}.answers[{number}]", positive.get(code))
        for number, one in enumerate(_list(entry, "answers", f"{where}.answers", MOST_ANSWERS))
    )
    _check_unique([answer.code for answer in answers], f"{where}.answers")
    return Item(
        code=code,
        text=_texts(entry.get("text"), f"{where}.text"),
        answers=answers,
        notice=_texts(entry.get("notice"), f"{where}.notice"),
        several=_yes_no(entry.get("several", False), f"{where}.several"),
    )


def _option(entry: Mapping[str, object], where: str, positive: frozenset[str] | None) -> AnswerOption:
    code = _code(entry.get("code"), f"{where}.code")
    refusal = _yes_no(entry.get("refusal", False), f"{where}.refusal")
    score = entry.get("score")
    if score is not None and (not isinstance(score, int) or isinstance(score, bool) or score < 0):
        raise _bad(f"{where}.score", "Use a whole number of 0 or more, or leave it out.")
    if refusal and (score is not None or code in (positive or ())):
        raise _bad(where, "A refusal is neither positive nor negative. Take it out of the scoring.")
    text = _texts(entry.get("text"), f"{where}.text")
    return AnswerOption(code, text, positive=code in (positive or ()), refusal=refusal, score=score)


def _rule(entry: Mapping[str, object], where: str) -> DomainRule:
    domain = entry.get("domain")
    if not isinstance(domain, str) or domain not in NEEDS:
        raise _bad(f"{where}.domain", f"Use one of: {', '.join(NEEDS)}.")
    if "positive" in entry:
        positive = _mapping(entry["positive"], f"{where}.positive")
        read = {item: frozenset(_codes(positive, item, f"{where}.positive.{item[:60]}")) for item in positive}
        if not read:
            raise _bad(f"{where}.positive", "Name at least one question with its positive answers.")
        return DomainRule(domain, AnyPositive(read))
    at_least = entry.get("at_least")
    if not isinstance(at_least, int) or isinstance(at_least, bool) or at_least < 1:
        raise _bad(where, "Give `positive`, or `sum` with `at_least` as a whole number of 1 or more.")
    return DomainRule(domain, SumAtLeast(tuple(_codes(entry, "sum", f"{where}.sum")), at_least))


def _help_answers(entry: Mapping[str, object]) -> Mapping[str, Texts]:
    if entry.keys() - set(WantsHelp):
        raise _bad("help_answers", f"Use only: {', '.join(WantsHelp)}.")
    return {wish: _texts(texts, f"help_answers.{wish}") for wish, texts in entry.items()}


def _positive_answers(rules: Sequence[DomainRule]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for rule in rules:
        if isinstance(rule.test, AnyPositive):
            for item, answers in rule.test.positive.items():
                found[item] = found.get(item, frozenset()) | answers
    return found


def _check_codes(instrument: Instrument) -> None:
    _check_unique([item.code for item in instrument.items], "items")
    for number, rule in enumerate(instrument.rules):
        for code in rule.test.codes:
            _check_rule_item(instrument, rule, code, f"scoring[{number}]")


def _check_rule_item(instrument: Instrument, rule: DomainRule, code: str, where: str) -> None:
    item = instrument.item(code)
    if item is None:
        raise _bad(where, f"There is no question {code[:60]} among the items.")
    if isinstance(rule.test, AnyPositive):
        unknown = [answer for answer in rule.test.positive[code] if item.option(answer) is None]
        if unknown:
            raise _bad(where, f"The question {code[:60]} has no answer {min(unknown)[:60]}.")
    elif any(answer.score is None and not answer.refusal for answer in item.answers):
        raise _bad(where, f"Every answer of {code[:60]} needs a score to be summed.")


def _check_unique(codes: Sequence[str], where: str) -> None:
    twice = [code for code in codes if codes.count(code) > 1]
    if twice:
        raise _bad(where, f"The code {twice[0]} stands there more than once.")


def _mapping(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _bad(where, "Write a JSON object.")
    return value


def _list(entry: Mapping[str, object], key: str, where: str, most: int) -> Sequence[object]:
    value = entry.get(key)
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        raise _bad(where, f"Write a list of 1 to {most} entries.")
    return value


def _codes(entry: Mapping[str, object], key: str, where: str) -> Sequence[str]:
    return [_code(value, where) for value in _list(entry, key, where, MOST_ANSWERS)]


def _code(value: object, where: str) -> str:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise _bad(where, "Write a code of letters, digits and -._/ (at most 60).")
    return value


def _name(value: object, where: str) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise _bad(where, "Write letters, digits, dots and hyphens (at most 30).")
    return value


def _yes_no(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise _bad(where, "Write true or false.")
    return value


def _texts(value: object, where: str) -> Texts:
    texts = _mapping({} if value is None else value, where)
    for language, text in texts.items():
        if not _LANGUAGE.fullmatch(language):
            raise _bad(where, "Name each language by its tag, such as en or es.")
        if not isinstance(text, str) or not 1 <= len(text) <= LONGEST_TEXT:
            raise _bad(f"{where}.{language}", f"Write a text of 1 to {LONGEST_TEXT} characters.")
    return {language: str(text) for language, text in texts.items()}


def _bad(where: str, words: str) -> BadInstrument:
    return BadInstrument(f"{where}: {words}", faults=(Fault(where, "invalid", words),))
