"""Asking a service to help a person: consent, place, referral, notice and audit row, all or none of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

from sqlalchemy import select

from resource_hub.accounts import outbox
from resource_hub.accounts.work import Work
from resource_hub.capacity import service as capacity
from resource_hub.capacity.values import HoldOutcome, NoCapacity
from resource_hub.core.codes import check_need
from resource_hub.core.db import insert_new
from resource_hub.core.encryption import Place
from resource_hub.core.errors import Fault, Invalid, NotFound, Refused
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import AlreadyReferred, BadRequest, NoRoom, NoWish
from resource_hub.handoff.models import Referral, ReferralRanking
from resource_hub.handoff.queries import scope
from resource_hub.handoff.rules.overriding import Override
from resource_hub.handoff.rules.strict import CHIEFLY, labels_of_request
from resource_hub.handoff.service import history
from resource_hub.handoff.service.codes import give_code
from resource_hub.handoff.values.asked import LONGEST_TEXT, Referred, Request, Step
from resource_hub.handoff.values.course import Standing
from resource_hub.handoff.values.words import OPEN, Status
from resource_hub.inventory.models import Attribute, Service, ServiceAtLocation, ServiceNeed, TaxonomyTerm
from resource_hub.people import consent
from resource_hub.people import queries as people
from resource_hub.people.errors import BadConsent
from resource_hub.people.models import PersonRecord
from resource_hub.people.rules.least import STRICT_LABELS, faults_of_sharing
from resource_hub.screening.models import NeedRecord
from resource_hub.screening.rules.sensitive import fields_missing

MOST_TOGETHER = 8


def refer(work: Work, request: Request) -> Referred:
    """Ask a service at a location to help a person. Nothing is written when it refuses.

    Refuses with NotFound outside the actor's markets and for a service that is not active in the person's market;
    with no_wish, already_referred, no_capacity (unless the request goes on despite it), bad_request or bad_consent.
    A waiting list is no refusal: the result says so.
    """
    return _all_or_none(work, [request])[0]


def refer_together(work: Work, requests: Sequence[Request]) -> tuple[Referred, ...]:
    """Ask several services at once to help a person, all of them or none. Nothing is written when it refuses.

    Refuses as `refer` does, with the code of the line that it is about; a fault names it (`lines.1` is the second).
    """
    if not 1 <= len(requests) <= MOST_TOGETHER:
        text = _("Choose one to eight services.")
        raise BadRequest(text, faults=(Fault("lines", "number", text),))
    return _all_or_none(work, requests, names_line=True)


@dataclass
class _Line:
    """One request on its way."""

    request: Request
    person: PersonRecord
    organization_id: str
    restricted: bool
    referral_id: str
    kept: HoldOutcome = field(default_factory=NoCapacity)


def _all_or_none(work: Work, requests: Sequence[Request], *, names_line: bool = False) -> tuple[Referred, ...]:
    lines: dict[int, _Line] = {}
    # In one order everywhere, so that two baskets with the same places do not wait for each other.
    order = sorted(range(len(requests)), key=lambda number: requests[number].service_at_location_id)
    with work.session.begin_nested():
        # Everybody changes referrals, then holds and places, then the audit log: so nobody waits crosswise.
        for number in order:
            with _naming(number if names_line else None):
                lines[number] = _check(work, requests[number])
        for number in order:
            with _naming(number if names_line else None):
                lines[number].kept = _keep_place(work, lines[number])
        return tuple(_record(work, lines[number]) for number in range(len(requests)))


@contextmanager
def _naming(number: int | None) -> Iterator[None]:
    """Let a refusal say which line it is about."""
    try:
        yield
    except (Refused, Invalid, NotFound) as refusal:
        if number is not None:
            refusal.faults = (Fault(f"lines.{number}", refusal.code, refusal.text),)
        raise


def _check(work: Work, request: Request) -> _Line:
    person = people.get_record(work, request.person_id)
    organization_id = _organization(work, person.market_id, request.service_at_location_id)
    if organization_id == person.organization_id:
        text = _("This service is your own. Choose another one.")
        raise BadRequest(text, faults=(Fault("service_at_location_id", "own", text),))
    _check_needs(work, request)
    restricted = _check_sharing(work, request)
    _check_not_referred(work, request)
    _settle_earlier(work, request)
    return _Line(request, person, organization_id, restricted, work.new_id())


def _record(work: Work, line: _Line) -> Referred:
    consent_id = consent.give(work, line.person.id, line.organization_id, line.request.consent).id
    referral = _write(work, line, consent_id)
    give_code(work, line.referral_id)
    key = f"handoff.requested:{line.referral_id}"
    outbox.notify_organization(work, line.organization_id, "handoff.requested", key, handoff_id=line.referral_id)
    history.write_down(work, referral, "handoff.requested", ("organization", line.organization_id))
    return Referred(line.referral_id, line.kept)


def _organization(work: Work, market_id: str, service_at_location_id: str) -> str:
    query = (
        select(Service.organization_id)
        .join(ServiceAtLocation, ServiceAtLocation.service_id == Service.id)
        .where(
            ServiceAtLocation.id == service_at_location_id,
            ServiceAtLocation.market_id == market_id,
            Service.status == "active",
            ServiceAtLocation.merged_into.is_(None),
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
    if request.override is not None and request.override not in set(Override):
        text = _("Choose one of the reasons.")
        raise BadRequest(text, faults=(Fault("override", "invalid", text),))
    wanted = set(map(check_need, request.needs))
    if "needs" in request.consent.fields and fields_missing(request.needs, request.consent.fields):
        text = _("This is sensitive. Ask whether this organization may know it, and tick what the person allows.")
        raise BadConsent(text, faults=(Fault("fields", "sensitive", text),))
    query = select(NeedRecord.code).where(NeedRecord.person_id == request.person_id, NeedRecord.wants_help == "yes")
    if wanted - set(work.session.scalars(query)):
        raise NoWish(_("Ask the person first whether they want help with this, and write down their answer."))


def _check_sharing(work: Work, request: Request) -> bool:
    """Refuse what may not be shared so; return whether the stricter rules hold."""
    there = (ServiceAtLocation.id == request.service_at_location_id, ServiceAtLocation.service_id == Service.id)
    chiefly = select(ServiceNeed.need).join(Service, Service.id == ServiceNeed.service_id)
    needs = work.session.scalars(
        chiefly.join(ServiceAtLocation, there[1]).where(there[0], ServiceNeed.weight >= CHIEFLY)
    )
    name = work.session.scalars(select(Service.name).join(ServiceAtLocation, there[1]).where(there[0])).one()
    terms = (
        select(TaxonomyTerm.name)
        .join(Attribute, Attribute.taxonomy_term_id == TaxonomyTerm.id)
        .join(ServiceAtLocation, ServiceAtLocation.service_id == Attribute.link_id)
        .where(there[0], Attribute.link_entity == Service.__tablename__)
    )
    labels = labels_of_request(
        {*request.needs, *needs}, name, request.consent.fields, work.session.scalars(terms).all()
    )
    if faults := faults_of_sharing(request.consent, request.needs, labels):
        raise BadConsent(" ".join(fault.text for fault in faults), faults=faults)
    return bool(labels & STRICT_LABELS)


def _check_not_referred(work: Work, request: Request) -> None:
    query = select(Referral.id).where(
        Referral.person_id == request.person_id,
        Referral.service_at_location_id == request.service_at_location_id,
        Referral.status.in_(OPEN),
        # A refusal must not tell a colleague of a handoff that is hidden from them.
        Referral.restricted.is_(False) | scope.sent_by(work.actor),
    )
    if work.session.scalar(query):
        raise AlreadyReferred(_ALREADY)


def _keep_place(work: Work, line: _Line) -> HoldOutcome:
    until = scope.calendar_of(work, line.person.market_id).hold_until(work.now)
    kept = capacity.hold(work, line.referral_id, line.request.service_at_location_id, until)
    if isinstance(kept, NoCapacity) and not line.request.despite_no_capacity:
        raise NoRoom(_("This service has no room now. Choose another one, or send the request all the same."))
    return kept


def _write(work: Work, line: _Line, consent_id: str) -> Referral:
    request, person, note = line.request, line.person, line.request.note.strip()
    standing = Standing(Status.REQUESTED, work.now, request.urgency)
    row = {
        "id": line.referral_id,
        "organization_id": line.organization_id,
        "consent_id": consent_id,
        "market_id": person.market_id,
        "person_id": person.id,
        "sending_organization_id": person.organization_id,
        "service_at_location_id": request.service_at_location_id,
        "needs": list(dict.fromkeys(request.needs)),
        "urgency": request.urgency,
        "sealed_note": work.vault.seal(note, Place("referral", "sealed_note", line.referral_id)) if note else None,
        "policy": request.policy,
        "override_reason": request.override,
        "requested_by": work.actor.user_id,
        "requested_at": work.now,
        "status": Status.REQUESTED,
        "restricted": line.restricted,
        "positions": 1,
        "due_at": scope.calendar_of(work, person.market_id).due_at(standing),
    }
    if not insert_new(work.session, Referral, row):
        raise AlreadyReferred(_ALREADY)
    referral = work.session.get_one(Referral, line.referral_id)
    history.append(work, referral, Step(Status.REQUESTED), request.asked_as)
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
