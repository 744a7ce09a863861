"""Links for organizations: what they are about, and who is to be asked."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from resource_hub.inventory.models import CheckLink, ErrorReport, Organization, Service, Verification
from resource_hub.inventory.values import AskTerms, FactKind, ReportKind

_LISTED = ("active", "temporarily closed")


def services_of(session: Session, organization_id: str) -> list[Service]:
    """Return the services of an organization that people are shown, by name."""
    query = select(Service).where(Service.organization_id == organization_id, Service.status.in_(_LISTED))
    query = query.where(Service.merged_into.is_(None))
    return list(session.scalars(query.order_by(Service.name, Service.id)))


def links_of(session: Session, organization_id: str, *, limit: int = 5) -> list[CheckLink]:
    """Return the last links of an organization, the newest first."""
    query = select(CheckLink).where(CheckLink.organization_id == organization_id)
    return list(session.scalars(query.order_by(CheckLink.created_at.desc(), CheckLink.id).limit(limit)))


def is_open(session: Session, service_id: str, kind: ReportKind) -> bool:
    """Tell whether a report of a kind about a listing is open."""
    query = select(ErrorReport.id).where(ErrorReport.open_key == f"{service_id}:{kind}")
    return session.scalar(query) is not None


def organizations_to_ask(session: Session, terms: AskTerms, now: datetime, limit: int) -> list[Organization]:
    """Return organizations with an address and an active listing that has aged, that were not asked lately."""
    asked = exists().where(
        CheckLink.organization_id == Organization.id, CheckLink.created_at > now - timedelta(days=terms.every_days)
    )
    aged = exists().where(
        Service.organization_id == Organization.id,
        Service.status == "active",
        Service.merged_into.is_(None),
        _has_aged((now - timedelta(days=terms.after_days)).date()),
    )
    query = select(Organization).where(Organization.email.like("%_@_%._%"), ~asked, aged)
    return list(session.scalars(query.order_by(Organization.id).limit(limit)))


def _has_aged(before: date) -> ColumnElement[bool]:
    """Return whether nobody checked a service since a day, or a kind of fact of it that was checked on its own."""
    of_service = Verification.service_id == Service.id
    recently = exists().where(
        of_service, Verification.fact_kind == FactKind.LISTING.value, Verification.verified_on >= before
    )
    on_its_own = exists().where(of_service, Verification.verified_on < before)
    assured = and_(Service.assured_date.is_not(None), Service.assured_date >= before)
    return or_(on_its_own, and_(~recently, ~assured))
