"""Which handoffs somebody may see. Every query starts here: outside of it there is nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, select, true

from resource_hub.accounts.values import REFERRERS, Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotFound
from resource_hub.core.language import marked as _
from resource_hub.core.workdays import IsBusinessDay, business_days_of
from resource_hub.handoff.models import Referral
from resource_hub.handoff.rules import due
from resource_hub.handoff.values.course import Standing
from resource_hub.handoff.values.words import ActorKind, Status
from resource_hub.inventory.models import Market, Organization
from resource_hub.people.models import ConsentRecord, PersonRecord

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
    return Scoped(row[0], row[1], side_of(work.actor, row[0]))


def scoped(actor: Actor) -> Select[Referral, ConsentRecord]:
    """Select the handoffs of an actor with their consents, as they are in the database now."""
    query = select(Referral, ConsentRecord).join(ConsentRecord, ConsentRecord.id == Referral.consent_id)
    return query.where(sent_by(actor) | received_by(actor)).execution_options(populate_existing=True)


def sent_by(actor: Actor) -> ColumnElement[bool]:
    """Return which handoffs an actor's side sent: the care team of their markets, or their organization."""
    if actor.role is None:
        return true()
    if actor.role is Role.PARTNER and actor.user_id:
        return (Referral.sending_organization_id == (actor.organization_id or "")) & _may_know(actor)
    if actor.role not in REFERRERS:
        return false()
    own = Referral.market_id.in_(actor.market_ids) & Referral.sending_organization_id.is_(None)
    return own & _may_know(actor)


def received_by(actor: Actor) -> ColumnElement[bool]:
    """Return which handoffs were sent to an actor's organization, or by partners to the care team of their markets."""
    # A draft has not been sent to anybody yet.
    is_sent = Referral.status != Status.DRAFT
    if actor.role is Role.PARTNER:
        # Without an organization it must be no id, for "is null" would be true of most.
        return _asked({actor.organization_id or ""}) & is_sent
    if actor.role not in REFERRERS or not actor.care_team_ids:
        return false()
    to_team = _asked(actor.care_team_ids) & Referral.sending_organization_id.is_not(None)
    return to_team & Referral.market_id.in_(actor.market_ids) & is_sent


def side_of(actor: Actor, referral: Referral) -> ActorKind:
    """Return the side of a handoff on which an actor stands, who is known to see it."""
    if actor.role is None:
        return ActorKind.SYSTEM
    # What a care team sees was either sent by it, or by a partner to it.
    is_own = referral.sending_organization_id == actor.keeps_for
    return ActorKind.REFERRER if is_own else ActorKind.RECIPIENT


def has_part(actor: Actor) -> bool:
    """Tell whether somebody's role has to do with handoffs."""
    return actor.role is None or actor.role is Role.PARTNER or actor.role in REFERRERS


def by_link(actor: Actor) -> bool:
    """Tell whether an organization acts through a link, without an account."""
    return actor.role is Role.PARTNER and actor.user_id is None


def acting_as(actor: Actor, kind: ActorKind) -> str:
    """Return how the history names the side of an actor."""
    return BY_LINK if by_link(actor) else kind


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


def _asked(organization_ids: Collection[str]) -> ColumnElement[bool]:
    """Return which handoffs ask one of these organizations, or one that was merged into it meanwhile."""
    merged = select(Organization.id).where(Organization.merged_into.in_(organization_ids))
    return Referral.organization_id.in_(organization_ids) | Referral.organization_id.in_(merged)


def _may_know(actor: Actor) -> ColumnElement[bool]:
    """Return which of a side's own handoffs somebody sees: of restricted ones only the sender's and of their people."""
    own_people = Referral.person_id.in_(select(PersonRecord.id).where(PersonRecord.created_by == actor.user_id))
    owner = Referral.requested_by.is_(None) | (Referral.requested_by == actor.user_id)
    return Referral.restricted.is_(False) | owner | own_people
