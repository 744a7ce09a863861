"""Partners send people too: they write down whom they want to send, and find the care team that takes them."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import select

from resource_hub.accounts.models import CareTeam
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.codes import check_need
from resource_hub.core.errors import Fault, NotAllowed
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import BadRequest
from resource_hub.inventory.models import Location, Organization, Service, ServiceAtLocation
from resource_hub.people import consent
from resource_hub.people import service as people
from resource_hub.people.values import (
    LONGEST_CONSENT_DAYS,
    Basis,
    ConsentTerms,
    HowGiven,
    NewPerson,
    NewRoute,
    Purpose,
)
from resource_hub.screening.service.needs import choose_needs
from resource_hub.screening.values import WantsHelp

MOST_NEEDS = 24


@dataclass(frozen=True, repr=False)
class PersonToSend:
    """The least about somebody whom an organization sends, and how they agreed that it is written down here."""

    name: str
    routes: tuple[NewRoute, ...]
    needs: tuple[str, ...]
    how_given: HowGiven
    postal_code: str = ""
    language: str = ""


@dataclass(frozen=True)
class Door:
    """A place where the care team takes people."""

    service_at_location_id: str
    service: str
    organization: str
    location: str


def record_person(work: Work, sent: PersonToSend) -> str:
    """Write down a person whom the actor's organization wants to send, for that organization alone; return their id.

    Refuses with NotAllowed who is no partner with an account, with bad_request without a need or a way to reach the
    person, with BadPerson for what cannot be.
    """
    organization_id = work.actor.keeps_for
    if work.actor.role is not Role.PARTNER or not work.actor.user_id or organization_id is None:
        raise NotAllowed(_("Only partners with an account write down whom they send."))
    faults = tuple(_faults(sent))
    if faults:
        raise BadRequest(" ".join(fault.text for fault in faults), faults=faults)
    needs = list(dict.fromkeys(map(check_need, sent.needs)))[:MOST_NEEDS]
    market_id = work.session.get_one(Organization, organization_id).market_id
    # A partner belongs to an organization, and so to its market, whatever markets the account names.
    at_home = replace(work, actor=replace(work.actor, market_ids=frozenset({market_id})))
    new = NewPerson(sent.name, postal_code=sent.postal_code, language=sent.language, routes=sent.routes)
    with work.session.begin_nested():
        person = people.add_person(at_home, market_id, new)
        terms = ConsentTerms(_kept(sent), Basis.AUTHORIZATION, sent.how_given, LONGEST_CONSENT_DAYS, Purpose.HANDOFF)
        consent.give(at_home, person.id, organization_id, terms)
        choose_needs(at_home, person.id, dict.fromkeys(needs, WantsHelp.YES))
    return person.id


def care_team_doors(work: Work, market_id: str) -> list[Door]:
    """Return where the care team of a market takes people, by name; nothing where the market names no care team."""
    query = (
        select(ServiceAtLocation.id, Service.name, Organization.name, Location.name)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .join(Organization, Organization.id == Service.organization_id)
        .join(CareTeam, CareTeam.organization_id == Organization.id)
        .outerjoin(Location, Location.id == ServiceAtLocation.location_id)
        .where(
            CareTeam.market_id == market_id,
            ServiceAtLocation.market_id == market_id,
            ServiceAtLocation.merged_into.is_(None),
            Service.status == "active",
        )
        .order_by(Service.name, Location.name, ServiceAtLocation.id)
    )
    return [Door(*row[:3], row[3] or "") for row in work.session.execute(query)]


def _faults(sent: PersonToSend) -> Collection[Fault]:
    missing = (
        (sent.needs, "needs", _("Choose what the person wants help with.")),
        (sent.routes, "routes.0.value", _("Write down at least one way to reach the person.")),
    )
    return [Fault(field, "missing", text) for value, field, text in missing if not value]


def _kept(sent: PersonToSend) -> frozenset[str]:
    also = {"postal_code": sent.postal_code, "language": sent.language}
    return frozenset({"name", "contact_routes", "needs", *(name for name, text in also.items() if text)})
