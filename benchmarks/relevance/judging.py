"""What is asked, which services answer it and how well, and how a list is judged."""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import fmean

from resource_hub.exchange.tabular.crosswalk import open_eligibility
from resource_hub.inventory.rules.needs import needs_of_term
from resource_hub.matching.values.wording import Text

FIRST = 10
# A service with exactly the term, and one with a term within it. A need that a term is there for, and one beside it.
EXACT, WITHIN = 2, 1
_MAIN = 0.8
_FEWEST = 2

Grades = Mapping[str, int]
Rank = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Verdict:
    """Mean nDCG@10 over the questions, and the share of questions that found nothing."""

    ndcg: float
    nothing: float
    questions: int


def terms(texts: Iterable[Text]) -> list[tuple[str, Grades]]:
    """Return each term that two or more services carry, themselves or within it, with the grades of services."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for text in texts:
        for line in text.terms:
            for up, name in enumerate(line):
                before = grades[name].get(text.service_id, 0)
                grades[name][text.service_id] = max(before, WITHIN if up else EXACT)
    return sorted((name, services) for name, services in grades.items() if len(services) >= _FEWEST)


def statements(texts: Sequence[Text], file: str = "statements") -> list[tuple[str, Grades]]:
    """Return each statement with the grades of services: by their terms, and the crosswalk from terms to needs."""
    crosswalk = open_eligibility()
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for text in texts:
        for line in text.terms:
            for need, weight in needs_of_term(line, crosswalk).items():
                before = grades[need].get(text.service_id, 0)
                grades[need][text.service_id] = max(before, EXACT if weight >= _MAIN else WITHIN)
    said = tomllib.loads((Path(__file__).parent / f"{file}.toml").read_text(encoding="utf-8"))
    return [(words, grades[need]) for need, lines in said.items() for words in lines if grades[need]]


def judge(rank: Rank, questions: Iterable[tuple[str, Grades]]) -> Verdict:
    """Ask every question and judge the first ten of each answer."""
    answers = [(list(rank(words))[:FIRST], grades) for words, grades in questions]
    return Verdict(
        ndcg=round(fmean(_ndcg(found, grades) for found, grades in answers), 3),
        nothing=round(fmean(not found for found, _grades in answers), 3),
        questions=len(answers),
    )


def _ndcg(found: Sequence[str], grades: Grades) -> float:
    best = sorted(grades.values(), reverse=True)[:FIRST]
    return _gain([grades.get(service, 0) for service in found]) / _gain(best)


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))
