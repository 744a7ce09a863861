"""A small invented directory in Ohana's tables, and what an import made of it."""

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.core.db import Base
from resource_hub.exchange.tabular.values import Report

ORGANIZATIONS = "id,name,date_incorporated,website\n1,Harbor Table,1969-05-01,harbor.example\n"
LOCATIONS = "id,organization_id,name,latitude,longitude\n5,1,Harbor house,39.29,-76.61\n"
SERVICES = "id,location_id,name,status\n7,5,Pantry,active\n"

Import = Callable[..., Report]
T = TypeVar("T", bound=Base)


def problems(report: Report) -> list[tuple[str, int, str, str]]:
    return [
        (problem.origin.file, problem.origin.row, problem.field, problem.code) for problem in report.loaded.problems
    ]


def ours(work: Work, model: type[T]) -> list[T]:
    """Return the records of a table that the import made."""
    table = model.__table__
    query = select(model).where(table.c.source == "import").order_by(table.c.source_id)
    return list(work.session.scalars(query.execution_options(populate_existing=True)))


def assert_accounted(report: Report) -> None:
    loaded = report.loaded
    sums = Counter[str]()
    for tally in (loaded.created, loaded.updated, loaded.unchanged, loaded.skipped):
        sums.update(tally)
    assert dict(sums) == dict(loaded.read)
    assert sum(loaded.skipped.values()) <= len(loaded.problems)
