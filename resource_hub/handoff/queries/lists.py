"""The two lists of work: the referrer's and the organization's."""

from sqlalchemy import Row, Select, select

from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotAllowed
from resource_hub.core.language import marked as _
from resource_hub.handoff.models import HandoffStatus, Referral
from resource_hub.handoff.queries import reasons, scope
from resource_hub.handoff.queries.putting_off import is_put_off
from resource_hub.handoff.rules.due import next_action
from resource_hub.handoff.rules.today import Known, why_received
from resource_hub.handoff.values.shown import InboxRow, PersonHandoff, WorklistRow
from resource_hub.handoff.values.words import OPEN, ActorKind, NextAction, Status, Urgency
from resource_hub.inventory.models import Organization, Service, ServiceAtLocation
from resource_hub.people.models import ConsentRecord, PersonRecord
from resource_hub.people.queries import get_record, opened
from resource_hub.screening.rules.sensitive import may_leave

Listed = Row[Referral, ConsentRecord, PersonRecord, str, str]


def worklist(work: Work, limit: int = 100) -> list[WorklistRow]:
    """Return the handoffs of the actor's markets about which something is due, overdue and urgent ones first.

    That is: every open one, completed ones without an outcome, and rejected or failed ones that nobody has followed
    up with the next best service; but none that the actor put off. Refuses with NotAllowed who is no referrer.
    """
    if work.actor.role is Role.PARTNER or not scope.has_part(work.actor):
        raise NotAllowed(_("Only care coordinators and social workers have this list."))
    order = (*reasons.most_urgent_first(work), Referral.due_at, Referral.requested_at, Referral.id)
    due = _listed(work).where(scope.sent_by(work.actor), Referral.due_at.is_not(None), ~is_put_off(work))
    return _worklist_rows(work, due.order_by(None).order_by(*order).limit(limit))


def sent(work: Work, limit: int = 100) -> list[WorklistRow]:
    """Return what the actor's organization sent, also what is over: first what needs something, then the newest.

    Refuses with NotAllowed who is no partner with an account.
    """
    if work.actor.role is not Role.PARTNER or scope.by_link(work.actor):
        raise NotAllowed(_("Only partners have this list."))
    mine = _listed(work).where(scope.sent_by(work.actor)).order_by(None).order_by(Referral.due_at.is_(None))
    order = (*reasons.most_urgent_first(work), Referral.due_at, Referral.requested_at.desc(), Referral.id)
    return _worklist_rows(work, mine.order_by(*order).limit(limit))


def inbox(work: Work, limit: int = 100) -> list[InboxRow]:
    """Return the open handoffs to the actor's organization, and completed ones without an outcome, by due time.

    For a referrer these are the ones that partners sent to the care team of their markets. Shows what the consent
    covers now, nothing else. Refuses with NotAllowed who is neither partner nor referrer.
    """
    if work.actor.role is None or not scope.has_part(work.actor):
        raise NotAllowed(_("Only partners and care teams have this list."))
    due = Referral.due_at.is_not(None) & Referral.status.in_(OPEN | {Status.COMPLETED})
    rows = _rows(work, _listed(work).where(scope.received_by(work.actor), due).limit(limit))
    asks = reasons.asked_by(work, [row[0].id for row in rows], ActorKind.REFERRER)
    return [_inbox_row(work, row, asks=row[0].id in asks) for row in rows]


def of_person(work: Work, person_id: str) -> list[PersonHandoff]:
    """Return the handoffs of a person, the newest step first; refuses with NotFound outside the actor's scope."""
    get_record(work, person_id)
    newest = HandoffStatus.position == Referral.positions
    query = (
        select(Referral, HandoffStatus.at, Service.name, Organization.name)
        .join(HandoffStatus, (HandoffStatus.referral_id == Referral.id) & newest)
        .join(ServiceAtLocation, ServiceAtLocation.id == Referral.service_at_location_id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .join(Organization, Organization.id == Referral.organization_id)
        .where(Referral.person_id == person_id, scope.sent_by(work.actor))
        .order_by(HandoffStatus.at.desc(), Referral.id)
    )
    return [
        PersonHandoff(referral.id, service, organization, Status(referral.status), at, referral.requested_at)
        for referral, at, service, organization in work.session.execute(query)
    ]


def _listed(work: Work) -> Select[Referral, ConsentRecord, PersonRecord, str, str]:
    return (
        scope.scoped(work.actor)
        .join(PersonRecord, PersonRecord.id == Referral.person_id)
        .join(ServiceAtLocation, ServiceAtLocation.id == Referral.service_at_location_id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .join(Organization, Organization.id == Referral.organization_id)
        .add_columns(PersonRecord, Service.name, Organization.name)
        .order_by(Referral.due_at, Referral.requested_at, Referral.id)
    )


def _rows(work: Work, query: Select[Referral, ConsentRecord, PersonRecord, str, str]) -> list[Listed]:
    return list(work.session.execute(query))


def _worklist_rows(work: Work, query: Select[Referral, ConsentRecord, PersonRecord, str, str]) -> list[WorklistRow]:
    rows = _rows(work, query)
    whys = reasons.whys(work, [(row[0], row[1]) for row in rows])
    return [_worklist_row(work, row, whys[row[0].id]) for row in rows]


def _worklist_row(work: Work, row: Listed, why: str) -> WorklistRow:
    referral, consent, person, service, organization = row
    return WorklistRow(
        referral_id=referral.id,
        person_id=person.id,
        person_name=opened(work.vault, person, "sealed_name"),
        service=service,
        organization=organization,
        status=Status(referral.status),
        urgency=Urgency(referral.urgency),
        requested_at=referral.requested_at,
        due_at=referral.due_at,
        overdue=is_overdue(work, referral),
        time_zone=scope.calendar_of(work, referral.market_id).zone,
        next_action=action_of(work, referral, consent, ActorKind.REFERRER),
        why=why,
    )


def _inbox_row(work: Work, row: Listed, *, asks: bool) -> InboxRow:
    referral, consent, person, service, _organization = row
    holds, overdue = scope.holds(consent, work.now), is_overdue(work, referral)
    fields = frozenset(consent.fields) if holds else frozenset()
    return InboxRow(
        referral_id=referral.id,
        person_name=opened(work.vault, person, "sealed_name") if "name" in fields else None,
        needs=may_leave(referral.needs, fields) if "needs" in fields else None,
        service=service,
        status=Status(referral.status),
        urgency=Urgency(referral.urgency),
        requested_at=referral.requested_at,
        due_at=referral.due_at,
        overdue=overdue,
        time_zone=scope.calendar_of(work, referral.market_id).zone,
        next_action=action_of(work, referral, consent, ActorKind.RECIPIENT),
        consent_holds=holds,
        why=why_received(Known(Status(referral.status), overdue, consent_holds=holds, asks=asks)),
        restricted=referral.restricted,
    )


def action_of(work: Work, referral: Referral, consent: ConsentRecord, kind: ActorKind) -> NextAction:
    """Return what one side does next about a handoff."""
    return next_action(
        Status(referral.status),
        kind,
        settled=referral.due_at is None,
        consent_holds=scope.holds(consent, work.now),
    )


def is_overdue(work: Work, referral: Referral) -> bool:
    """Tell whether what is due about a handoff is late."""
    return referral.due_at is not None and referral.due_at <= work.now
