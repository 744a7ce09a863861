"""Storing what a source states: every record is created, updated, left as it is, or left out with a problem.

Records come table by table and are stored in batches, so that memory does not grow with the source.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from resource_hub.accounts.work import Work
from resource_hub.core.scratch import MOST_VALUES, in_batches
from resource_hub.inventory.models import Market
from resource_hub.inventory.service import schema
from resource_hub.inventory.service.loading import memory, parents, parts, places, storing
from resource_hub.inventory.values import Draft, Loaded, Problem, Source

Watch = Callable[[Iterable[Draft]], Iterable[Draft]]


def load(work: Work, market: Market, source: Source, watch: Watch = iter) -> Loaded:
    """Write a source's records into a market and return what became of each; the caller judges the problems.

    `watch` goes through the records while they are read, to show progress.
    """
    with memory.of_a_load() as remembered:
        loading = storing.begin(work, market, remembered)
        for table, drafts in _by_table(watch(_in_order(source.drafts))):
            storing.take(loading, table, drafts)
        if source.add_places:
            for drafts in places.missing(loading):
                storing.take(loading, "service_at_location", drafts)
        parents.settle(loading)
        parts.remove(loading)
    tallies, left_out = loading.tallies, Counter(source.left_out)
    return Loaded(
        read=dict(tallies["read"] + left_out),
        created=dict(tallies["created"]),
        updated=dict(tallies["updated"]),
        unchanged=dict(tallies["unchanged"]),
        skipped=dict(tallies["skipped"] + left_out),
        problems=tuple(_placed(problem) for problem in (*source.problems, *loading.problems)),
        kept=tuple(loading.kept_values),
        changed=loading.changed or bool(tallies["created"] or tallies["updated"]),
    )


def _in_order(drafts: Iterable[Draft]) -> Iterable[Draft]:
    if not isinstance(drafts, Sequence):
        return drafts
    order = {name: number for number, name in enumerate(schema.tables())}
    return sorted(drafts, key=lambda draft: order[draft.table])


def _by_table(drafts: Iterable[Draft]) -> Iterator[tuple[str, list[Draft]]]:
    waiting = iter(schema.tables())
    for table, group in groupby(drafts, key=lambda draft: draft.table):
        if table not in waiting:
            message = f"records of {table} come after those of a later table"
            raise ValueError(message)
        for batch in in_batches(group, MOST_VALUES):
            yield table, batch


def _placed(problem: Problem) -> Problem:
    path = problem.origin.path
    return replace(problem, field=path + problem.field) if path else problem
