"""Asking a service to help a person: consent, place, referral, notice and audit row, all or none of them."""

from dataclasses import asdict

from sqlalchemy import select

from resource_hub.accounts import outbox
from resource_hub.accounts.work import Work
from resource_hub.capacity import service as capacity
from resource_hub.capacity.values import HoldOutcome, NoCapacity
from resource_hub.core.codes import check_need
from resource_hub.core.db import insert_new
from resource_hub.core.encryption import Place
from resource_hub.core.errors import Fault, NotFound
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import AlreadyReferred, BadRequest, NoRoom, NoWish
from resource_hub.handoff.models import Referral, ReferralRanking
from resource_hub.handoff.queries import scope
from resource_hub.handoff.service import history
from resource_hub.handoff.values import LONGEST_TEXT, OPEN, ActorKind, Referred, Request, Standing, Status, Step
from resource_hub.inventory.models import Service, ServiceAtLocation
from resource_hub.people import consent
from resource_hub.people import queries as people
from resource_hub.people.errors import BadConsent
from resource_hub.people.models import PersonRecord
from resource_hub.screening.models import NeedRecord
from resource_hub.screening.rules.sensitive import fields_missing


def refer(work: Work, request: Request) -> Referred:
    """Ask a service at a location to help a person. Nothing is written when it refuses.

    Refuses with NotFound outside the actor's markets and for a service that is not active in the person's market;
    with no_wish, already_referred, no_capacity (unless the request goes on despite it), bad_request or bad_consent.
    A waiting list is no refusal: the result says so.
    """
    with work.session.begin_nested():
        person = people.get_record(work, request.person_id)
        organization_id = _organization(work, person.market_id, request.service_at_location_id)
        _check_needs(work, request)
        _check_not_referred(work, request)
        referral_id = work.new_id()
        # Everybody changes referrals, then holds and places, then the audit log: so nobody waits crosswise.
        _settle_earlier(work, request)
        kept = _keep_place(work, person, request, referral_id)
        consent_id = consent.give(work, person.id, organization_id, request.consent).id
        referral = _write(work, person, request, {"id": referral_id, "organization_id": organization_id,
                                                  "consent_id": consent_id})  # fmt: skip
        outbox.notify_organization(
            work, organization_id, "handoff.requested", f"handoff.requested:{referral_id}", handoff_id=referral_id
        )
        history.write_down(work, referral, "handoff.requested", ("organization", organization_id))
    return Referred(referral_id, kept)


def _organization(work: Work, market_id: str, service_at_location_id: str) -> str:
    query = (
        select(Service.organization_id)
        .join(ServiceAtLocation, ServiceAtLocation.service_id == Service.id)
        .where(
            ServiceAtLocation.id == service_at_location_id,
            ServiceAtLocation.market_id == market_id,
            Service.status == "active",
        )
    )
    organization_id = work.session.scalar(query)
    if organization_id is None:
        raise NotFound(_("There is no such service here."))
    return organization_id


def _check_needs(work: Work, request: Request) -> None:
    if not request.needs:
        text = _("Choose what the person wants help with.")
        raise BadRequest(text, faults=(Fault("needs", "missing", text),))
    if len(request.note) > LONGEST_TEXT:
        text = _("Write at most 2000 characters.")
        raise BadRequest(text, faults=(Fault("note", "too_long", text),))
    wanted = set(map(check_need, request.needs))
    if "needs" in request.consent.fields and fields_missing(request.needs, request.consent.fields):
        text = _("This is sensitive. Ask whether this organization may know it, and tick what the person allows.")
        raise BadConsent(text, faults=(Fault("fields", "sensitive", text),))
    query = select(NeedRecord.code).where(NeedRecord.person_id == request.person_id, NeedRecord.wants_help == "yes")
    if wanted - set(work.session.scalars(query)):
        raise NoWish(_("Ask the person first whether they want help with this, and write down their answer."))


def _check_not_referred(work: Work, request: Request) -> None:
    query = select(Referral.id).where(
        Referral.person_id == request.person_id,
        Referral.service_at_location_id == request.service_at_location_id,
        Referral.status.in_(OPEN),
    )
    if work.session.scalar(query):
        raise AlreadyReferred(_ALREADY)


def _keep_place(work: Work, person: PersonRecord, request: Request, referral_id: str) -> HoldOutcome:
    until = scope.calendar_of(work, person.market_id).hold_until(work.now)
    kept = capacity.hold(work, referral_id, request.service_at_location_id, until)
    if isinstance(kept, NoCapacity) and not request.despite_no_capacity:
        raise NoRoom(_("This service has no room now. Choose another one, or send the request all the same."))
    return kept


def _write(work: Work, person: PersonRecord, request: Request, keys: dict[str, str]) -> Referral:
    note = request.note.strip()
    standing = Standing(Status.REQUESTED, work.now, request.urgency)
    row = keys | {
        "market_id": person.market_id,
        "person_id": person.id,
        "service_at_location_id": request.service_at_location_id,
        "needs": list(dict.fromkeys(request.needs)),
        "urgency": request.urgency,
        "sealed_note": work.vault.seal(note, Place("referral", "sealed_note", keys["id"])) if note else None,
        "policy": request.policy,
        "requested_by": work.actor.user_id,
        "requested_at": work.now,
        "status": Status.REQUESTED,
        "positions": 1,
        "due_at": scope.calendar_of(work, person.market_id).due_at(standing),
    }
    if not insert_new(work.session, Referral, row):
        raise AlreadyReferred(_ALREADY)
    referral = work.session.get_one(Referral, keys["id"])
    history.append(work, referral, Step(Status.REQUESTED), ActorKind.REFERRER)
    if request.listed:
        work.session.add(ReferralRanking(referral_id=referral.id, **asdict(request.listed)))
    return referral


def _settle_earlier(work: Work, request: Request) -> None:
    """Say that nothing more is due about handoffs that failed the same need: this is the next best one."""
    query = (
        select(Referral)
        .where(
            Referral.person_id == request.person_id,
            Referral.status.in_({Status.REJECTED, Status.FAILED}),
            Referral.due_at.is_not(None),
        )
        .order_by(Referral.id)
        .with_for_update()
    )
    earlier = [row.id for row in work.session.scalars(query) if set(row.needs) & set(request.needs)]
    if earlier:
        history.settle(work, earlier)


_ALREADY = _("This person already has an open handoff to this service. Look at that one.")
