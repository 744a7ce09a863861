"""For whom: eligibility rules, ages and areas served, as long tables."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.core.codes import FactValue
from resource_hub.inventory.models import EligibilityRule, ServiceArea
from resource_hub.inventory.values import Operator, RuleStatus
from resource_hub.matching.queries.places import Place
from resource_hub.matching.rules.words import says_for_whom
from resource_hub.matching.values import Areas, Condition, Eligibility, Extent

_Alternatives = dict[int, list[Condition]]


def eligibility_of(session: Session, market_id: str, places: Sequence[Place]) -> Eligibility:
    """Return the rules of every row; the ages that HSDS has on the service itself hold in each alternative."""
    rules = _rules(session, market_id)
    known: dict[Condition, int] = {}
    which: list[int] = []
    group: list[int] = []
    rows: list[int] = []
    for row, place in enumerate(places):
        ages = _ages(place)
        alternatives = rules.get(place.service_id) or ({0: []} if ages else {})
        for number in sorted(alternatives):
            conditions = ages + alternatives[number]
            which += [known.setdefault(condition, len(known)) for condition in conditions]
            group += [len(rows)] * len(conditions)
            rows.append(row)
    in_words = [says_for_whom(place.eligibility_description) and place.service_id not in rules for place in places]
    return Eligibility(
        tuple(known),
        np.array(which, dtype=np.int64),
        np.array(group, dtype=np.int64),
        np.array(rows, dtype=np.int64),
        np.array(in_words, dtype=np.bool_),
    )


def areas_of(session: Session, market_id: str, places: Sequence[Place]) -> Areas:
    """Return the areas that every row serves: its own, or where it has none those of its service."""
    own, services = _areas(session, market_id)
    known: dict[Extent, int] = {}
    pairs = [
        (row, known.setdefault(extent, len(known)))
        for row, place in enumerate(places)
        for extent in own.get(place.id) or services.get(place.service_id, [])
    ]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Areas(tuple(known), table[:, 0], table[:, 1])


def _rules(session: Session, market_id: str) -> Mapping[str, _Alternatives]:
    query = (
        select(
            EligibilityRule.service_id,
            EligibilityRule.alternative,
            EligibilityRule.fact,
            EligibilityRule.operator,
            EligibilityRule.value,
            EligibilityRule.status,
        )
        .where(EligibilityRule.market_id == market_id)
        .order_by(EligibilityRule.service_id, EligibilityRule.alternative, EligibilityRule.id)
    )
    rules: dict[str, _Alternatives] = defaultdict(lambda: defaultdict(list))
    for service_id, alternative, fact, operator, value, status in session.execute(query):
        rules[service_id][alternative].append(
            Condition(fact, operator, _value(value), approved=status == RuleStatus.APPROVED)
        )
    return rules


def _ages(place: Place) -> list[Condition]:
    limits = ((Operator.AT_LEAST, place.minimum_age or None), (Operator.AT_MOST, place.maximum_age))
    return [Condition("age", operator, limit, approved=True) for operator, limit in limits if limit is not None]


def _value(value: object) -> FactValue | tuple[FactValue, ...]:
    if isinstance(value, list):
        return tuple(part for part in value if isinstance(part, bool | int | float | str))
    return value if isinstance(value, bool | int | float | str) else ""


def _areas(session: Session, market_id: str) -> tuple[Mapping[str, list[Extent]], Mapping[str, list[Extent]]]:
    query = select(
        ServiceArea.service_at_location_id, ServiceArea.service_id, ServiceArea.extent_type, ServiceArea.extent
    ).where(ServiceArea.market_id == market_id)
    own: dict[str, list[Extent]] = defaultdict(list)
    services: dict[str, list[Extent]] = defaultdict(list)
    for place_id, service_id, kind, name in session.execute(query):
        extent = Extent(kind, name) if kind and name else Extent("words", "")
        if place_id:
            own[place_id].append(extent)
        elif service_id:
            services[service_id].append(extent)
    return own, services
