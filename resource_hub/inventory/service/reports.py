"""Errors that somebody reports: work for the stewards with a due date, and less trust until it is done."""

from collections.abc import Collection

from sqlalchemy import func, select

from resource_hub.accounts import audit
from resource_hub.accounts.values import STEWARDS, AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.core.db import insert_new
from resource_hub.core.encryption import Place
from resource_hub.core.errors import Fault
from resource_hub.core.language import Sentence, marked
from resource_hub.core.workdays import business_days_of
from resource_hub.inventory.errors import BadReport, NoSuchReport, StewardsOnly
from resource_hub.inventory.models import ErrorNote, ErrorReport, Market, Service
from resource_hub.inventory.queries.listings import sees
from resource_hub.inventory.rules.checking import FACT_OF, LONGEST_NOTE, MOST_NOTES, due_on
from resource_hub.inventory.service.markets import move_on
from resource_hub.inventory.service.verification import confirm
from resource_hub.inventory.values import ReportKind, Resolution

RESIDENT, STAFF = "resident", "staff"


def report_error(work: Work, service: Service, kind: ReportKind, note: str = "", source: str = "") -> ErrorReport:
    """Write down that something is wrong with a listing; trust falls at once. Refuses a note that is too long.

    Said again while it is open, it is the same report: counted, and trusted no less than before.
    """
    if len(note) > LONGEST_NOTE:
        text = Sentence(marked("Use at most %(most)s characters."), most=LONGEST_NOTE)
        raise BadReport(text, faults=(Fault("note", "too_long", text),))
    source = source or (STAFF if work.actor.user_id else RESIDENT)
    report, is_new = _open_report(work, service, kind, source)
    if note or work.actor.user_id:
        _add_note(work, report, note)
    if is_new:
        move_on(work.session.get_one(Market, service.market_id))
        work.session.flush()
        detail = (("kind", kind.value), ("source", source))
        entry = AuditEntry("error.reported", "service", service.id, detail)
        audit.record(work, entry, market_id=service.market_id)
    return report


def resolve(work: Work, report_id: str, resolution: Resolution) -> ErrorReport:
    """Close a report; what was fixed or was right counts as checked today.

    Refuses with StewardsOnly, and with NoSuchReport outside the steward's markets or where it is closed already.
    """
    if work.actor.role is not None and work.actor.role not in STEWARDS:
        raise StewardsOnly("Only stewards close reports.")
    report = work.session.get(ErrorReport, report_id, with_for_update=True)
    if report is None or report.open_key is None or not sees(work.actor, report.market_id):
        raise NoSuchReport("There is no such open report.")
    market, service = work.session.get_one(Market, report.market_id), work.session.get_one(Service, report.service_id)
    if resolution is not Resolution.NOT_FOUND_OUT:
        confirm(work, market, [service], {FACT_OF[ReportKind(report.kind)]})
    move_on(market)
    close(work, [(report, resolution)])
    return report


def close(work: Work, settled: Collection[tuple[ErrorReport, Resolution]]) -> None:
    """Close reports and write that into the audit log; whoever calls it moves the market on."""
    for report, resolution in settled:
        report.open_key, report.resolution = None, resolution
        report.resolved_at, report.resolved_by = work.now, work.actor.user_id
        work.session.flush()
        detail = (("kind", report.kind), ("resolution", resolution.value))
        entry = AuditEntry("error.resolved", "service", report.service_id, detail)
        audit.record(work, entry, market_id=report.market_id)


def note_place(note_id: str) -> Place:
    """Return where the text of a note is sealed for."""
    return Place("error_note", "sealed_text", note_id)


def _open_report(work: Work, service: Service, kind: ReportKind, source: str) -> tuple[ErrorReport, bool]:
    market, key = work.session.get_one(Market, service.market_id), f"{service.id}:{kind}"
    row = {
        "id": work.new_id(),
        "market_id": market.id,
        "service_id": service.id,
        "kind": kind.value,
        "open_key": key,
        "source": source,
        "opened_at": work.now,
        "last_at": work.now,
        "times": 0,
        "due_on": due_on(kind, local_date(work.now, market.time_zone), business_days_of(market.state)),
    }
    is_new = insert_new(work.session, ErrorReport, row)
    query = select(ErrorReport).where(ErrorReport.open_key == key).with_for_update()
    report = work.session.scalars(query.execution_options(populate_existing=True)).one()
    report.times, report.last_at = report.times + 1, work.now
    work.session.flush()
    return report, is_new


def _add_note(work: Work, report: ErrorReport, text: str) -> None:
    kept = select(func.count()).select_from(ErrorNote).where(ErrorNote.report_id == report.id)
    if (work.session.scalar(kept) or 0) >= MOST_NOTES:
        return
    note_id = work.new_id()
    sealed = work.vault.seal(text, note_place(note_id)) if text else None
    note = ErrorNote(id=note_id, report_id=report.id, at=work.now, written_by=work.actor.user_id, sealed_text=sealed)
    work.session.add(note)
    work.session.flush()
