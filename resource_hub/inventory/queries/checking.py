"""What is known of checks: open reports, calls that were made, who has which listing, what a link is for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_hub.accounts.values import Actor
from resource_hub.inventory.models import (
    CallClaim,
    CheckAttempt,
    ErrorNote,
    ErrorReport,
    Organization,
    Service,
    Verification,
)
from resource_hub.inventory.values import CallOutcome, FactKind

# No call makes a listing wait longer than this.
_LONGEST_WAIT = timedelta(days=60)


@dataclass(frozen=True)
class OpenReport:
    """An open report with its listing and what was written."""

    report: ErrorReport
    service: Service
    organization: Organization
    notes: tuple[ErrorNote, ...]


def reports_for(session: Session, actor: Actor, *, limit: int = 200) -> list[OpenReport]:
    """Return the open reports of a steward's markets, the most urgent first."""
    query = (
        select(ErrorReport, Service, Organization)
        .join(Service, Service.id == ErrorReport.service_id)
        .join(Organization, Organization.id == Service.organization_id)
        .where(ErrorReport.open_key.is_not(None), ErrorReport.market_id.in_(actor.market_ids))
        .order_by(ErrorReport.due_on, ErrorReport.opened_at, ErrorReport.id)
    )
    rows = [(row[0], row[1], row[2]) for row in session.execute(query.limit(limit))]
    notes = notes_of(session, [report.id for report, _service, _organization in rows])
    return [
        OpenReport(report, service, organization, notes.get(report.id, ())) for report, service, organization in rows
    ]


def open_reports_of(session: Session, service_id: str, *, to_close: bool = False) -> list[ErrorReport]:
    """Return the open reports about a listing; those that are read to close them are locked."""
    query = select(ErrorReport).where(ErrorReport.service_id == service_id, ErrorReport.open_key.is_not(None))
    query = query.order_by(ErrorReport.due_on, ErrorReport.kind)
    return list(session.scalars(query.with_for_update() if to_close else query))


def notes_of(session: Session, report_ids: Collection[str]) -> dict[str, tuple[ErrorNote, ...]]:
    """Return what was written with each report, in its order."""
    notes: dict[str, tuple[ErrorNote, ...]] = {}
    for note in session.scalars(select(ErrorNote).where(ErrorNote.report_id.in_(report_ids)).order_by(ErrorNote.at)):
        notes[note.report_id] = (*notes.get(note.report_id, ()), note)
    return notes


def last_attempts(session: Session, market_id: str, now: datetime) -> dict[str, CheckAttempt]:
    """Return the last attempt to check each listing that may still have to wait for the next."""
    query = select(CheckAttempt).where(CheckAttempt.market_id == market_id, CheckAttempt.at > now - _LONGEST_WAIT)
    return {attempt.service_id: attempt for attempt in session.scalars(query.order_by(CheckAttempt.at))}


def open_reports(session: Session, market_id: str) -> dict[str, tuple[date, datetime]]:
    """Return the earliest due date and the last time of the open reports of each listing that has some."""
    query = (
        select(ErrorReport.service_id, func.min(ErrorReport.due_on), func.max(ErrorReport.last_at))
        .where(ErrorReport.market_id == market_id, ErrorReport.open_key.is_not(None))
        .group_by(ErrorReport.service_id)
    )
    return {service_id: (due, last) for service_id, due, last in session.execute(query)}


def unanswered(session: Session, service_id: str) -> int:
    """Return how many calls to a listing in a row, up to the last, nobody answered."""
    query = select(CheckAttempt.outcome).where(CheckAttempt.service_id == service_id)
    outcomes: Sequence[str] = session.scalars(query.order_by(CheckAttempt.at.desc()).limit(50)).all()
    others = (place for place, outcome in enumerate(outcomes) if outcome != CallOutcome.NO_ANSWER)
    return next(others, len(outcomes))


def taken(session: Session, now: datetime) -> set[str]:
    """Return the listings, by their service, that some steward has before them."""
    return set(session.scalars(select(CallClaim.service_id).where(CallClaim.until > now)))


def claimed_by(session: Session, user_id: str | None, now: datetime) -> str | None:
    """Return the service of the listing that a steward has before them."""
    query = select(CallClaim.service_id).where(CallClaim.user_id == user_id, CallClaim.until > now)
    return session.scalar(query.order_by(CallClaim.until.desc()).limit(1))


def attempts_since(session: Session, user_id: str | None, moment: datetime) -> int:
    """Return how many attempts a steward has made since an instant."""
    query = select(func.count()).select_from(CheckAttempt)
    return session.scalar(query.where(CheckAttempt.user_id == user_id, CheckAttempt.at >= moment)) or 0


def attempts_of(session: Session, service_id: str, *, limit: int = 5) -> list[CheckAttempt]:
    """Return the last attempts to check a listing, the newest first."""
    query = select(CheckAttempt).where(CheckAttempt.service_id == service_id)
    return list(session.scalars(query.order_by(CheckAttempt.at.desc()).limit(limit)))


@dataclass(frozen=True)
class Check:
    """When a kind of fact was last checked, and by whom: steward, organization or import."""

    verified_on: date
    source: str


def checks_of(session: Session, service: Service) -> dict[str, Check]:
    """Return the last check of each kind of fact of a service; a kind nobody checked is missing."""
    rows = session.scalars(select(Verification).where(Verification.service_id == service.id))
    checks = {row.fact_kind: Check(row.verified_on, row.source) for row in rows}
    listing = checks.get(FactKind.LISTING)
    if service.assured_date and (listing is None or listing.verified_on < service.assured_date):
        checks[FactKind.LISTING] = Check(service.assured_date, "import")
    return checks
