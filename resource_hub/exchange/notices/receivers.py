"""To whom a notice goes, and by which link."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from resource_hub.accounts.models import Notice, User
from resource_hub.accounts.values import Role
from resource_hub.exchange.notices.message import STILL_RIGHT, valid_addresses
from resource_hub.exchange.notices.texts import number_of
from resource_hub.inventory.models import Organization, Phone
from resource_hub.inventory.values import TAKES_TEXTS

# Makes the path of a link to a handoff, by the handoff's id; None where there is none to make.
LinkOf = Callable[[Session, str], str | None]


@dataclass(frozen=True)
class Receiver:
    """Where a notice goes: to addresses, else to a number that takes texts. `has_account` where somebody signs in."""

    addresses: tuple[str, ...]
    number: str | None
    has_account: bool


def receiver_of(session: Session, notice: Notice) -> Receiver:
    """Return where a notice goes: its user; or an organization's own users, and without any the listing's address.

    Whether a listing is right is asked at the address that it publishes: that too is checked by the answer.
    """
    people = select(User.email).where(User.active).order_by(User.email)
    if notice.organization_id is None:
        return Receiver(_valid(session, people.where(User.id == notice.user_id)), None, has_account=True)
    partners = _valid(session, people.where(User.organization_id == notice.organization_id, User.role == Role.PARTNER))
    if partners and notice.kind != STILL_RIGHT:
        return Receiver(partners, None, has_account=True)
    listed = _valid(session, select(Organization.email).where(Organization.id == notice.organization_id))
    return Receiver(listed, None if listed else _number(session, notice.organization_id), has_account=False)


def _valid(session: Session, query: Select[str] | Select[str | None]) -> tuple[str, ...]:
    return tuple(valid_addresses(list(session.scalars(query))))


def _number(session: Session, organization_id: str) -> str | None:
    query = (
        select(Phone.number, Phone.type)
        .where(Phone.organization_id == organization_id, Phone.type.is_not(None))
        .order_by(Phone.id)
    )
    numbers = (number_of(number) for number, kind in session.execute(query) if (kind or "").lower() in TAKES_TEXTS)
    return next((number for number in numbers if number), None)
