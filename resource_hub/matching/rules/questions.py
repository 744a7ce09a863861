"""What to ask: at most three facts for each match, those first whose answer settles most of the list.

A match of score s that waits for n answers gives each of them s / n: the usefulness of a question is what it is given
by all matches shown. What only the organization can answer comes after what the person can.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from resource_hub.core.codes import FACTS
from resource_hub.matching.rules import area, eligibility, follow_through
from resource_hub.matching.values.columns import Columns, Condition, Floats
from resource_hub.matching.values.query import Query
from resource_hub.matching.values.ranking import Question, Truth

MOST = 3

_PLACE = {name: place for place, name in enumerate(FACTS)}


def questions(
    columns: Columns, rows: Sequence[int], query: Query, scores: Floats
) -> Mapping[int, tuple[Question, ...]]:
    """Return the questions of each row shown; `scores` has one number for each row of the market."""
    asked = {row: _of_row(columns, row, query) for row in rows}
    settles: dict[str, float] = defaultdict(float)
    for row, waiting in asked.items():
        for question in waiting:
            settles[question.fact] += max(float(scores[row]), 0.0) / len(waiting)

    def place(question: Question) -> tuple[bool, float, int, str]:
        # Rounded, so that the order of the rows has no part in the sum.
        useful = round(settles[question.fact], 9)
        return question.stated is not None, -useful, _PLACE.get(question.fact, len(_PLACE)), question.fact

    return {row: tuple(sorted(waiting, key=place)[:MOST]) for row, waiting in asked.items()}


def _of_row(columns: Columns, row: int, query: Query) -> list[Question]:
    open_conditions = eligibility.open_conditions(columns.eligibility, int(columns.of.eligibility[row]), query.facts)
    asked = [_question(rule, query) for rule in open_conditions]
    if area.asks_for_home(columns.areas, int(columns.of.areas[row]), query.home):
        asked.append(Question("zip"))
    asked += [Question(fact) for fact in follow_through.asks_for(columns, query, row)]
    return _once(asked)


def _question(rule: Condition, query: Query) -> Question:
    if rule.fact not in query.facts:
        # Percent of the poverty level follows once the household is known.
        fact = "household_size" if rule.fact == "income_fpl" and _only_dollars(query) else rule.fact
        return Question(fact)
    # An age may be told too roughly for a limit in months, or by the year of birth alone.
    rough = rule.fact == "age" and eligibility.judge(rule, query.facts, strict=True) is Truth.UNKNOWN
    return Question(rule.fact, None if rough else rule)


def _only_dollars(query: Query) -> bool:
    return "income" in query.facts and "household_size" not in query.facts


def _once(questions: Iterable[Question]) -> list[Question]:
    first: dict[str, Question] = {}
    for question in questions:
        first.setdefault(question.fact, question)
    return list(first.values())
