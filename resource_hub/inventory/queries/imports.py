"""Imports: what one changed, what contradicts a steward, and which of them a value came from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_hub.accounts.values import Actor
from resource_hub.core.db import Base
from resource_hub.inventory.errors import NoSuchImport
from resource_hub.inventory.models import Change, ImportConflict, ImportJob, ImportMapping

IMPORT = "import"
# By which of its columns a record is called, the first that it has.
_CALLED_BY = ("name", "number", "address_1", "document", "description")
_CHUNK = 500

Key = tuple[str, str]


@dataclass(frozen=True)
class Difference:
    """One field of one record that an import changes, or would change if a steward had not set it (`kept`)."""

    table: str
    record_id: str
    name: str
    field: str
    before: str
    after: str
    kept: bool = False


def differences_at(session: Session, market_id: str, at: datetime, limit: int) -> tuple[list[Difference], int]:
    """Return what the import of an instant changed, by table and field, and how many differences there are in all."""
    wrote = (Change.market_id == market_id, Change.last_action_date == at, Change.source == IMPORT)
    total = session.scalar(select(func.count()).select_from(Change).where(*wrote)) or 0
    order = (Change.resource_type, Change.resource_id, Change.field_name)
    changes = list(session.scalars(select(Change).where(*wrote).order_by(*order).limit(limit)))
    names = names_of_records(session, [(change.resource_type, change.resource_id) for change in changes])
    found = [
        Difference(
            change.resource_type,
            change.resource_id,
            names.get((change.resource_type, change.resource_id), ""),
            change.field_name,
            change.previous_value,
            change.replacement_value,
        )
        for change in changes
    ]
    return found, total


def names_of_records(session: Session, keys: Collection[Key]) -> dict[Key, str]:
    """Return what records are called, by their table and id; of one that is gone nothing."""
    wanted: dict[str, list[str]] = {}
    for table, record_id in dict.fromkeys(keys):
        wanted.setdefault(table, []).append(record_id)
    names: dict[Key, str] = {}
    for table, ids in wanted.items():
        columns = Base.metadata.tables[table].columns
        called = next((columns[name] for name in _CALLED_BY if name in columns), None)
        if called is None:
            continue
        for start in range(0, len(ids), _CHUNK):
            query = select(columns["id"], called).where(columns["id"].in_(ids[start : start + _CHUNK]))
            names |= {(table, record_id): str(name or "") for record_id, name in session.execute(query)}
    return names


def get_job(session: Session, actor: Actor, job_id: str) -> ImportJob:
    """Return an import; refuses with NoSuchImport, also outside the actor's markets."""
    job = session.get(ImportJob, job_id)
    if job is None or not (actor.role is None or job.market_id in actor.market_ids):
        raise NoSuchImport("There is no such import.")
    return job


def jobs_of(session: Session, actor: Actor, limit: int = 20) -> list[ImportJob]:
    """Return the imports of an actor's markets, the newest first."""
    query = select(ImportJob).where(ImportJob.market_id.in_(actor.market_ids))
    return list(session.scalars(query.order_by(ImportJob.requested_at.desc(), ImportJob.id).limit(limit)))


def due_jobs(session: Session) -> list[Key]:
    """Return the imports that wait for a worker, the oldest first, each with its market."""
    query = select(ImportJob.id, ImportJob.market_id).where(ImportJob.state.in_(("looking", "waiting")))
    return [(job, market) for job, market in session.execute(query.order_by(ImportJob.requested_at, ImportJob.id))]


def mappings_of(session: Session, market_id: str) -> list[ImportMapping]:
    """Return the saved mappings of a market, the newest first."""
    query = select(ImportMapping).where(ImportMapping.market_id == market_id)
    return list(session.scalars(query.order_by(ImportMapping.saved_at.desc(), ImportMapping.name)))


def open_conflicts(session: Session, actor: Actor, limit: int, offset: int = 0) -> tuple[list[ImportConflict], int]:
    """Return a page of the open conflicts of an actor's markets, and how many there are."""
    wanted = (ImportConflict.market_id.in_(actor.market_ids), ImportConflict.state == "open")
    total = session.scalar(select(func.count()).select_from(ImportConflict).where(*wanted)) or 0
    order = (ImportConflict.seen_at.desc(), ImportConflict.resource_id, ImportConflict.field_name)
    return list(
        session.scalars(select(ImportConflict).where(*wanted).order_by(*order).limit(limit).offset(offset))
    ), total


def applied_imports(session: Session, market_id: str, moments: Collection[datetime]) -> dict[datetime, ImportJob]:
    """Return the imports that wrote at some instants, by the instant."""
    query = select(ImportJob).where(ImportJob.market_id == market_id, ImportJob.applied_at.in_(moments))
    return {job.applied_at: job for job in session.scalars(query) if job.applied_at}
