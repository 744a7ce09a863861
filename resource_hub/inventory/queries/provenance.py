"""Where each value of a listing comes from: which file or who, and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.inventory.models import Change
from resource_hub.inventory.models.listed import Listed
from resource_hub.inventory.queries.imports import IMPORT, applied_imports
from resource_hub.inventory.queries.listings import Listing
from resource_hub.inventory.rules.changes import as_text
from resource_hub.inventory.rules.editing import FORMS

MOST_CHANGES = 5_000


@dataclass(frozen=True)
class Provenance:
    """Where the value of one field comes from. `by` is the id of a user, or a name; `file` that of an import."""

    table: str
    field: str
    value: str
    source: str
    at: datetime
    by: str
    file: str | None


def provenance_of(session: Session, listing: Listing) -> list[Provenance]:
    """Return the origin of every filled field of a listing that stewards edit."""
    latest = _latest(session, listing)
    found = [
        _origin(record, name, latest.get((record.id, name)))
        for record in listing.records
        for name in FORMS.get(_table(record), ())
        if getattr(record, name) not in (None, "", [])
    ]
    jobs = applied_imports(session, listing.market.id, {one.at for one in found})
    return [
        _with_file(one, jobs[one.at].file_name) if one.at in jobs and one.source == IMPORT else one for one in found
    ]


def _latest(session: Session, listing: Listing) -> dict[tuple[str, str], Change]:
    ids = [record.id for record in listing.records]
    query = select(Change).where(Change.market_id == listing.market.id, Change.resource_id.in_(ids))
    ordered = session.scalars(query.order_by(Change.last_action_date.desc()).limit(MOST_CHANGES))
    latest: dict[tuple[str, str], Change] = {}
    for change in ordered:
        latest.setdefault((change.resource_id, change.field_name), change)
    return latest


def _origin(record: Listed, name: str, change: Change | None) -> Provenance:
    value = as_text(getattr(record, name))
    if change is not None:
        at, by = change.last_action_date, change.updated_by
        return Provenance(_table(record), name, value, change.source, at, by, None)
    return Provenance(_table(record), name, value, record.source or "", record.created_at, "", None)


def _with_file(one: Provenance, file: str) -> Provenance:
    return Provenance(one.table, one.field, one.value, one.source, one.at, one.by, file)


def _table(record: Listed) -> str:
    return str(type(record).__dict__["__tablename__"])
