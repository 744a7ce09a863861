"""Eligibility read from free text. Only a text that is one plain statement as a whole gives approved rules.

Everything else that is recognised is suggested: it asks, it never excludes. Ages are completed years.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from resource_hub.core.codes import FactValue
from resource_hub.inventory.rules.residence_text import residence
from resource_hub.inventory.values import Operator, Rule, RuleStatus

OLDEST = 130
_LONGEST_WORDS = 500

_N = r"(?<![\d/.,$#-])(\d{1,3})(?![\d/]|[.,]\d)"
_YEARS = r"(?:[\s-]*(?:years?|yrs?\.?)(?:[\s-]*old|\s+of\s+age)?)?"
_NO_UNIT = (
    r"(?!\s*(?:%|percent|months?\b|weeks?\b|days?\b|hours?\b|th\b|st\b|nd\b|rd\b|grade|lbs?\b|pounds|people\b|times\b))"
)
_TO = r"\s*(?:-|–|—|\bto\b|\bthrough\b|\bthru\b)\s*"
_AGE = r"(?:\b(?:between\s+)?(?:the\s+)?(?:aged|ages?)\s*(?:of\s+|from\s+)?)"

_Conditions = Callable[[re.Match[str]], dict[Operator, int]]


@dataclass(frozen=True)
class _Shape:
    """A way to write an age limit; one that needs a sign is nothing without "ages", "years" or whom it is about."""

    pattern: str
    conditions: _Conditions
    needs_sign: bool = False


def _at_least(found: re.Match[str]) -> dict[Operator, int]:
    return {Operator.AT_LEAST: int(found[1])}


def _at_most(found: re.Match[str]) -> dict[Operator, int]:
    return {Operator.AT_MOST: int(found[1])}


def _below(found: re.Match[str]) -> dict[Operator, int]:
    return {Operator.AT_MOST: int(found[1]) - 1}


def _between(found: re.Match[str]) -> dict[Operator, int]:
    return {Operator.AT_LEAST: int(found[1]), Operator.AT_MOST: int(found[2])}


_SHAPES = (
    _Shape(rf"{_N}{_YEARS}\s*(?:and|or|&)\s*(?:older|over|up|above)\b", _at_least),
    _Shape(rf"{_N}\s*\+", _at_least),
    _Shape(rf"\bat\s+least\s+{_N}{_YEARS}{_NO_UNIT}", _at_least, needs_sign=True),
    _Shape(
        rf"(?:\bfrom\s+)?\b(?:birth|newborns?|infancy)(?:{_TO}|\s+up\s+to\s+)(?:the\s+)?(?:age\s*(?:of\s+)?)?"
        rf"{_N}{_YEARS}{_NO_UNIT}",
        _at_most,
    ),
    _Shape(rf"{_N}{_YEARS}{_TO}(?:age\s+)?(\d{{1,3}})(?![\d/]){_YEARS}{_NO_UNIT}", _between, needs_sign=True),
    _Shape(rf"{_N}{_YEARS}\s*(?:and|or|&)\s*(?:under|younger|below)\b", _at_most),
    _Shape(
        rf"\b(?:under|younger\s+than)\s+(?:the\s+)?(?:age\s+)?(?:of\s+)?{_N}{_YEARS}{_NO_UNIT}", _below, needs_sign=True
    ),
    _Shape(rf"\bup\s+to\s+(?:the\s+)?(?:age\s+)?(?:of\s+)?{_N}{_YEARS}{_NO_UNIT}", _at_most, needs_sign=True),
)
# Not plain enough to be approved: "over 18" may mean from 18 or from 19 on.
_LOOSE = (
    *_SHAPES,
    _Shape(rf"\bover\s+(?:the\s+)?(?:age\s+)?(?:of\s+)?{_N}{_YEARS}{_NO_UNIT}", _at_least, needs_sign=True),
)

_ANYBODY = (
    "anyone|everyone|persons?|people|individuals?|residents?|any resident|adults?|any adult|all adults|"
    "senior citizens?|seniors?|older adults?|elderly|elders|youths?|young people|young adults?|teens?|teenagers?|"
    "adolescents?|child|children|any child"
)
_GENDERS = {"female": "women|woman|females?|girls?|ladies", "male": "men|man|males?|boys?"}
_LEAD = r"(?:(?:open\s+to|serves|for|must\s+be)\s+(?:all\s+)?)?"
_PLAIN = re.compile(
    rf"{_LEAD}(?:(?:(?P<anybody>{_ANYBODY})|(?P<female>{_GENDERS['female']})|(?P<male>{_GENDERS['male']}))\b)?"
    r"(?P<only>\s+only)?"
    rf"\s*(?:,|\(|who\s+are)?\s*(?P<sign>{_AGE})?(?P<age>.*?)\s*\)?\s*\.?"
)
_WHOLE = {
    "veteran": re.compile(
        r"(?:open\s+to\s+|for\s+|must\s+be\s+(?:a\s+)?)?(?:u\.?s\.?\s+)?(?:military\s+)?veterans?(?:\s+only)?\.?"
    ),
    "pregnant": re.compile(
        r"(?:open\s+to\s+|for\s+|must\s+be\s+)?pregnant(?:\s+(?:women|woman|persons?|people))?(?:\s+only)?\.?"
    ),
    "disability": re.compile(
        r"(?:open\s+to\s+|for\s+)?(?:persons?|people|individuals?|anyone|adults?)\s+with\s+(?:a\s+)?disabilit(?:y|ies)"
        r"(?:\s+only)?\.?"
    ),
}
_HINTS = (
    ("veteran", True, re.compile(r"\bveterans?\b")),
    ("pregnant", True, re.compile(r"\bpregnant\b|\bexpectant\s+mothers?\b")),
    ("disability", True, re.compile(r"\bdisab(?:led|ility|ilities)\b")),
    ("insurance", "medicaid", re.compile(r"\bmedicaid\s+(?:recipients?|members?|beneficiar(?:y|ies))\b")),
    ("insurance", "none", re.compile(r"\buninsured\b|\b(?:no|without)\s+(?:health\s+)?insurance\b")),
)
_WOMEN = re.compile(rf"\b(?:{_GENDERS['female']})\b")
_MEN = re.compile(rf"\b(?:{_GENDERS['male']})\b")
_FAMILIES = re.compile(
    r"\b(?:famil(?:y|ies)|parents?|mothers?|fathers?)\s+with\s+(?:a\s+)?(?:minor\s+|young\s+|small\s+|dependent\s+)?child(?:ren)?\b"
)
_POVERTY = re.compile(
    r"\b(\d{2,3})\s*(?:%|percent)\s+(?:of\s+|below\s+)?(?:the\s+)?(?:current\s+)?(?:federal\s+)?(?:poverty|fpl\b|fpg\b)"
)


def read_rules(text: str, state: str = "") -> tuple[Rule, ...]:
    """Return the rules that a free text about eligibility states; approved only where the whole is understood.

    Counties are those of a state. "Low income" without a number is no rule: the text itself is asked about.
    """
    words = " ".join(text.split())
    plain = words.lower().replace("’", "'")
    return tuple(_approved(words, plain)) or tuple(_suggested(words, plain, state))


def _approved(words: str, plain: str) -> Iterator[Rule]:
    for fact, pattern in _WHOLE.items():
        if pattern.fullmatch(plain):
            yield Rule(fact, Operator.IS, value=True, status=RuleStatus.APPROVED, words=words[:_LONGEST_WORDS])
            return
    found = _PLAIN.fullmatch(plain)
    if not found:
        return
    gender = next((name for name in _GENDERS if found[name]), None)
    limits = _plain_limits(found, signed=bool(gender or found["anybody"] or found["sign"]))
    if gender and (limits or (found["only"] and not found["age"])):
        yield _rule("gender", Operator.IS, gender, RuleStatus.APPROVED, words)
    for operator, age in limits.items():
        yield _rule("age", operator, age, RuleStatus.APPROVED, words)


def _plain_limits(found: re.Match[str], *, signed: bool) -> dict[Operator, int]:
    for shape in _SHAPES:
        limit = re.fullmatch(shape.pattern, found["age"])
        if limit and (signed or not shape.needs_sign or re.search(r"years?|yrs|\bage", limit[0])):
            return _sensible(shape.conditions(limit))
    return {}


def ages_between(lowest: float | None, highest: float | None) -> tuple[Rule, ...]:
    """Return the rules of a stated lowest and highest age, which hold as they stand."""
    limits = ((Operator.AT_LEAST, lowest), (Operator.AT_MOST, highest))
    return tuple(Rule("age", limit, age, RuleStatus.APPROVED) for limit, age in limits if age is not None)


def _suggested(words: str, plain: str, state: str) -> Iterator[Rule]:
    others = list(_hints(words, plain))
    if state and (home := residence(words, state)):
        others.append(("zip", Operator.ANY_OF, home.codes, home.words))
    ages = list(_age_limits(plain))
    for alternative, (limits, at) in enumerate(ages or [({}, slice(0, 0))]):
        for fact, operator, value, said in others:
            yield _rule(fact, operator, value, RuleStatus.SUGGESTED, said, alternative)
        for operator, age in limits.items():
            yield _rule("age", operator, age, RuleStatus.SUGGESTED, words[at], alternative)


def _hints(words: str, plain: str) -> Iterator[tuple[str, Operator, FactValue, str]]:
    women, men = _WOMEN.search(plain), _MEN.search(plain)
    for gender, found, other in (("female", women, men), ("male", men, women)):
        if found and not other:
            yield "gender", Operator.IS, gender, words[found.start() : found.end()]
    for fact, value, pattern in _HINTS:
        if said := pattern.search(plain):
            yield fact, Operator.IS, value, words[said.start() : said.end()]
    if families := _FAMILIES.search(plain):
        yield "children", Operator.AT_LEAST, 1, words[families.start() : families.end()]
    if poverty := _POVERTY.search(plain):
        yield "income_fpl", Operator.AT_MOST, int(poverty[1]), words[poverty.start() : poverty.end()]


def _age_limits(plain: str) -> Iterator[tuple[dict[Operator, int], slice]]:
    taken: list[slice] = []
    for shape in _LOOSE:
        for found in re.finditer(shape.pattern, plain):
            at = slice(found.start(), found.end())
            overlaps = any(at.start < other.stop and other.start < at.stop for other in taken)
            limits = _sensible(shape.conditions(found))
            if limits and not overlaps and _is_about_age(plain, found, shape):
                taken.append(at)
                yield limits, at


def _is_about_age(plain: str, found: re.Match[str], shape: _Shape) -> bool:
    before = plain[: found.start()]
    if re.search(r"\b(?:grades?|section|step|level|phase|top|size)\s*$", before):
        return False
    signed = re.search(rf"(?:{_AGE}|\b(?:{_ANYBODY}|{_GENDERS['female']}|{_GENDERS['male']}))[\s,(]*$", before)
    return bool(not shape.needs_sign or signed or re.search(r"years?|yrs|\bage", found[0]))


def _sensible(limits: dict[Operator, int]) -> dict[Operator, int]:
    lowest, highest = limits.get(Operator.AT_LEAST, 0), limits.get(Operator.AT_MOST, OLDEST)
    if not 0 <= lowest <= highest <= OLDEST:
        return {}
    # "Ages 0 to 18" has no lower limit.
    return {operator: age for operator, age in limits.items() if operator is not Operator.AT_LEAST or age > 0}


def _rule(
    fact: str, operator: Operator, value: FactValue, status: RuleStatus, words: str, alternative: int = 0
) -> Rule:
    return Rule(fact, operator, value, status, words[:_LONGEST_WORDS], alternative)
