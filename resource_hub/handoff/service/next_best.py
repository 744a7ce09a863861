"""When nobody answers: the worker proposes the next best service, and the referrer says yes once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.core.clock import local_date
from resource_hub.core.db import insert_new
from resource_hub.core.encryption import Place
from resource_hub.core.errors import NotAllowed
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import NotNow
from resource_hub.handoff.models import HandoffStatus, NextBest, Referral
from resource_hub.handoff.queries import scope
from resource_hub.handoff.rules.due import SILENT_BUSINESS_DAYS, silent_at
from resource_hub.handoff.service.moving import move
from resource_hub.handoff.service.referring import refer
from resource_hub.handoff.service.telling import tell_owner
from resource_hub.handoff.values.asked import Referred, Request
from resource_hub.handoff.values.words import ActorKind, Reason, Status, Urgency
from resource_hub.inventory.models import Market, Organization, Service, ServiceAtLocation
from resource_hub.matching.asking import Wish, query_of
from resource_hub.matching.policy import current
from resource_hub.matching.service import match
from resource_hub.people import queries as people
from resource_hub.people.models import ConsentRecord
from resource_hub.people.rules.sharing import facts_for_matching
from resource_hub.people.rules.validate import fact_text
from resource_hub.people.values import Basis, ConsentTerms, HowGiven

USUAL_DAYS = 90
LOOKED_AT = 20


@dataclass(frozen=True)
class Proposal:
    """What is proposed in place of a silent organization; nothing where nothing else fits."""

    referral_id: str
    service_at_location_id: str | None
    service: str = ""
    organization: str = ""


def find_next_best(work: Work, limit: int = 100) -> list[Proposal]:
    """Look for the next best service of each request that nobody answered in four business days. Writes nothing."""
    query = (
        select(Referral, HandoffStatus.at)
        .join(
            HandoffStatus,
            (HandoffStatus.referral_id == Referral.id) & (HandoffStatus.position == Referral.positions),
        )
        .outerjoin(NextBest, NextBest.referral_id == Referral.id)
        .where(
            Referral.status == Status.REQUESTED,
            NextBest.referral_id.is_(None),
            HandoffStatus.at <= work.now - timedelta(days=SILENT_BUSINESS_DAYS),
        )
        .order_by(HandoffStatus.at, Referral.id)
    )
    # Only a market's own holidays tell which of them are silent: one that has none does not wait for another's.
    silent = (referral for referral, since in work.session.execute(query).all() if _is_silent(work, referral, since))
    return [Proposal(referral.id, _best(work, referral)) for referral in islice(silent, limit)]


def propose(work: Work, proposal: Proposal) -> bool:
    """Write a proposal down, once for each handoff, and tell whoever asked; return whether it was new."""
    referral = work.session.get_one(Referral, proposal.referral_id)
    row = {
        "referral_id": referral.id,
        "service_at_location_id": proposal.service_at_location_id,
        "proposed_at": work.now,
    }
    if referral.status != Status.REQUESTED or not insert_new(work.session, NextBest, row):
        return False
    tell_owner(work, referral, "handoff.next_best", referral.id)
    return True


def proposal_of(work: Work, referral_id: str) -> Proposal | None:
    """Return what is proposed for a request that still waits; None where nothing is. Refuses as `get_handoff` does."""
    referral = scope.get_scoped(work, referral_id).referral
    found = work.session.get(NextBest, referral.id)
    if found is None or referral.status != Status.REQUESTED:
        return None
    query = (
        select(Service.name, Organization.name)
        .join(ServiceAtLocation, ServiceAtLocation.service_id == Service.id)
        .join(Organization, Organization.id == Service.organization_id)
        .where(ServiceAtLocation.id == found.service_at_location_id)
    )
    names = work.session.execute(query).one_or_none()
    return Proposal(referral.id, found.service_at_location_id, *names) if names else Proposal(referral.id, None)


def offer_next_best(work: Work, referral_id: str, how_given: HowGiven) -> Referred:
    """Withdraw a request that nobody answered and ask the proposed service, with a new consent for it.

    The person agreed, as `how_given` says, that the new organization sees the same fields. Refuses with not_now where
    nothing is proposed any more, and as `move` and `refer` do; then nothing is written.
    """
    with work.session.begin_nested():
        scoped = scope.get_scoped(work, referral_id)
        if scoped.kind is not ActorKind.REFERRER:
            raise NotAllowed(_("Only who sent a handoff offers it to somebody else."))
        proposal = proposal_of(work, referral_id)
        if proposal is None or proposal.service_at_location_id is None:
            raise NotNow(_("Nothing is proposed for this request any more. Look at it again."))
        referral, consent = scoped.referral, scoped.consent
        request = _request(work, referral, consent, proposal.service_at_location_id, how_given)
        move(work, referral_id, Status.CANCELLED, Reason.NO_ANSWER)
        return refer(work, request)


def _request(
    work: Work, referral: Referral, consent: ConsentRecord, service_at_location_id: str, how_given: HowGiven
) -> Request:
    place = Place(Referral.__tablename__, "sealed_note", referral.id)
    return Request(
        person_id=referral.person_id,
        service_at_location_id=service_at_location_id,
        needs=tuple(referral.needs),
        consent=ConsentTerms(frozenset(consent.fields), Basis(consent.basis), how_given, USUAL_DAYS),
        urgency=Urgency(referral.urgency),
        note=work.vault.open(referral.sealed_note, place) if referral.sealed_note else "",
        policy=current().version,
    )


def _is_silent(work: Work, referral: Referral, since: datetime) -> bool:
    calendar = scope.calendar_of(work, referral.market_id)
    return silent_at(since, calendar.zone, calendar.is_business_day) <= work.now


def _best(work: Work, referral: Referral) -> str | None:
    market = work.session.get_one(Market, referral.market_id)
    person = people.get_person(work, referral.person_id)
    facts = facts_for_matching(person, local_date(work.now, market.time_zone))
    wish = Wish(
        needs=tuple(referral.needs),
        near=person.postal_code or None,
        facts={name: fact_text(value) for name, value in facts.items()},
        language=person.language or None,
        limit=LOOKED_AT,
    )
    ranking = match(work.session, market, query_of(wish, market.time_zone, work.now), current())
    places = [one.listing.service_at_location_id for one in ranking.matches]
    taken = _taken(work, referral, places)
    return next((place for place in places if place not in taken), None)


def _taken(work: Work, referral: Referral, places: list[str]) -> frozenset[str]:
    """Return the places that the person was already sent to, and all of the organization that does not answer."""
    sent = select(Referral.service_at_location_id).where(Referral.person_id == referral.person_id)
    own = (
        select(ServiceAtLocation.id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .where(ServiceAtLocation.id.in_(places), Service.organization_id == referral.organization_id)
    )
    return frozenset([*work.session.scalars(sent), *work.session.scalars(own)])
