"""Reads what we know about words from `seed/vocabulary`: terms, everyday speech, little words, safety."""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from resource_hub.core.codes import check_need
from resource_hub.core.paths import bundled
from resource_hub.matching.rules.wording.normal import normalise, stem, stems
from resource_hub.matching.values.wording import Helpline, Lexicon, Phrase, SafetyRule, Wish

_SPEECH = ("needs.en", "needs.es")
_HINT = "~"
_HINTED, _MEANT, _LISTED, _NEXT = 0.35, 1.0, 0.7, 0.8
# An ellipsis in a safety phrase stands for up to three words.
_GAP = r"(?: \w+){0,3} "

Evidence = dict[Phrase, dict[str, float]]


@lru_cache(maxsize=1)
def current() -> Lexicon:
    """Return the vocabulary that ships with the project."""
    words, terms = _table("words"), _table("terms")
    little = frozenset(stem(word) for word in words["little"])
    needs = _crosswalk()
    evidence = _evidence(terms["words"])
    wishes = _named(evidence, needs, little)
    for phrase, wish in _spoken(little).items():
        # A phrase that is a term's own name asks for that term too.
        own = (
            {name: weight for name, weight in wishes[phrase].terms.items() if weight == _MEANT}
            if phrase in wishes
            else {}
        )
        wishes[phrase] = Wish(wish.needs, {**wish.terms, **own})
    return Lexicon(
        evidence=evidence,
        written=_written(terms["words"]),
        wishes=wishes,
        parts={name.casefold(): tuple(part.casefold() for part in parts) for name, parts in terms["parts"].items()},
        needs=needs,
        little=little,
        empty=frozenset(stem(word) for word in words["empty"]) | little,
        common=frozenset(words["common"]) | frozenset(words["empty"]) | frozenset(words["little"]),
        spoken=Counter(_words(terms["words"])),
        against=tuple(tuple(stems(phrase)) for phrase in words["against"]),
        safety=tuple(_safety(_table("safety"))),
    )


def help_of(code: str, market: str) -> tuple[Helpline, ...]:
    """Return the help that a rule of safety names, as a market has it; nothing for an unknown rule."""
    table = _table("safety")
    named: list[str] = next((rule["help"] for rule in table["rule"] if rule["code"] == code), [])
    return tuple(_helplines(table, market)[key] for key in named)


def without(words: list[str], little: frozenset[str]) -> Phrase:
    """Return a phrase without its little words; one of little words alone stays."""
    return tuple(word for word in words if word not in little) or tuple(words)


@lru_cache(maxsize=8)
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((bundled("seed") / "vocabulary" / f"{name}.toml").read_text(encoding="utf-8"))


def _crosswalk() -> Mapping[str, Mapping[str, float]]:
    needs: dict[str, dict[str, float]] = {}
    with (bundled("seed") / "crosswalk/open-eligibility.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            answered = needs.setdefault(row["term"].casefold(), {})
            if row["need"]:
                answered[check_need(row["need"])] = float(row["weight"])
    return needs


def _evidence(terms: Mapping[str, list[str]]) -> Evidence:
    evidence: Evidence = {}
    for name, says in terms.items():
        for text in [name, *says]:
            weight = _HINTED if text.startswith(_HINT) else 1.0
            shown = evidence.setdefault(tuple(stems(text)), {})
            shown[name.casefold()] = max(weight, shown.get(name.casefold(), 0.0))
    return evidence


def _named(evidence: Evidence, needs: Mapping[str, Mapping[str, float]], little: frozenset[str]) -> dict[Phrase, Wish]:
    """Return what terms and the words for them ask for: the need that a term is there for, and the term."""
    wishes: dict[Phrase, Wish] = {}
    for phrase, shown in evidence.items():
        terms = {name: weight * _LISTED for name, weight in shown.items() if weight == 1.0}
        terms |= {name: _MEANT for name in terms if tuple(stems(name)) == phrase}
        asked: dict[str, float] = {}
        for name, weight in terms.items():
            for need, value in needs.get(name, {}).items():
                asked[need] = max(asked.get(need, 0.0), round(weight * value, 2))
        if terms:
            wishes[without(list(phrase), little)] = Wish(asked, terms)
    return wishes


def _spoken(little: frozenset[str]) -> dict[Phrase, Wish]:
    wishes: dict[Phrase, Wish] = {}
    for says in (group for file in _SPEECH for group in _table(file)["says"]):
        weight = float(says.get("weight", 1.0))
        # The first terms are meant most.
        terms = {name.casefold(): round(_NEXT**place, 3) for place, name in enumerate(says["terms"])}
        for text in says["phrases"]:
            phrase = without(stems(text), little)
            before = wishes.get(phrase)
            needs, named = {check_need(says["need"]): weight}, terms
            if before:
                needs, named = {**before.needs, **needs}, {**before.terms, **named}
            wishes[phrase] = Wish(needs, named)
    return wishes


def _written(terms: Mapping[str, list[str]]) -> Mapping[Phrase, str]:
    """Return each phrase of a listing as it is written."""
    return {tuple(stems(text)): normalise(text) for name, says in terms.items() for text in (name, *says)}


def _words(terms: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield every word of our vocabulary as it is written."""
    for name, says in terms.items():
        yield from (word for text in (name, *says) for word in normalise(text).split())
    for file in _SPEECH:
        yield from (
            word for says in _table(file)["says"] for text in says["phrases"] for word in normalise(text).split()
        )


def _safety(table: Mapping[str, Any]) -> Iterator[SafetyRule]:
    lines = _helplines(table, "")
    groups = {name: _either(words) for name, words in table["groups"].items()}
    for rule in table["rule"]:
        says, unless = (
            re.compile(rf"\b{_either(_pattern(phrase, groups) for phrase in rule[key])}\b")
            for key in ("phrases", "unless")
        )
        yield SafetyRule(rule["code"], says, unless, help=tuple(lines[key] for key in rule["help"]))


def _helplines(table: Mapping[str, Any], market: str) -> Mapping[str, Helpline]:
    """Return whom to call, with what a market says otherwise under `market.<slug>.<name of the help>`."""
    own = table.get("market", {}).get(market, {})
    found = {key: {**values, **own.get(key, {})} for key, values in table["help"].items()}
    return {key: Helpline(**values) for key, values in found.items()}


def _pattern(phrase: str, groups: Mapping[str, str]) -> str:
    even = " ".join(part if part[0] in "{…" else normalise(part) for part in phrase.split())
    return re.sub(r"\{(\w+)\}", lambda name: groups[name[1]], even).replace(" … ", _GAP)


def _either(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"
