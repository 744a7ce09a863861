"""An instrument's file → an instrument. Every refusal names the place in the file and how to mend it."""

from collections.abc import Iterator, Mapping, Sequence

from resource_hub.core.codes import NEEDS
from resource_hub.screening.rules.enabling import first_cycle
from resource_hub.screening.rules.fields import (
    code,
    codes,
    mapping,
    name,
    refusal,
    sequence,
    shown,
    text,
    texts,
    version,
    whole,
)
from resource_hub.screening.rules.fields import unique as check_unique
from resource_hub.screening.rules.item_reading import read_item
from resource_hub.screening.values import (
    NEED_OF,
    AnyPositive,
    DomainRule,
    Flag,
    Instrument,
    Item,
    Kind,
    Limit,
    ProductBelow,
    SafetyRule,
    Source,
    SumAtLeast,
    Test,
    Texts,
    WantsHelp,
)

MOST_ITEMS = 1000
DOMAINS = (*NEEDS, *NEED_OF)
_OLDEST = 200
_NUMBERS = {Kind.INTEGER, Kind.DECIMAL}


def read_instrument(document: object) -> Instrument:
    """Return the instrument that a JSON document describes; refuses with bad_instrument."""
    top = mapping(document, "the file")
    sets = mapping(top.get("answer_sets", {}), "answer_sets")
    rules = tuple(_rule(entry, where) for entry, where in _entries(top, "scoring"))
    safety = tuple(_safety(entry, where) for entry, where in _entries(top, "safety"))
    positive = _positive_answers(rules)
    items = tuple(read_item(entry, where, positive, sets) for entry, where in _entries(top, "items", least=1))
    instrument = Instrument(
        name=name(top.get("name"), "name"),
        version=version(top.get("version"), "version"),
        title=texts(top.get("title"), "title"),
        label=texts(top.get("label"), "label"),
        introduction=texts(top.get("introduction"), "introduction"),
        help_question=texts(top.get("help_question"), "help_question"),
        help_answers=_help_answers(mapping(top.get("help_answers", {}), "help_answers")),
        items=items,
        rules=rules,
        safety=safety,
        panel=text(top, "panel", "the file"),
        source=_source(top["source"]) if "source" in top else None,
    )
    _check_codes(instrument)
    return instrument


def same_meaning(one: Instrument, other: Instrument) -> bool:
    """Tell whether two instruments ask for the same codes and score them alike; their words may differ."""
    return _meaning(one) == _meaning(other)


def _meaning(instrument: Instrument) -> object:
    found = [
        (item.code, item.kind, item.several, [(answer.code, answer.refusal, answer.score) for answer in item.answers])
        for item in instrument.items
    ]
    return found, instrument.rules


def _entries(top: Mapping[str, object], key: str, least: int = 0) -> Iterator[tuple[Mapping[str, object], str]]:
    if key not in top and not least:
        return
    for number, entry in enumerate(sequence(top, key, key, MOST_ITEMS, least=least)):
        yield mapping(entry, f"{key}[{number}]"), f"{key}[{number}]"


def _rule(entry: Mapping[str, object], where: str) -> DomainRule:
    domain = entry.get("domain")
    if not isinstance(domain, str) or domain not in DOMAINS:
        raise refusal(f"{where}.domain", f"Use one of: {', '.join(DOMAINS)}.")
    return DomainRule(domain, _test(entry, where))


def _safety(entry: Mapping[str, object], where: str) -> SafetyRule:
    return SafetyRule(code(entry.get("rule"), f"{where}.rule"), _test(entry, where))


def _test(entry: Mapping[str, object], where: str) -> Test:
    if "positive" in entry:
        positive = mapping(entry["positive"], f"{where}.positive")
        read = {item: frozenset(codes(positive, item, f"{where}.positive.{shown(item)}")) for item in positive}
        if not read:
            raise refusal(f"{where}.positive", "Name at least one question with its positive answers.")
        return AnyPositive(read)
    if "product" in entry:
        factors, icd10 = codes(entry, "product", f"{where}.product"), codes(entry, "icd10", f"{where}.icd10")
        return ProductBelow(tuple(factors), tuple(_limits(entry, where)), tuple(icd10))
    at_least = entry.get("at_least")
    if not isinstance(at_least, int) or isinstance(at_least, bool) or at_least < 1:
        raise refusal(where, "Give `positive`, or `sum` with `at_least` as a whole number of 1 or more.")
    return SumAtLeast(tuple(codes(entry, "sum", f"{where}.sum")), at_least)


def _limits(entry: Mapping[str, object], where: str) -> Iterator[Limit]:
    for number, one in enumerate(sequence(entry, "limits", f"{where}.limits", _OLDEST)):
        place = f"{where}.limits[{number}]"
        limit = mapping(one, place)
        yield Limit(
            whole(limit.get("from_age", 0), f"{place}.from_age"),
            whole(limit.get("to_age", _OLDEST), f"{place}.to_age"),
            whole(limit.get("least"), f"{place}.least", 1),
        )


def _source(value: object) -> Source:
    entry = mapping(value, "source")
    return Source(text(entry, "url", "source"), text(entry, "version", "source"), text(entry, "notice", "source"))


def _help_answers(entry: Mapping[str, object]) -> Mapping[str, Texts]:
    if entry.keys() - set(WantsHelp):
        raise refusal("help_answers", f"Use only: {', '.join(WantsHelp)}.")
    return {wish: texts(words, f"help_answers.{wish}") for wish, words in entry.items()}


def _positive_answers(rules: Sequence[DomainRule]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for rule in rules:
        if isinstance(rule.test, AnyPositive):
            for item, answers in rule.test.positive.items():
                found[item] = found.get(item, frozenset()) | answers
    return found


def _check_codes(instrument: Instrument) -> None:
    items = {item.code: item for item in instrument.items}
    check_unique([item.code for item in instrument.items], "items")
    tests = [(rule.test, f"scoring[{number}]") for number, rule in enumerate(instrument.rules)]
    tests += [(rule.test, f"safety[{number}]") for number, rule in enumerate(instrument.safety)]
    for test, where in tests:
        for one in test.codes:
            _check_tested(items, test, one, where)
    for number, item in enumerate(instrument.items):
        _check_named(items, item, f"items[{number}]")
    if (found := first_cycle(instrument)) is not None:
        raise refusal(f"items[{instrument.items.index(found)}]", "It waits for itself. Break the circle.")


def _check_named(items: Mapping[str, Item], item: Item, where: str) -> None:
    if item.within and (item.within not in items or item.within == item.code):
        raise refusal(f"{where}.within", "There is no such item to stand in.")
    named = [one.item for one in item.enabling.conditions] if item.enabling else []
    if isinstance(item.calculation, Flag):
        named += list(item.calculation.positive)
    elif item.calculation:
        named += list(item.calculation.codes)
    for one in named:
        if one not in items or not items[one].kind.asks:
            raise refusal(where, f"There is no question {shown(one)} among the items.")


def _check_tested(items: Mapping[str, Item], test: Test, one: str, where: str) -> None:
    item = items.get(one)
    if item is None:
        raise refusal(where, f"There is no question {shown(one)} among the items.")
    if isinstance(test, AnyPositive):
        unknown = [answer for answer in test.positive[one] if item.option(answer) is None]
        if unknown:
            raise refusal(where, f"The question {shown(one)} has no answer {shown(min(unknown))}.")
    elif isinstance(test, ProductBelow):
        if item.kind not in _NUMBERS:
            raise refusal(where, f"The question {shown(one)} needs a number as its answer.")
    elif any(answer.score is None and not answer.refusal for answer in item.answers):
        raise refusal(where, f"Every answer of {shown(one)} needs a score to be summed.")
