"""What leaves a person's record: facts for matching, and the least that a consent covers."""

from collections.abc import Mapping
from datetime import date

from resource_hub.core.codes import FactValue, months_of
from resource_hub.people.rules.age import age_fact, whole_months_between, whole_years_between
from resource_hub.people.values import FACT_PREFIX, Person, PersonFactValue, SharedPerson

_DERIVED_FROM = {"fact:age": "birth", "fact:zip": "postal_code"}
_PARTS = {"name": "name", "birth": "birth", "postal_code": "postal_code", "language": "language"}


def facts_for_matching(person: Person, today: date) -> Mapping[str, FactValue]:
    """Return the known facts of a person; what is unknown is left out.

    `age` and `zip` follow from birth and postal code unless they were stated. A stated age grows by the whole
    years since it was stated, one in months by the whole months. An age between two whole numbers (75.5) means that
    either may be true.
    """
    facts = {fact.name: _as_of_today(fact, today) for fact in person.facts}
    age = age_fact(today, person.birth)
    if age is not None:
        facts.setdefault("age", age)
    if person.postal_code:
        facts.setdefault("zip", person.postal_code)
    return facts


def parts_needed(fields: frozenset[str]) -> frozenset[str]:
    """Return the parts of a record that must be opened to share fields."""
    parts = {_PARTS[field] for field in fields if field in _PARTS}
    if "contact_routes" in fields:
        parts.add("routes")
    if any(field.startswith(FACT_PREFIX) for field in fields):
        parts.add("facts")
    return frozenset(parts | {part for field, part in _DERIVED_FROM.items() if field in fields})


def shared(person: Person, fields: frozenset[str], today: date) -> SharedPerson:
    """Return of a person only what the fields of a consent cover.

    A fact about age can be shared without the birth that it follows from. `needs` and `note` belong to the
    referral: the field's name only says that they may be shown too.
    """
    facts = facts_for_matching(person, today)
    return SharedPerson(
        person_id=person.id,
        fields=fields,
        name=person.name if "name" in fields else None,
        birth=person.birth if "birth" in fields else None,
        postal_code=person.postal_code if "postal_code" in fields else None,
        language=person.language if "language" in fields else None,
        routes=person.routes if "contact_routes" in fields else (),
        facts=tuple((name, facts[name]) for name in sorted(facts) if FACT_PREFIX + name in fields),
    )


def _as_of_today(fact: PersonFactValue, today: date) -> FactValue:
    if fact.name == "age" and isinstance(fact.value, float):
        if months_of(fact.value) is not None:
            return fact.value + whole_months_between(fact.as_of, today) / 12
        return fact.value + whole_years_between(fact.as_of, today)
    return fact.value
