"""Which organization of a market stands for its care team, so that partners can send people to it."""

from sqlalchemy import select

from resource_hub.accounts import audit
from resource_hub.accounts.models import CareTeam
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.db import put_row
from resource_hub.core.errors import NotFound
from resource_hub.inventory import queries
from resource_hub.inventory.models import Organization


def set_care_team(work: Work, slug: str, organization_id: str) -> Organization:
    """Let an organization of a market stand for its care team, in place of another; return it.

    Refuses with NoSuchMarket, and with no_such_organization where the market has none with this id.
    """
    market = queries.get_market(work.session, slug)
    mine = (Organization.id == organization_id, Organization.market_id == market.id)
    organization = work.session.scalar(select(Organization).where(*mine, Organization.merged_into.is_(None)))
    if organization is None:
        text = f"“{market.slug}” has no organization with this id. Look it up: resource-hub export, organizations."
        raise NotFound(text, code="no_such_organization")
    put_row(work.session, CareTeam, {"market_id": market.id}, {"organization_id": organization.id})
    detail = (("organization", organization.id),)
    audit.record(work, AuditEntry("market.care_team_set", "market", market.id, detail), market_id=market.id)
    return organization
