"""From a row's cells to the texts of fields, by the rules of a sheet."""

import re
from collections.abc import Iterable

from resource_hub.exchange.tabular.cleaning import clean_text, is_formula
from resource_hub.exchange.tabular.columns import Notes
from resource_hub.exchange.tabular.mapping.targets import SEVERAL
from resource_hub.exchange.tabular.mapping.values import Rule, Values
from resource_hub.exchange.tabular.tables import Row

MOST_ITEMS = 100
YES = frozenset({"yes", "y", "true", "t", "1", "x", "✓", "✔", "sí", "si", "s", "verdadero"})
NO = frozenset({"no", "n", "false", "f", "0", "-", "falso", "n/a", "none", "ninguno"})
# What a spreadsheet shows instead of a value that it cannot compute.
ERRORS = frozenset({"#n/a", "#ref!", "#div/0!", "#value!", "#name?", "#null!", "#num!", "#spill!", "#calc!"})


def values_of(row: Row, rules: Iterable[Rule], notes: Notes) -> Values:
    """Return the texts of each field; of a field that has one text the first rule that gives any counts."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        texts = _texts(row, rule, notes)
        if texts and rule.field in SEVERAL:
            found[rule.field] = tuple(dict.fromkeys((*found.get(rule.field, ()), *texts)))
        elif texts:
            found.setdefault(rule.field, texts[:1])
    return found


def _texts(row: Row, rule: Rule, notes: Notes) -> tuple[str, ...]:
    if not rule.columns:
        return (rule.value,)
    cells = [cell for column in rule.columns if (cell := _cell(row, column, notes))]
    whole = rule.join.join(cells)
    if rule.yes:
        return _said_yes(row, rule, whole, notes)
    if rule.part and rule.at in whole:
        whole = whole.partition(rule.at)[0] if rule.part == "first" else whole.rpartition(rule.at)[2]
    items = re.split(f"[{re.escape(rule.split)}\n]", whole)[:MOST_ITEMS] if rule.split else [whole]
    cleaned = (clean_text(item) for item in items)
    return tuple(dict.fromkeys(item for item in cleaned if item))


def _cell(row: Row, column: str, notes: Notes) -> str:
    cell = row.get(column)
    if cell.lower() in ERRORS:
        text = "The spreadsheet could not compute this cell. Left empty; mend the formula."
        notes.report(row.origin, column, "formula_error", text)
        return ""
    if is_formula(cell):
        text = "A spreadsheet would calculate this. Left empty; write it as plain text."
        notes.report(row.origin, column, "formula", text)
        return ""
    return cell


def _said_yes(row: Row, rule: Rule, cell: str, notes: Notes) -> tuple[str, ...]:
    word = cell.strip().lower()
    if word and word not in YES | NO:
        notes.report(row.origin, rule.columns[0], "not_yes_no", "This is neither yes nor no. Left empty.")
    return (rule.yes,) if word in YES else ()
