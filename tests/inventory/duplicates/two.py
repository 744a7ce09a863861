"""Two records of one organization, each with what hangs on it, as two sources would state them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.accounts.work import Work
from resource_hub.core.db import Base
from resource_hub.inventory.models import (
    Attribute,
    Contact,
    EligibilityRule,
    Market,
    Phone,
    Program,
    Schedule,
    TaxonomyTerm,
    Verification,
)
from resource_hub.inventory.service.merging.steps import table_named
from resource_hub.inventory.values import MergeRequest, RecordKind
from tests.factories import Listing, a_listing, an_organization, stamps

# What a merge and its undoing leave for ever.
TRACES = frozenset({"metadata", "record_merge", "duplicate_pair", "audit_log", "audit_chain", "audit_row", "market"})


@dataclass(frozen=True)
class Two:
    """Two listings that are one."""

    market: Market
    kept: Listing
    gone: Listing

    def request(self, kind: RecordKind, taken: frozenset[str] = frozenset()) -> MergeRequest:
        """Return the steward's word that they are one."""
        kept, gone = (getattr(one, kind.value) for one in (self.kept, self.gone))
        return MergeRequest(kind, kept.id, gone.id, taken, (kept.changed_at, gone.changed_at))


def two(work: Work, market: Market) -> Two:
    """Two organizations, each with a service at a location, and parts of every kind."""
    listings = []
    for name in ("Harbor Table", "The Harbor Table, Inc."):
        organization = an_organization(work, market, name)
        listing = a_listing(work, market, name=f"{name} pantry", organization=organization)
        _add_parts(work, market, listing, name)
        listings.append(listing)
    return Two(market, *listings)


def _add_parts(work: Work, market: Market, listing: Listing, name: str) -> None:
    service, place = listing.service.id, listing.location.id
    term = TaxonomyTerm(**stamps(work, market), name=f"Food of {name}")
    work.session.add(term)
    work.session.flush()
    work.session.add_all(
        [
            Phone(**stamps(work, market), organization_id=listing.organization.id, number="410-555-0100"),
            Phone(**stamps(work, market), service_id=service, number=f"410-555-0{len(name):03}"),
            Contact(**stamps(work, market), location_id=place, title="Desk"),
            Program(**stamps(work, market), organization_id=listing.organization.id, name="Pantry"),
            Schedule(**stamps(work, market), service_id=service, byday="MO", opens_at="09:00", closes_at="12:00"),
            Attribute(**stamps(work, market), link_entity="service", link_id=service, taxonomy_term_id=term.id),
            Verification(
                service_id=service, fact_kind="hours" if "Inc" in name else "phone", market_id=market.id,
                verified_on=work.now.date(), source="test",
            ),
            EligibilityRule(
                id=work.new_id(), market_id=market.id, service_id=service, fact="age", operator="at_least", value=18,
                status="approved", source="import", created_at=work.now,
            ),
        ]
    )  # fmt: skip
    work.session.flush()


def everything(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table but the traces of merges."""
    session.flush()
    return {
        name: sorted(tuple(map(repr, row)) for row in session.connection().execute(select(table_named(name))))
        for name in Base.metadata.tables
        if name not in TRACES
    }
