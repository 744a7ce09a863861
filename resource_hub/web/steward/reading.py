"""Reads the steward's form: names are `table.id.field`; only what differs from the listing becomes an edit."""

from werkzeug.datastructures import MultiDict

from resource_hub.core.codes import NEEDS, FactValue, parse_fact
from resource_hub.core.errors import Fault, Invalid
from resource_hub.inventory.models.listed import Listed
from resource_hub.inventory.queries.eligibility import as_value
from resource_hub.inventory.queries.listings import Listing
from resource_hub.inventory.rules.editing import ADDABLE, FORMS
from resource_hub.inventory.values import FieldValue, Operator, RecordEdit, Rule, RuleStatus

NEW = "new"
_NUMBERS = frozenset({"minimum_age", "maximum_age", "latitude", "longitude"})
_SEVERAL = frozenset({Operator.ANY_OF, Operator.NONE_OF})
_USUAL_WEIGHT = 1.0

Sent = MultiDict[str, str]


def records_of(listing: Listing, sent: Sent) -> tuple[RecordEdit, ...]:
    """Return the fields that were changed, the records taken away, and those added."""
    edits = [edit for record in listing.records if (edit := _changed(record, sent))]
    return (*edits, *(edit for table in sorted(ADDABLE) if (edit := _added(table, sent))))


def rules_of(listing: Listing, sent: Sent) -> tuple[Rule, ...] | None:
    """Return the rules as the steward left them; None where they were not shown."""
    if "rules" not in sent:
        return None
    kept = [_kept(as_value(row), sent.get(f"rule.{row.id}", "")) for row in listing.rules]
    added = _new_rule(sent)
    return tuple(rule for rule in (*kept, added) if rule is not None)


def needs_of(listing: Listing, sent: Sent) -> dict[str, float] | None:
    """Return the needs as the steward left them; None where they were not shown."""
    if "needs" not in sent:
        return None
    needs = {row.need: row.weight for row in listing.needs if f"need.{row.need}" in sent}
    added = sent.get("need.new", "")
    return needs | ({added: _USUAL_WEIGHT} if added in NEEDS else {})


def _changed(record: Listed, sent: Sent) -> RecordEdit | None:
    table = str(getattr(record, "__tablename__", ""))
    prefix = f"{table}.{record.id}."
    if f"{prefix}remove" in sent:
        return RecordEdit(table, record.id, {}, remove=True)
    fields = {}
    for name in FORMS.get(table, {}):
        said = _said(prefix + name, name, sent)
        if said is not None and not _same(said[0], getattr(record, name)):
            fields[name] = said[0]
    return RecordEdit(table, record.id, fields) if fields else None


def _added(table: str, sent: Sent) -> RecordEdit | None:
    prefix = f"{table}.{NEW}."
    fields = {name: sent.get(prefix + name, "").strip() for name in FORMS[table]}
    filled = {name: value for name, value in fields.items() if value}
    # A choice that is always filled in does not make a record by itself.
    return RecordEdit(table, None, filled) if filled.keys() - {"type", "freq"} else None


def _said(key: str, name: str, sent: Sent) -> tuple[FieldValue] | None:
    """Return what the form says about a field; None where the form does not show it."""
    if name == "confidential":
        return (key in sent,) if f"{key}.shown" in sent else None
    if name == "modes":
        return (sent.getlist(key),) if f"{key}.shown" in sent else None
    if key not in sent:
        return None
    text = sent[key].replace("\r\n", "\n").strip()
    return (_number(key, text) if name in _NUMBERS else text,)


def _same(value: object, stored: object) -> bool:
    if isinstance(value, list) and isinstance(stored, list):
        return set(value) == set(stored)
    return value == stored or (value in {"", None} and stored in {"", None})


def _number(key: str, text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        words = "Write a number."
        raise Invalid(words, faults=(Fault(key, "invalid", words),)) from None


def _kept(rule: Rule, choice: str) -> Rule | None:
    if choice == "remove":
        return None
    status = RuleStatus(choice) if choice in set(RuleStatus) else rule.status
    return Rule(rule.fact, rule.operator, rule.value, status, rule.words, rule.alternative)


def _new_rule(sent: Sent) -> Rule | None:
    fact, text = sent.get("rule.new.fact", ""), sent.get("rule.new.value", "").strip()
    if not fact or not text:
        return None
    operator = sent.get("rule.new.operator", "")
    if operator not in set(Operator):
        words = "Choose how the fact is compared."
        raise Invalid(words, faults=(Fault("rule.new.operator", "invalid", words),))
    return Rule(fact, Operator(operator), _rule_value(fact, operator, text), RuleStatus.APPROVED)


def _rule_value(fact: str, operator: str, text: str) -> FactValue | tuple[str, ...]:
    if operator in _SEVERAL:
        return tuple(str(parse_fact(fact, part)) for part in text.split(",")[:100])
    return parse_fact(fact, text)
