"""Links by which an organization without an account answers one handoff."""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import func, select, update

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.core.errors import NotAllowed
from resource_hub.core.language import marked as _
from resource_hub.handoff.errors import AnswerLinkOver, NoSuchAnswerLink
from resource_hub.handoff.models import HandoffLink, Referral
from resource_hub.handoff.queries import scope
from resource_hub.handoff.rules.links import OPEN_DAYS, refusal_of
from resource_hub.handoff.service import history
from resource_hub.handoff.values.words import ActorKind
from resource_hub.inventory.models import Organization
from resource_hub.people.models import ConsentRecord

_PURPOSE = "handoff-link"
_TOKEN_BYTES = 24


@dataclass(frozen=True)
class Opened:
    """An open link: the handoff it is for, and the work of the organization that acts through it."""

    referral_id: str
    organization: str
    work: Work


def make_path(work: Work, referral_id: str) -> str | None:
    """Make a link to a handoff and return its path, which nothing stores; None where there is nothing to answer."""
    row = work.session.execute(scope.scoped(work.actor).where(Referral.id == referral_id)).one_or_none()
    if row is None or scope.side_of(work.actor, row[0]) is ActorKind.RECIPIENT or _refusal(work, *row):
        return None
    referral, consent = row
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    work.session.add(
        HandoffLink(
            id=work.new_id(),
            referral_id=referral.id,
            token_index=work.vault.indexes(token, _PURPOSE)[0],
            created_at=work.now,
            created_by=work.actor.user_id,
            expires_at=min(work.now + timedelta(days=OPEN_DAYS), consent.expires_at),
        )
    )
    work.session.flush()
    history.write_down(work, referral, "handoff.link_made")
    return f"/answer/{token}"


def revoke_links(work: Work, referral_id: str) -> int:
    """Take back every link to a handoff; return how many were open. Refuses with NotAllowed who did not send it."""
    scoped = scope.get_scoped(work, referral_id)
    if scoped.kind is ActorKind.RECIPIENT:
        raise NotAllowed(_("Only who sent a handoff takes its links back."))
    referral = scoped.referral
    revoked = open_links(work, referral.id)
    mine = (HandoffLink.referral_id == referral.id) & HandoffLink.revoked_at.is_(None)
    query = update(HandoffLink).where(mine).values(revoked_at=work.now)
    work.session.execute(query.execution_options(synchronize_session=False))
    history.write_down(work, referral, "handoff.links_revoked")
    return revoked


def open_links(work: Work, referral_id: str) -> int:
    """Return how many links to a handoff still open it."""
    query = select(func.count()).where(
        HandoffLink.referral_id == referral_id, HandoffLink.revoked_at.is_(None), HandoffLink.expires_at > work.now
    )
    return work.session.scalar(query) or 0


def open_link(work: Work, token: str) -> Opened:
    """Return what a link is for; refuses with NoSuchAnswerLink, and with AnswerLinkOver what no longer works."""
    indexes = work.vault.indexes(token, _PURPOSE)
    link = work.session.scalar(select(HandoffLink).where(HandoffLink.token_index.in_(indexes)))
    if link is None:
        raise NoSuchAnswerLink(_("This link is not one of ours. Check that all of it was copied."))
    referral = work.session.get_one(Referral, link.referral_id, populate_existing=True)
    consent = work.session.get_one(ConsentRecord, referral.consent_id, populate_existing=True)
    refusal = _refusal(work, referral, consent, link)
    if refusal:
        raise AnswerLinkOver(refusal)
    organization = work.session.get_one(Organization, referral.organization_id)
    actor = Actor(None, Role.PARTNER, organization.name, organization_id=organization.id)
    return Opened(referral.id, organization.name, replace(work, actor=actor))


def write_opening(opened: Opened) -> None:
    """Write down that a link was opened."""
    referral = scope.get_scoped(opened.work, opened.referral_id).referral
    history.write_down(opened.work, referral, "handoff.link_opened", ("as", scope.BY_LINK))


def _refusal(work: Work, referral: Referral, consent: ConsentRecord, link: HandoffLink | None = None) -> str | None:
    return refusal_of(
        work.now,
        status=referral.status,
        settled=referral.due_at is None,
        consent_holds=scope.holds(consent, work.now),
        expires_at=link.expires_at if link else consent.expires_at,
        revoked_at=link.revoked_at if link else None,
    )
