"""Where a source says otherwise than a steward: written down by the import, decided by a steward."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Date, select

from resource_hub.accounts import audit
from resource_hub.accounts.values import STEWARDS, AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.db import Base, UtcDateTime
from resource_hub.inventory.errors import ImportMovedOn, NoSuchImport, StewardsOnly
from resource_hub.inventory.models import ImportConflict, ImportJob, Market
from resource_hub.inventory.models.listed import Listed
from resource_hub.inventory.rules.changes import as_text
from resource_hub.inventory.service import schema
from resource_hub.inventory.service.changes import STEWARD, set_fields
from resource_hub.inventory.service.markets import move_on
from resource_hub.inventory.values import FieldValue, KeptValue

OPEN, TAKEN, KEPT = "open", "taken", "kept"


def note_conflicts(work: Work, job: ImportJob, kept: Iterable[KeptValue]) -> None:
    """Write down where a source contradicts stewards; what a steward already decided is not asked again."""
    query = select(ImportConflict).where(ImportConflict.market_id == job.market_id)
    known = {(row.resource_type, row.resource_id, row.field_name): row for row in work.session.scalars(query)}
    for value in kept:
        row = known.get((value.table, value.record_id, value.change.field))
        if row is None:
            row = ImportConflict(
                id=work.new_id(),
                market_id=job.market_id,
                resource_type=value.table,
                resource_id=value.record_id,
                field_name=value.change.field,
            )
            known[row.resource_type, row.resource_id, row.field_name] = row
            work.session.add(row)
        elif row.state == KEPT and row.theirs == value.change.after:
            continue
        row.job_id, row.seen_at, row.state = job.id, work.now, OPEN
        row.ours, row.theirs = value.change.before, value.change.after
        row.theirs_value = {"value": value.theirs if not isinstance(value.theirs, date) else value.theirs.isoformat()}
    work.session.flush()


def decide(work: Work, conflict_id: str, *, take: bool) -> None:
    """Take the source's value, or keep the steward's.

    Refuses with StewardsOnly, NoSuchImport outside the steward's markets, and ImportMovedOn when the conflict was
    decided or the field changed meanwhile.
    """
    if work.actor.role is not None and work.actor.role not in STEWARDS:
        raise StewardsOnly("Only stewards change listings.")
    query = select(ImportConflict).where(ImportConflict.id == conflict_id).with_for_update()
    row = work.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None or not (work.actor.role is None or row.market_id in work.actor.market_ids):
        raise NoSuchImport("There is no such conflict.")
    record = work.session.get(_class_of(row.resource_type), row.resource_id)
    if row.state != OPEN or record is None or as_text(getattr(record, row.field_name)) != row.ours:
        raise ImportMovedOn("This was decided or changed meanwhile. Load the page again.")
    if take:
        set_fields(work, record, {row.field_name: _value(row)}, STEWARD)
        move_on(work.session.get_one(Market, row.market_id))
    row.state, row.decided_by, row.decided_at = TAKEN if take else KEPT, work.actor.user_id, work.now
    work.session.flush()
    detail = (("field", f"{row.resource_type}.{row.field_name}"),)
    entry = AuditEntry(f"conflict.{row.state}", row.resource_type, row.resource_id, detail)
    audit.record(work, entry, market_id=row.market_id)


def _class_of(table: str) -> type[Listed]:
    return next(
        mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Listed) and mapper.class_.__dict__["__tablename__"] == table
    )


def _value(row: ImportConflict) -> FieldValue:
    value: FieldValue = row.theirs_value["value"]
    kind = schema.tables()[row.resource_type].columns[row.field_name].type
    if isinstance(value, str) and isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(value, str) and isinstance(kind, Date) else value
