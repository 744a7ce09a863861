"""What is asked: one need each, from where people live, with some facts told."""

from typing import cast

import numpy as np

from resource_hub.core.codes import FactValue
from resource_hub.evaluation.bench.national.directory import AT
from resource_hub.evaluation.bench.national.draws import happens
from resource_hub.evaluation.bench.national.kinds import need_shares
from resource_hub.evaluation.bench.national.population import population
from resource_hub.matching.rules.fit import NEED_CODES
from resource_hub.matching.values import Query

_LANGUAGES = {"en": 0.82, "es": 0.14, "zh": 0.02, "vi": 0.02}


def questions(count: int, seed: int = 2) -> list[Query]:
    """Return so many questions for ten matches each, the same for the same seed."""
    chance = np.random.default_rng(seed)
    people = population()
    return [_question(chance, number, int(people.draw(chance, 1)[0])) for number in range(count)]


def _question(chance: np.random.Generator, number: int, home: int) -> Query:
    code = population().codes[home]
    return Query(
        needs=(NEED_CODES[chance.choice(len(NEED_CODES), p=need_shares())],),
        at=AT,
        facts=_facts(chance),
        origin=code.point,
        home=code,
        language=str(chance.choice(list(_LANGUAGES), p=list(_LANGUAGES.values()))),
        seed=number,
    )


def _facts(chance: np.random.Generator) -> dict[str, FactValue]:
    told = {
        "age": (0.9, int(chance.integers(18, 90))),
        "income_fpl": (0.5, float(chance.integers(0, 400))),
        "household_size": (0.4, int(chance.integers(1, 7))),
        "veteran": (0.4, happens(chance, 0.08)),
        "insurance": (0.5, str(chance.choice(["none", "medicaid", "medicare", "private"]))),
        "gender": (0.6, str(chance.choice(["female", "male"]))),
        "has_id": (0.5, happens(chance, 0.85)),
    }
    return {name: cast("FactValue", value) for name, (share, value) in told.items() if happens(chance, share)}
