"""What an import did, as one document: counts, differences, conflicts and problems, each within bounds."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from resource_hub.accounts.work import Work
from resource_hub.exchange.tabular.values import Report
from resource_hub.inventory.queries import imports
from resource_hub.inventory.queries.imports import Difference
from resource_hub.inventory.values import Loaded, Problem

MOST_DIFFERENCES = 1_000
MOST_PROBLEMS = 20_000
TALLIES = ("read", "created", "updated", "unchanged", "skipped")
_FIRST = ("organization", "service", "location")

Document = dict[str, Any]


def differences_of(work: Work, market_id: str, loaded: Loaded) -> Document:
    """Return what changes field by field, and what a steward's word keeps as it is; asked before it is rolled back."""
    changed, total = imports.differences_at(work.session, market_id, work.now, MOST_DIFFERENCES)
    keys = [(value.table, value.record_id) for value in loaded.kept[:MOST_DIFFERENCES]]
    names = imports.names_of_records(work.session, keys)
    kept = [
        Difference(
            value.table,
            value.record_id,
            names.get((value.table, value.record_id), ""),
            value.change.field,
            value.change.before,
            value.change.after,
            kept=True,
        )
        for value in loaded.kept[:MOST_DIFFERENCES]
    ]
    return {
        "differences": [asdict(one) for one in (*kept, *changed)],
        "difference_counts": {"changed": total, "kept": len(loaded.kept)},
    }


def tallies_of(found: Report) -> dict[str, dict[str, int]]:
    """Return the counts by table."""
    tallies = {name: _ordered(getattr(found.loaded, name)) for name in TALLIES}
    if found.refused:
        # Nothing was stored, so nothing was created, and every row was left out.
        tallies |= {"created": {}, "updated": {}, "unchanged": {}, "skipped": tallies["read"]}
    return tallies


def document_of(found: Report, *, most: int | None = None) -> Document:
    """Return the report in the shape of the contract; with `most` not more problems than that."""
    problems = found.loaded.problems
    return {
        **tallies_of(found),
        "problems": [_shown(problem) for problem in problems[:most]],
        "problem_counts": dict(Counter(problem.code for problem in problems)),
    }


def _ordered(tally: Mapping[str, int]) -> dict[str, int]:
    names = [*(name for name in _FIRST if name in tally), *sorted(set(tally) - set(_FIRST))]
    return {name: tally[name] for name in names if tally[name]}


def _shown(problem: Problem) -> Document:
    return {
        "file": problem.origin.file,
        "row": problem.origin.row,
        "field": problem.field,
        "code": problem.code,
        "value_shown": False,
        "text": problem.text,
    }
