"""Links by which an organization says, without an account, that its listings are right, or what changed."""

import hmac
from collections.abc import Collection
from datetime import timedelta

from resource_hub.accounts import audit, outbox
from resource_hub.accounts.values import STEWARDS, AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.errors import Fault
from resource_hub.core.language import marked
from resource_hub.inventory.errors import BadReport, LinkOver, NoSuchLink, NoSuchListing, StewardsOnly
from resource_hub.inventory.models import CheckLink, ErrorReport, Market, Organization, Service
from resource_hub.inventory.queries import links as stored
from resource_hub.inventory.queries import listings
from resource_hub.inventory.rules.links import SIGNATURE, Standing, signed_words, standing
from resource_hub.inventory.service.calls import write_attempt
from resource_hub.inventory.service.changes import ORGANIZATION
from resource_hub.inventory.service.markets import move_on
from resource_hub.inventory.service.reports import report_error
from resource_hub.inventory.service.verification import confirm
from resource_hub.inventory.values import AskTerms, CallOutcome, FactKind, ReportKind

NOTICE = "still-right"
_PURPOSE = "check-link"


def make_link(work: Work, organization_id: str, open_days: int) -> CheckLink:
    """Make a link for an organization that works for so many days.

    Refuses with StewardsOnly, and with NoSuchListing outside the steward's markets.
    """
    link = _new_link(work, _own_organization(work, organization_id), open_days)
    _write(work, link)
    return link


def revoke_link(work: Work, link_id: str) -> CheckLink:
    """Take a link back; refuses as `make_link` does, and with NoSuchLink."""
    link = work.session.get(CheckLink, link_id)
    if link is None:
        raise NoSuchLink("There is no such link.")
    _own_organization(work, link.organization_id)
    link.revoked_at = link.revoked_at or work.now
    work.session.flush()
    _audit(work, "link.revoked", link)
    return link


def send_link(work: Work, link: CheckLink, key: str = "") -> bool:
    """Queue the mail that brings a link to the address that the organization publishes; return whether it was new."""
    return outbox.notify_organization(
        work, link.organization_id, NOTICE, f"{NOTICE}:{key or link.id}", path=path_of(work, link)
    )


def path_of(work: Work, link: CheckLink) -> str:
    """Return the path of a link's page, with its signature."""
    return f"/still-right/{link.id}/{_signatures(work, link)[0]}"


def open_link(work: Work, link_id: str, signature: str) -> CheckLink:
    """Return the link of an address; refuses with NoSuchLink, and with LinkOver what no longer works."""
    link = work.session.get(CheckLink, link_id)
    if link is None or not any(_same(one, signature) for one in _signatures(work, link)):
        raise NoSuchLink(marked("This link is not one of ours. Check that all of it was copied."))
    stands = standing(link.expires_at, link.revoked_at, work.now)
    if stands is Standing.REVOKED:
        raise LinkOver(marked("This link was taken back. Nothing was changed. Ask us for a new one."))
    if stands is Standing.OVER:
        raise LinkOver(marked("This link has run out. Nothing was changed. Ask us for a new one."))
    return link


def say_right(work: Work, link: CheckLink, service_ids: Collection[str]) -> int:
    """Write down that the organization says its listings are right; return of how many.

    Where it has just said that something changed, its listing waits for a steward. Reports of others stay open.
    """
    market = work.session.get_one(Market, link.market_id)
    services = [
        service
        for service in stored.services_of(work.session, link.organization_id)
        if service.id in service_ids and not _is_changing(work, service)
    ]
    confirm(work, market, services, FactKind, ORGANIZATION)
    for service in services:
        listing = listings.get_listing(work.session, work.actor, service.id)
        write_attempt(work, listing, CallOutcome.RIGHT, ORGANIZATION)
    move_on(market)
    link.used_at = work.now
    work.session.flush()
    _audit(work, "link.said_right", link)
    return len(services)


def say_changed(work: Work, link: CheckLink, service_id: str, text: str) -> ErrorReport:
    """Give a steward what the organization says has changed; refuses an empty text and one that is too long."""
    own = stored.services_of(work.session, link.organization_id)
    service = next((one for one in own if one.id == service_id), None)
    if service is None:
        raise NoSuchListing(marked("There is no such listing."))
    if not text:
        words = marked("Write what has changed.")
        raise BadReport(words, faults=(Fault("note", "missing", words),))
    link.used_at = work.now
    return report_error(work, service, ReportKind.CHANGED, text, ORGANIZATION)


def ask_organizations(work: Work, terms: AskTerms, limit: int = 100) -> int:
    """Send a link to organizations whose facts have aged, each at most once in the terms' time; return to how many."""
    asked = 0
    for organization in stored.organizations_to_ask(work.session, terms, work.now, limit):
        # Two workers that come at once write the same key: the second sends nothing, and leaves no link behind.
        turn = work.now.toordinal() // terms.every_days
        link = _new_link(work, organization, terms.open_days)
        if send_link(work, link, f"{organization.id}:{turn}"):
            _write(work, link)
            asked += 1
    return asked


def _new_link(work: Work, organization: Organization, open_days: int) -> CheckLink:
    return CheckLink(
        id=work.new_id(),
        market_id=organization.market_id,
        organization_id=organization.id,
        created_at=work.now,
        created_by=work.actor.user_id,
        expires_at=work.now + timedelta(days=open_days),
    )


def _write(work: Work, link: CheckLink) -> None:
    work.session.add(link)
    work.session.flush()
    _audit(work, "link.made", link)


def _signatures(work: Work, link: CheckLink) -> list[str]:
    words = signed_words(link.id, link.expires_at)
    return [one[:SIGNATURE] for one in work.vault.indexes(words, _PURPOSE)]


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _is_changing(work: Work, service: Service) -> bool:
    return stored.is_open(work.session, service.id, ReportKind.CHANGED)


def _own_organization(work: Work, organization_id: str) -> Organization:
    if work.actor.role is not None and work.actor.role not in STEWARDS:
        raise StewardsOnly("Only stewards make links for organizations.")
    organization = work.session.get(Organization, organization_id)
    if organization is None or not listings.sees(work.actor, organization.market_id):
        raise NoSuchListing("There is no such organization.")
    return organization


def _audit(work: Work, action: str, link: CheckLink) -> None:
    entry = AuditEntry(action, "organization", link.organization_id, (("link", link.id),))
    audit.record(work, entry, market_id=link.market_id)
