"""Imports as stewards ask for them: upload, mapping, look, carry out, stop. The worker does the long parts."""

from dataclasses import dataclass
from typing import IO

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from resource_hub.accounts import audit
from resource_hub.accounts.values import STEWARDS, AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.db import put_row
from resource_hub.exchange.importing.files import Store, safe_name
from resource_hub.exchange.tabular.mapping.feed import table_of
from resource_hub.exchange.tabular.mapping.file import document_of, mapping_of
from resource_hub.exchange.tabular.mapping.proposal import propose_all
from resource_hub.exchange.tabular.mapping.sheets import is_flat, read_sheets
from resource_hub.exchange.tabular.mapping.values import Proposals, TableMapping
from resource_hub.exchange.tabular.tables import Table
from resource_hub.inventory import queries
from resource_hub.inventory.errors import ImportMovedOn, StewardsOnly
from resource_hub.inventory.models import ImportJob, ImportMapping
from resource_hub.inventory.queries import imports

MAPPING, LOOKING, LOOKED, WAITING = "mapping", "looking", "looked", "waiting"
DONE, REFUSED, FAILED, CANCELLED = "done", "refused", "failed", "cancelled"
OPEN = frozenset({MAPPING, LOOKING, LOOKED, WAITING})
AT_WORK = frozenset({LOOKING, WAITING})
LONGEST_MAPPING_NAME = 100
# What the steward's page looks at of a flat file.
HEAD_ROWS = 200


@dataclass(frozen=True)
class Head:
    """The first rows of a flat file, what its columns seem to hold, and the mapping that stands now."""

    tables: dict[str, Table]
    proposals: Proposals
    mapping: TableMapping


def upload(work: Work, store: Store, market_id: str, name: str, stream: IO[bytes]) -> ImportJob:
    """Keep a file and begin its import; the same file again is the import that is open for it already.

    Refuses with StewardsOnly, NoSuchMarket outside the steward's markets, and BadFile.
    """
    if work.actor.role not in STEWARDS:
        raise StewardsOnly("Only stewards import.")
    market = queries.get_market_of(work.session, work.actor, market_id)
    job_id = work.new_id()
    path, content_hash = store.keep(job_id, name, stream)
    job = ImportJob(
        id=job_id,
        market_id=market.id,
        file_name=safe_name(name),
        content_hash=content_hash,
        state=MAPPING if is_flat(path) else LOOKING,
        requested_by=work.actor.user_id,
        requested_at=work.now,
    )
    try:
        with work.session.begin_nested():
            work.session.add(job)
    except IntegrityError:
        store.forget(job_id)
        same = (ImportJob.market_id == market.id, ImportJob.content_hash == content_hash, ImportJob.state.in_(OPEN))
        return work.session.scalars(select(ImportJob).where(*same)).one()
    audit.record(work, AuditEntry("import.uploaded", "import_job", job.id), market_id=market.id)
    return job


def head_of(work: Work, store: Store, job: ImportJob) -> Head:
    """Return the head of a flat file, with the mapping chosen for it, or a saved one that fits, or the proposal."""
    tables = dict(read_sheets(store.file(job.id, job.file_name), HEAD_ROWS))
    proposals = propose_all(tables)
    if job.mapping:
        return Head(tables, proposals, mapping_of(job.mapping, "mapping"))
    for saved in imports.mappings_of(work.session, job.market_id):
        mapping = mapping_of(saved.document, saved.name)
        if all(_fits(tables, mapping)):
            return Head(tables, proposals, mapping)
    return Head(tables, proposals, proposals.mapping)


def choose_mapping(work: Work, store: Store, job_id: str, mapping: TableMapping, save_as: str = "") -> ImportJob:
    """Take a mapping for an import and look what it would change; with a name it is saved for the market too."""
    job = _open(work, job_id, {MAPPING, LOOKED})
    checked = mapping_of(document_of(mapping), "mapping")
    tables = read_sheets(store.file(job.id, job.file_name), HEAD_ROWS)
    for sheet in checked.sheets:
        table_of(tables, sheet)
    job.mapping, job.state, job.attempts, job.report = document_of(checked), LOOKING, 0, None
    if save_as:
        _save(work, job.market_id, save_as[:LONGEST_MAPPING_NAME], checked)
    work.session.flush()
    return job


def go_on(work: Work, job_id: str, *, skip_bad_rows: bool) -> ImportJob:
    """Have an import carried out that was looked at."""
    job = _open(work, job_id, {LOOKED})
    job.state, job.skip_bad_rows, job.attempts = WAITING, skip_bad_rows, 0
    work.session.flush()
    audit.record(work, AuditEntry("import.requested", "import_job", job.id), market_id=job.market_id)
    return job


def give_up(work: Work, store: Store, job_id: str) -> None:
    """End an import that no worker is busy with, and remove its file."""
    job = _open(work, job_id, {MAPPING, LOOKED})
    job.state, job.ended_at = CANCELLED, work.now
    work.session.flush()
    store.forget(job.id)
    audit.record(work, AuditEntry("import.cancelled", "import_job", job.id), market_id=job.market_id)


def _open(work: Work, job_id: str, states: set[str]) -> ImportJob:
    if work.actor.role not in STEWARDS:
        raise StewardsOnly("Only stewards import.")
    query = select(ImportJob).where(ImportJob.id == job_id).with_for_update()
    work.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    job = imports.get_job(work.session, work.actor, job_id)
    if job.state not in states:
        raise ImportMovedOn("This import went on meanwhile. Load its page again.")
    return job


def _fits(tables: dict[str, Table], mapping: TableMapping) -> list[bool]:
    by_name = {name.casefold(): table for name, table in tables.items()}
    first = next(iter(tables.values()))
    found = [(by_name.get(sheet.name.casefold()) if sheet.name else first, sheet) for sheet in mapping.sheets]
    return [
        table is not None and {column for rule in sheet.rules for column in rule.columns} <= table.columns
        for table, sheet in found
    ]


def _save(work: Work, market_id: str, name: str, mapping: TableMapping) -> None:
    key = {"market_id": market_id, "name": name}
    values = {"document": document_of(mapping), "saved_by": work.actor.user_id, "saved_at": work.now}
    put_row(work.session, ImportMapping, key, values, {"id": work.new_id()})
