"""What to ask: at most three facts for each match, those first that decide most of the list."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from resource_hub.core.codes import FACTS, FactValue
from resource_hub.matching.rules import area, eligibility, follow_through
from resource_hub.matching.values.columns import Columns
from resource_hub.matching.values.query import Query
from resource_hub.matching.values.ranking import Question

MOST = 3

_PLACE = {name: place for place, name in enumerate(FACTS)}


def questions(columns: Columns, rows: Sequence[int], query: Query) -> Mapping[int, tuple[Question, ...]]:
    """Return the questions of each row shown."""
    asked = {row: _of_row(columns, row, query) for row in rows}
    decides = Counter(question.fact for row in rows for question in asked[row])

    def usefulness(question: Question) -> tuple[int, int, str]:
        return -decides[question.fact], _PLACE.get(question.fact, len(_PLACE)), question.fact

    return {row: tuple(sorted(asked[row], key=usefulness)[:MOST]) for row in rows}


def _of_row(columns: Columns, row: int, query: Query) -> list[Question]:
    open_conditions = eligibility.open_conditions(columns.eligibility, int(columns.of.eligibility[row]), query.facts)
    asked = [Question(rule.fact, rule if _stated(rule.fact, query.facts) else None) for rule in open_conditions]
    if area.asks_for_home(columns.areas, int(columns.of.areas[row]), query.home):
        asked.append(Question("zip"))
    asked += [Question(fact) for fact in follow_through.asks_for(columns, query, row)]
    return _once(asked)


def _stated(fact: str, facts: Mapping[str, FactValue]) -> bool:
    return facts.get(fact) is not None


def _once(questions: Iterable[Question]) -> list[Question]:
    first: dict[str, Question] = {}
    for question in questions:
        first.setdefault(question.fact, question)
    return list(first.values())
