"""The mapping of a flat file as a form: for each column what it is, and the first ten rows as they would be read."""

from dataclasses import dataclass, replace
from itertools import islice

from flask import render_template
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import Length, Optional

from resource_hub.exchange.importing.jobs import LONGEST_MAPPING_NAME, Head
from resource_hub.exchange.tabular.columns import Notes
from resource_hub.exchange.tabular.mapping.cells import values_of
from resource_hub.exchange.tabular.mapping.feed import table_of
from resource_hub.exchange.tabular.mapping.targets import FIELDS, SEVERAL, TARGETS
from resource_hub.exchange.tabular.mapping.values import Guess, Proposal, Rule, SheetMapping, TableMapping
from resource_hub.inventory.models import ImportJob, Market
from resource_hub.web.shared.forms import Form

ROWS = 10
LONGEST_SPLIT = 5


class MappingForm(Form):
    save_as = StringField(_("Save the mapping as"), [Optional(), Length(max=LONGEST_MAPPING_NAME)])


@dataclass(frozen=True)
class Sheet:
    """One sheet on the page: its columns with the field chosen for each, and its first rows by field."""

    name: str
    columns: tuple[tuple[Guess, Rule | None], ...]
    others: tuple[Rule, ...]
    fields: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def mapping_page(job: ImportJob, market: Market, form: MappingForm, head: Head, mapping: TableMapping) -> str:
    """Show what each column is taken for, to change, and ten rows."""
    return render_template(
        "steward/import_mapping.html",
        job=job,
        market=market,
        form=form,
        sheets=[_sheet(head, proposal, _rules_for(mapping, proposal)) for proposal in head.proposals.sheets],
        targets=TARGETS,
    )


def mapping_sent(head: Head, sent: MultiDict[str, str]) -> TableMapping:
    """Return the mapping as the form says it; several columns of one field are put together in their order."""
    sheets = []
    for number, proposal in enumerate(head.proposals.sheets):
        rules = [rule for rule in _rules_for(head.mapping, proposal) if not _plain(rule)]
        for place, guess in enumerate(proposal.guesses):
            field = sent.get(f"field.{number}.{place}", "")
            if field in FIELDS:
                split = sent.get(f"split.{number}.{place}", "")[:LONGEST_SPLIT] if field in SEVERAL else ""
                _add(rules, Rule(field, (guess.column,), split=split))
        name = proposal.sheet if len(head.proposals.sheets) > 1 else ""
        if rules:
            sheets.append(SheetMapping(tuple(rules), name))
    return TableMapping(tuple(sheets), head.mapping.source)


def _add(rules: list[Rule], rule: Rule) -> None:
    for place, before in enumerate(rules):
        if before.field == rule.field and before.columns and rule.field not in SEVERAL:
            rules[place] = replace(before, columns=(*before.columns, *rule.columns))
            return
    rules.append(rule)


def _rules_for(mapping: TableMapping, proposal: Proposal) -> tuple[Rule, ...]:
    return next((sheet.rules for sheet in mapping.sheets if sheet.name in {"", proposal.sheet}), ())


def _plain(rule: Rule) -> bool:
    """Tell whether the form can show a rule: columns put together, or one that is split."""
    return bool(rule.columns) and replace(rule, columns=(), split="") == Rule(rule.field)


def _sheet(head: Head, proposal: Proposal, rules: tuple[Rule, ...]) -> Sheet:
    table = table_of(head.tables, SheetMapping((), proposal.sheet))
    chosen = {column: rule for rule in rules if _plain(rule) for column in rule.columns}
    fields = tuple(field for field in FIELDS if field in {rule.field for rule in rules})
    rows = []
    for row in islice(table.rows, ROWS):
        values = values_of(row, rules, Notes())
        rows.append(tuple("; ".join(values.get(field, ())) for field in fields))
    return Sheet(
        proposal.sheet,
        tuple((guess, chosen.get(guess.column)) for guess in proposal.guesses),
        tuple(rule for rule in rules if not _plain(rule)),
        fields,
        tuple(rows),
    )
