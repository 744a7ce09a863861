"""The questions and answers of a handoff."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from resource_hub.accounts.models import User
from resource_hub.accounts.work import Work
from resource_hub.core.encryption import Place
from resource_hub.handoff.models import HandoffMessage, Referral
from resource_hub.handoff.queries import scope
from resource_hub.inventory.models import Organization


@dataclass(frozen=True)
class MessageShown:
    """One question or answer; `who` is a user's name or the organization's, `written_as` the side, `at` is UTC."""

    text: str = field(repr=False)
    who: str
    written_as: str
    at: datetime


def messages_of(work: Work, referral_id: str) -> list[MessageShown]:
    """Return the questions and answers of a handoff, oldest first; refuses with NotFound outside the actor's scope.

    An organization whose consent has ended is shown none.
    """
    if not scope.reads_on(work, scope.get_scoped(work, referral_id)):
        return []
    query = (
        select(HandoffMessage, User.name, Organization.name)
        .join(Referral, Referral.id == HandoffMessage.referral_id)
        .join(Organization, Organization.id == Referral.organization_id)
        .outerjoin(User, User.id == HandoffMessage.written_by)
        .where(HandoffMessage.referral_id == referral_id)
        .order_by(HandoffMessage.at, HandoffMessage.id)
    )
    return [
        MessageShown(work.vault.open(row.sealed_text, place_of(row.id)), user or organization, row.written_as, row.at)
        for row, user, organization in work.session.execute(query)
    ]


def place_of(message_id: str) -> Place:
    """Return where the text of a message is sealed."""
    return Place(HandoffMessage.__tablename__, "sealed_text", message_id)
