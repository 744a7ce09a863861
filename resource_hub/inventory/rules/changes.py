"""What differs between a record and what it should be."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from resource_hub.inventory.values import FieldChange, Rule


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> list[FieldChange]:
    """Return the fields of `after` whose value is another one before."""
    return [
        FieldChange(field, as_text(before.get(field)), as_text(value))
        for field, value in after.items()
        if before.get(field) != value
    ]


def as_text(value: object) -> str:
    """Return a value as the history writes it; nothing is an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(as_text(item) for item in value)
    return str(value)


def rules_in_words(rules: Iterable[Rule]) -> str:
    """Return rules of eligibility as they stand in a history."""
    ordered = sorted(rules, key=lambda rule: (rule.alternative, rule.fact, rule.operator))
    return "; ".join(f"{rule.fact} {rule.operator} {as_text(rule.value)} ({rule.status})" for rule in ordered)
