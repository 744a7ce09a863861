"""What hangs on a record: where it refers to it, and which of it goes with it when it is merged."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Table

from resource_hub.accounts.models import CareTeam, User
from resource_hub.inventory.models import EligibilityRule, ServiceNeed, Verification
from resource_hub.inventory.service import schema
from resource_hub.inventory.service.eligibility import RULES_FIELD
from resource_hub.inventory.service.merging.steps import Row, Steps, rows_where, table_named
from resource_hub.inventory.service.needs import NEED_FIELD
from resource_hub.inventory.values import RecordKind

# Not mixed: two records' hours together would be the hours of neither, and two sets of rules would shut people out.
_ALL_OR_NONE = frozenset({"schedule", "schedule_exception", "eligibility_rule", "address", "service_capacity"})
# One for each of these columns; what the kept record has already stays behind.
_KEYED = {"service_need": "need", "verification": "fact_kind"}
_OWN = frozenset({"id", "source", "source_id", "created_at", "changed_at"})


@dataclass(frozen=True)
class Both:
    """The record that is kept and the one that goes."""

    kind: RecordKind
    kept_id: str
    gone_id: str


def move_parts(steps: Steps, both: Both, busy: frozenset[str]) -> list[str]:
    """Give everything that hangs on the one that goes to the other; return the fields to hold against imports.

    A part that is there twice stays behind. Of two services_at_location of one service at one location one stays,
    unless the other is among `busy`.
    """
    held: list[str] = []
    for table, column in _references(both.kind):
        if table.name == "service_at_location":
            _move_places(steps, both, table, column, busy)
        else:
            held += _move(steps, both, table, column)
    _move_terms(steps, both)
    _follow_merged(steps, both)
    return held


def _references(kind: RecordKind) -> Iterator[tuple[Table, str]]:
    for name, table in schema.tables().items():
        yield from ((table, column) for column, target in schema.references(name).items() if target == kind)
    if kind is RecordKind.SERVICE:
        yield from (
            (table_named(model.__tablename__), "service_id") for model in (EligibilityRule, ServiceNeed, Verification)
        )
    if kind is RecordKind.ORGANIZATION:
        # Who speaks for the one speaks for the other, and so does the care team.
        yield from ((table_named(model.__tablename__), "organization_id") for model in (User, CareTeam))


def _move(steps: Steps, both: Both, table: Table, column: str) -> list[str]:
    gone = rows_where(steps.work, table, table.c[column] == both.gone_id)
    if not gone:
        return []
    kept = rows_where(steps.work, table, table.c[column] == both.kept_id)
    held = []
    for row in _going(table, column, kept, gone):
        if row.get("id") == both.kept_id:
            # The one that goes was the other's parent.
            steps.put(table, row, column, None)
            continue
        steps.put(table, row, column, both.kept_id)
        held += _held(table, row, both)
    return held


def _going(table: Table, column: str, kept: list[Row], gone: list[Row]) -> list[Row]:
    if table.name in _ALL_OR_NONE:
        return [] if kept else gone
    if table.name in _KEYED:
        there = {row[_KEYED[table.name]] for row in kept}
        return [row for row in gone if row[_KEYED[table.name]] not in there]
    if table.name == "app_user" or "merged_into" in table.columns:
        return gone
    there = {_said(row, column) for row in kept}
    return [row for row in gone if _said(row, column) not in there]


def _said(row: Row, column: str) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in sorted(row.items()) if name not in _OWN and name != column)


def _held(table: Table, row: Row, both: Both) -> list[str]:
    fields = {"eligibility_rule": RULES_FIELD, "service_need": f"{NEED_FIELD}{row.get('need')}"}
    return [f"service {both.kept_id} {fields[table.name]}"] if table.name in fields else []


def _move_places(steps: Steps, both: Both, table: Table, column: str, busy: frozenset[str]) -> None:
    other = "location_id" if column == "service_id" else "service_id"
    listed = table.c.merged_into.is_(None)
    there = {row[other]: row for row in rows_where(steps.work, table, (table.c[column] == both.kept_id) & listed)}
    for row in rows_where(steps.work, table, table.c[column] == both.gone_id):
        twin = there.get(row[other])
        steps.put(table, row, column, both.kept_id)
        if twin is not None and row["merged_into"] is None and row["id"] not in busy:
            _merge_places(steps, table, twin, row)


def _merge_places(steps: Steps, table: Table, twin: Row, row: Row) -> None:
    steps.put(table, row, "merged_into", twin["id"])
    for later in rows_where(steps.work, table, table.c.merged_into == row["id"]):
        steps.put(table, later, "merged_into", twin["id"])
    for name, parts in schema.tables().items():
        if schema.references(name).get("service_at_location_id") == table.name:
            column = parts.c.service_at_location_id
            kept = rows_where(steps.work, parts, column == twin["id"])
            gone = rows_where(steps.work, parts, column == row["id"])
            for part in _going(parts, "service_at_location_id", kept, gone):
                steps.put(parts, part, "service_at_location_id", twin["id"])


def _move_terms(steps: Steps, both: Both) -> None:
    table = table_named("attribute")
    on = table.c.link_entity == both.kind.value
    kept = rows_where(steps.work, table, on & (table.c.link_id == both.kept_id))
    gone = rows_where(steps.work, table, on & (table.c.link_id == both.gone_id))
    for row in _going(table, "link_id", kept, gone):
        steps.put(table, row, "link_id", both.kept_id)


def _follow_merged(steps: Steps, both: Both) -> None:
    """Lead what was merged into the one that goes to where it goes, so that nobody has to follow a chain."""
    table = table_named(both.kind.value)
    for row in rows_where(steps.work, table, table.c.merged_into == both.gone_id):
        steps.put(table, row, "merged_into", both.kept_id)
