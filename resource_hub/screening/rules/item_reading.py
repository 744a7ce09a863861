"""An item of an instrument's file → an item: a question with its answers, a group, or words to read."""

from collections.abc import Mapping
from typing import TypeVar

from resource_hub.screening.rules.fields import (
    MOST_ANSWERS,
    code,
    codes,
    mapping,
    refusal,
    sequence,
    text,
    texts,
    unique,
    whole,
    yes_no,
)
from resource_hub.screening.values import (
    AnswerOption,
    Calculation,
    Condition,
    Enabling,
    Flag,
    Item,
    Kind,
    Sensitivity,
    Total,
)

OPERATORS = ("exists", "=", "!=", ">", "<", ">=", "<=")
_MOST_CONDITIONS = 100

Entry = Mapping[str, object]
Choice = TypeVar("Choice", Kind, Sensitivity)


def read_item(entry: Entry, where: str, positive: Mapping[str, frozenset[str]], sets: Entry) -> Item:
    """Return an item; refuses with bad_instrument naming the place."""
    own = code(entry.get("code"), f"{where}.code")
    kind = _one_of(Kind, entry.get("kind", Kind.CHOICE), f"{where}.kind")
    answers = _answers(entry, where, positive.get(own, frozenset()), sets) if kind.chooses else ()
    longest, sensitive = entry.get("longest"), entry.get("sensitive")
    return Item(
        code=own,
        text=texts(entry.get("text"), f"{where}.text"),
        answers=answers,
        notice=texts(entry.get("notice"), f"{where}.notice"),
        several=yes_no(entry, "several", where),
        kind=kind,
        link_id=text(entry, "link_id", where),
        within=text(entry, "within", where),
        system=text(entry, "system", where),
        display=text(entry, "display", where),
        required=yes_no(entry, "required", where),
        read_only=yes_no(entry, "read_only", where),
        longest=None if longest is None else whole(longest, f"{where}.longest", 1),
        unit=text(entry, "unit", where),
        initial=tuple(codes(entry, "initial", f"{where}.initial")) if "initial" in entry else (),
        from_age=whole(entry.get("from_age", 0), f"{where}.from_age"),
        enabling=_enabling(entry["enabled"], f"{where}.enabled") if "enabled" in entry else None,
        calculation=_calculation(entry["calculated"], f"{where}.calculated") if "calculated" in entry else None,
        sensitivity=None if sensitive is None else _one_of(Sensitivity, sensitive, f"{where}.sensitive"),
    )


def _answers(entry: Entry, where: str, positive: frozenset[str], sets: Entry) -> tuple[AnswerOption, ...]:
    named = entry.get("answers")
    if isinstance(named, str):
        entry = {**entry, "answers": sets.get(named)}
    found = tuple(
        _option(mapping(one, f"{where}.answers[{number}]"), f"{where}.answers[{number}]", positive)
        for number, one in enumerate(sequence(entry, "answers", f"{where}.answers", MOST_ANSWERS))
    )
    unique([answer.code for answer in found], f"{where}.answers")
    return found


def _option(entry: Entry, where: str, positive: frozenset[str]) -> AnswerOption:
    own, refuses = code(entry.get("code"), f"{where}.code"), yes_no(entry, "refusal", where)
    score = entry.get("score")
    if refuses and (score is not None or own in positive):
        raise refusal(where, "A refusal is neither positive nor negative. Take it out of the scoring.")
    return AnswerOption(
        code=own,
        text=texts(entry.get("text"), f"{where}.text"),
        positive=own in positive,
        refusal=refuses,
        score=None if score is None else whole(score, f"{where}.score"),
        unverified=yes_no(entry, "unverified", where),
        icd10=tuple(codes(entry, "icd10", f"{where}.icd10")) if "icd10" in entry else (),
        system=text(entry, "system", where),
    )


def _enabling(value: object, where: str) -> Enabling:
    entry = mapping(value, where)
    return Enabling(
        tuple(
            _condition(mapping(one, f"{where}.when[{number}]"), f"{where}.when[{number}]")
            for number, one in enumerate(sequence(entry, "when", f"{where}.when", _MOST_CONDITIONS))
        ),
        every=yes_no(entry, "every", where),
    )


def _condition(entry: Entry, where: str) -> Condition:
    operator = entry.get("operator")
    if operator not in OPERATORS:
        raise refusal(f"{where}.operator", f"Use one of: {' '.join(OPERATORS)}.")
    return Condition(code(entry.get("item"), f"{where}.item"), str(operator), text(entry, "value", where))


def _calculation(value: object, where: str) -> Calculation:
    entry = mapping(value, where)
    if "sum" in entry:
        return Total(tuple(codes(entry, "sum", f"{where}.sum")))
    positive = mapping(entry.get("positive"), f"{where}.positive")
    return Flag(
        {item: frozenset(codes(positive, item, f"{where}.positive")) for item in positive},
        yes=code(entry.get("yes"), f"{where}.yes"),
        no=code(entry.get("no"), f"{where}.no"),
    )


def _one_of(kinds: type[Choice], value: object, where: str) -> Choice:
    known = list(kinds)
    if value not in known:
        raise refusal(where, f"Use one of: {', '.join(known)}.")
    return kinds(str(value))
