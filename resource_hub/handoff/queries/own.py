"""Which services people may ask by themselves, and what for."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from resource_hub.accounts.models import User
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.handoff.models import HandoffStatus, Referral
from resource_hub.handoff.rules.own import Askable, WhyNot, why_not
from resource_hub.handoff.rules.strict import CHIEFLY, labels_of_request
from resource_hub.handoff.values.words import ActorKind
from resource_hub.inventory.models import Location, Organization, Phone, Service, ServiceAtLocation, ServiceNeed
from resource_hub.inventory.values import TAKES_TEXTS


def why_not_asked(session: Session, service_at_location_ids: Collection[str]) -> Mapping[str, WhyNot | None]:
    """Return for each service at a location why people cannot ask it by themselves; None where they can."""
    query = (
        select(ServiceAtLocation.id, Service, Location.confidential)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .outerjoin(Location, Location.id == ServiceAtLocation.location_id)
        .where(ServiceAtLocation.id.in_(service_at_location_ids))
    )
    rows = [(place, service, bool(secret)) for place, service, secret in session.execute(query)]
    needs = _needs(session, {service.id for _place, service, _secret in rows})
    reachable = _reachable(session, {service.organization_id for _place, service, _secret in rows})
    return {
        place: why_not(
            Askable(
                labels=labels_of_request(needs[service.id], service.name, ()),
                confidential=secret,
                active=service.status == "active",
                reachable=service.organization_id in reachable,
            )
        )
        for place, service, secret in rows
    }


def asked_today(work: Work, service_at_location_id: str) -> int:
    """Return how many people asked a service at a location by themselves in the last 24 hours."""
    query = select(func.count()).select_from(Referral)
    first = (HandoffStatus.referral_id == Referral.id) & (HandoffStatus.position == 1)
    query = query.join(HandoffStatus, first).where(
        Referral.service_at_location_id == service_at_location_id,
        Referral.requested_at > work.now - timedelta(days=1),
        HandoffStatus.set_as == ActorKind.PERSON,
    )
    return work.session.scalar(query) or 0


def _needs(session: Session, service_ids: Collection[str]) -> Mapping[str, set[str]]:
    needs: dict[str, set[str]] = defaultdict(set)
    query = select(ServiceNeed.service_id, ServiceNeed.need).where(ServiceNeed.service_id.in_(service_ids))
    query = query.where(ServiceNeed.weight >= CHIEFLY)
    for service_id, need in session.execute(query):
        needs[service_id].add(need)
    return needs


def _reachable(session: Session, organization_ids: Collection[str]) -> frozenset[str]:
    """Return the organizations that a message reaches: by their users, a listed address, or a number for texts."""
    listed = select(Organization.id).where(Organization.id.in_(organization_ids), func.length(Organization.email) > 0)
    staffed = select(User.organization_id).where(
        User.organization_id.in_(organization_ids), User.active, User.role == Role.PARTNER
    )
    texted = select(Phone.organization_id).where(
        Phone.organization_id.in_(organization_ids), or_(*(Phone.type.ilike(kind) for kind in sorted(TAKES_TEXTS)))
    )
    found = (one for query in (listed, staffed, texted) for one in session.scalars(query))
    return frozenset(one for one in found if one)
