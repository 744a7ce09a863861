"""Which handoffs somebody may see. Every query starts here: outside of it there is nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, select, true

from resource_hub.accounts.values import REFERRERS, Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotAllowed, NotFound
from resource_hub.core.language import marked as _
from resource_hub.core.workdays import IsBusinessDay, business_days_of
from resource_hub.handoff.models import Referral
from resource_hub.handoff.rules import due
from resource_hub.handoff.values import ActorKind, Standing, Status
from resource_hub.inventory.models import Market, Organization
from resource_hub.people.models import ConsentRecord

BY_LINK = "recipient-by-link"


@dataclass(frozen=True)
class Calendar:
    """A market's clock and business days."""

    zone: str
    is_business_day: IsBusinessDay

    def due_at(self, standing: Standing) -> datetime | None:
        """Return when the next thing is due."""
        return due.due_at(standing, self.zone, self.is_business_day)

    def hold_until(self, now: datetime) -> datetime:
        """Return until when a place is kept."""
        return due.hold_until(now, self.zone, self.is_business_day)


@dataclass(frozen=True)
class Scoped:
    """A handoff that the actor may see, and on which side of it they stand."""

    referral: Referral
    consent: ConsentRecord
    kind: ActorKind


def get_scoped(work: Work, referral_id: str) -> Scoped:
    """Return a handoff; refuses with NotFound outside the actor's scope."""
    row = work.session.execute(scoped(work.actor).where(Referral.id == referral_id)).one_or_none()
    if row is None:
        raise NotFound(_("There is no such handoff."))
    return Scoped(row[0], row[1], kind_of(work.actor))


def scoped(actor: Actor) -> Select[Referral, ConsentRecord]:
    """Select the handoffs of an actor with their consents, as they are in the database now."""
    query = select(Referral, ConsentRecord).join(ConsentRecord, ConsentRecord.id == Referral.consent_id)
    return query.where(_mine(actor)).execution_options(populate_existing=True)


def kind_of(actor: Actor) -> ActorKind:
    """Return the side on which an actor stands; refuses with NotAllowed who has no part in handoffs."""
    if actor.role is None:
        return ActorKind.SYSTEM
    if actor.role is Role.PARTNER:
        return ActorKind.RECIPIENT
    if actor.role in REFERRERS:
        return ActorKind.REFERRER
    raise NotAllowed(_("Only care coordinators, social workers and partners see handoffs."))


def by_link(actor: Actor) -> bool:
    """Tell whether an organization acts through a link, without an account."""
    return actor.role is Role.PARTNER and actor.user_id is None


def acting_as(actor: Actor) -> str:
    """Return how the history names the side of an actor."""
    return BY_LINK if by_link(actor) else kind_of(actor)


def reads_on(work: Work, scoped: Scoped) -> bool:
    """Tell whether the actor may read what both sides write: the organization only while the consent holds."""
    return scoped.kind is not ActorKind.RECIPIENT or holds(scoped.consent, work.now)


def holds(consent: ConsentRecord, now: datetime) -> bool:
    """Tell whether a consent holds now."""
    return consent.revoked_at is None and now < consent.expires_at


def calendar_of(work: Work, market_id: str) -> Calendar:
    """Return the calendar of a market."""
    market = work.session.get_one(Market, market_id)
    return Calendar(market.time_zone, business_days_of(market.state))


def _mine(actor: Actor) -> ColumnElement[bool]:
    if actor.role is None:
        return true()
    if actor.role is Role.PARTNER:
        # A draft has not been sent to anybody yet.
        merged = select(Organization.id).where(Organization.merged_into == actor.organization_id)
        own = (Referral.organization_id == actor.organization_id) | Referral.organization_id.in_(merged)
        return own & (Referral.status != Status.DRAFT)
    return Referral.market_id.in_(actor.market_ids) if actor.role in REFERRERS else false()
