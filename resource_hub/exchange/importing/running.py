"""What a worker does with imports: takes one up, tries or writes it in one transaction, and clears away."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from time import monotonic

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from resource_hub.accounts.models import User
from resource_hub.accounts.queries import as_actor
from resource_hub.accounts.work import Work
from resource_hub.core.errors import HubError
from resource_hub.exchange.importing.files import Progress, Store
from resource_hub.exchange.importing.jobs import AT_WORK, CANCELLED, DONE, FAILED, LOOKED, LOOKING, OPEN, REFUSED
from resource_hub.exchange.importing.recording import Carried, carry_out, remember, stored_report
from resource_hub.exchange.tabular.mapping.file import mapping_of
from resource_hub.exchange.tabular.values import Request
from resource_hub.inventory.errors import ImportRunning
from resource_hub.inventory.models import ImportJob, Market
from resource_hub.inventory.queries import imports
from resource_hub.inventory.values import Draft

MOST_ATTEMPTS = 3
KEPT_FOR = timedelta(days=7)
SAYS_EVERY_SECONDS = 0.5

Opened = Callable[[], AbstractContextManager[Work]]

_log = logging.getLogger(__name__)


class Stopped(Exception):
    """A steward asked that the import ends."""


def run_next(read: Opened, write: Opened, store: Store) -> bool:
    """Do the oldest import that waits and whose market no other worker imports into; return whether there was one.

    A worker that dies leaves the job as it was: its transaction is gone, and another worker takes it up.
    """
    with read() as work:
        due = imports.due_jobs(work.session)
    for job_id, market_id in due:
        with store.alone(market_id) as mine:
            if mine and _take_up(write, job_id):
                _run(write, store, job_id)
                return True
    return False


def clear_away(write: Opened, store: Store) -> int:
    """End imports that nobody went on with for a week, and remove files that no open import needs."""
    kept = store.kept()
    with write() as work:
        query = select(ImportJob).where(ImportJob.state.in_(OPEN - AT_WORK))
        old = list(work.session.scalars(query.where(ImportJob.requested_at < work.now - KEPT_FOR)))
        for job in old:
            job.state, job.ended_at = CANCELLED, work.now
        work.session.flush()
        needed = set(work.session.scalars(select(ImportJob.id).where(ImportJob.state.in_(OPEN))))
    for job_id in kept - needed:
        store.forget(job_id)
    return len(old)


def _take_up(write: Opened, job_id: str) -> bool:
    with write() as work:
        job = work.session.get(ImportJob, job_id)
        if job is None or job.state not in AT_WORK:
            return False
        job.attempts += 1
        if job.attempts > MOST_ATTEMPTS:
            text = "The import was begun several times and never came to its end. Split the file, then try again."
            job.state, job.ended_at, job.refusal = FAILED, work.now, text
            return False
        return True


def _run(write: Opened, store: Store, job_id: str) -> None:
    try:
        _try_or_write(write, store, job_id)
    except Stopped:
        _end(write, store, job_id, CANCELLED, "")
    except ImportRunning:
        _later(write, job_id)
    except HubError as refusal:
        _end(write, store, job_id, REFUSED, refusal.text)
    except OperationalError:
        # A database that is busy or away comes back: the job waits for the next round.
        _log.warning("an import waits for the database")
    except Exception as error:  # noqa: BLE001 - whatever a file makes go wrong, the worker goes on with the others
        _log.error("an import failed", extra={"job": job_id, "error": type(error).__name__})
        _end(write, store, job_id, FAILED, "Something went wrong on our side. Nothing was changed.")


def _try_or_write(write: Opened, store: Store, job_id: str) -> None:
    with write() as opened:
        job = opened.session.get_one(ImportJob, job_id)
        looking = job.state == LOOKING
        work, request = _as_who_asked(opened, job), _request(opened, store, job, looking=looking)
        carried = carry_out(work, request, _watching(store, job_id))
        stays = looking or carried.found.refused
        if stays:
            opened.session.rollback()
        else:
            remember(work, carried, request, job)
    if stays:
        _looked(write, job_id, carried)
    else:
        store.forget(job_id)


def _request(work: Work, store: Store, job: ImportJob, *, looking: bool) -> Request:
    market = work.session.get_one(Market, job.market_id)
    mapping = mapping_of(job.mapping, "mapping") if job.mapping else None
    # A look says what would change without the bad rows; whether they may be left out is asked afterwards.
    skips = looking or job.skip_bad_rows
    return Request(store.file(job.id, job.file_name), market.slug, skip_bad_rows=skips, mapping=mapping)


def _as_who_asked(work: Work, job: ImportJob) -> Work:
    user = work.session.get(User, job.requested_by) if job.requested_by else None
    return replace(work, actor=as_actor(user)) if user else work


def _watching(store: Store, job_id: str) -> Callable[[Iterable[Draft]], Iterable[Draft]]:
    def watch(drafts: Iterable[Draft]) -> Iterator[Draft]:
        total, said = len(drafts) if isinstance(drafts, Sized) else 0, 0.0
        for done, draft in enumerate(drafts):
            if monotonic() - said > SAYS_EVERY_SECONDS:
                said = monotonic()
                store.say(job_id, Progress(done, total))
                if store.stopped(job_id):
                    raise Stopped
            yield draft
        store.say(job_id, Progress(total, total))

    return watch


def _looked(write: Opened, job_id: str, carried: Carried) -> None:
    with write() as work:
        job = work.session.get_one(ImportJob, job_id)
        job.state, job.attempts, job.report = LOOKED, 0, stored_report(carried)


def _end(write: Opened, store: Store, job_id: str, state: str, refusal: str) -> None:
    with write() as work:
        job = work.session.get_one(ImportJob, job_id)
        if job.state != DONE:
            job.state, job.ended_at, job.refusal = state, work.now, refusal or None
    store.forget(job_id)


def _later(write: Opened, job_id: str) -> None:
    with write() as work:
        job = work.session.get_one(ImportJob, job_id)
        job.attempts = max(0, job.attempts - 1)
