"""Carrying out an import so that it can be asked afterwards which file said what, when and by whom."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from resource_hub.accounts.work import Work
from resource_hub.exchange.importing.report import MOST_PROBLEMS, Document, differences_of, document_of
from resource_hub.exchange.tabular.mapping.file import document_of as mapping_document
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Report, Request
from resource_hub.inventory import queries
from resource_hub.inventory.errors import ImportRunning
from resource_hub.inventory.models import ImportJob, Market
from resource_hub.inventory.service.conflicts import note_conflicts
from resource_hub.inventory.service.loading import Watch

LONGEST_NAME = 200


@dataclass(frozen=True)
class Carried:
    """An import as it stands in the open transaction: its report, and what changed field by field."""

    found: Report
    differences: Document


def carry_out(work: Work, request: Request, watch: Watch = iter) -> Carried:
    """Import, and read what it changed while that can still be rolled back.

    Refuses as `import_directory` does, and with ImportRunning while another import into the market is written.
    """
    market = _market_alone(work, request.market)
    found = import_directory(work, request, watch)
    return Carried(found, differences_of(work, market.id, found.loaded))


def remember(work: Work, carried: Carried, request: Request, job: ImportJob | None = None) -> ImportJob:
    """Write down which file was imported, and where it contradicts stewards; without a job it came from the shell."""
    market = queries.get_market(work.session, request.market)
    if job is None:
        job = ImportJob(
            id=work.new_id(),
            market_id=market.id,
            file_name=request.path.name[:LONGEST_NAME],
            content_hash="",
            mapping=mapping_document(request.mapping) if request.mapping else None,
            skip_bad_rows=request.skip_bad_rows,
            requested_by=work.actor.user_id,
            requested_at=work.now,
        )
        work.session.add(job)
    job.state, job.applied_at, job.ended_at = "done", work.now, work.now
    job.report = stored_report(carried)
    work.session.flush()
    note_conflicts(work, job, carried.found.loaded.kept)
    return job


def stored_report(carried: Carried) -> Document:
    """Return what is kept of a report."""
    return {
        "format": carried.found.format.value,
        "bad_rows": sum(problem.fatal for problem in carried.found.loaded.problems),
        **document_of(carried.found, most=MOST_PROBLEMS),
        **carried.differences,
    }


def _market_alone(work: Work, slug: str) -> Market:
    # On SQLite the one writer waits for the other anyway; on PostgreSQL the second is told at once.
    query = select(Market).where(Market.slug == slug).with_for_update(nowait=True, key_share=True)
    queries.get_market(work.session, slug)
    try:
        with work.session.begin_nested():
            return work.session.scalars(query).one()
    except OperationalError as error:
        text = "Another import into this market is being written. Wait until it is done, then try again."
        raise ImportRunning(text) from error
