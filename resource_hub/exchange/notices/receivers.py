"""To whom a notice goes, and by which link."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from resource_hub.accounts.models import CareTeam, Notice, User, UserMarket
from resource_hub.accounts.values import REFERRERS, Role
from resource_hub.exchange.notices.message import STILL_RIGHT, valid_addresses
from resource_hub.exchange.notices.texts import number_of
from resource_hub.inventory.models import Organization, Phone
from resource_hub.inventory.values import TAKES_TEXTS

# Makes the path of a link to a handoff, by the handoff's id; None where there is none to make.
DESK_PAGE, RECEIVED_PAGE, PARTNER_PAGE = "/desk/", "/desk/received", "/partner/"

LinkOf = Callable[[Session, str], str | None]


@dataclass(frozen=True)
class Receiver:
    """Where a notice goes: to addresses, else to a number that takes texts.

    `page` is their own first page where they sign in; None where they have no account.
    """

    addresses: tuple[str, ...]
    number: str | None
    page: str | None

    @property
    def has_account(self) -> bool:
        """Whether somebody signs in."""
        return self.page is not None


def receiver_of(session: Session, notice: Notice) -> Receiver:
    """Return where a notice goes: its user; or an organization's own users, and without any the listing's address.

    Of an organization that stands for a market's care team these are the market's coordinators and social workers.

    Whether a listing is right is asked at the address that it publishes: that too is checked by the answer.
    """
    people = select(User.email).where(User.active).order_by(User.email)
    if notice.organization_id is None:
        role = session.scalar(select(User.role).where(User.id == notice.user_id))
        page = PARTNER_PAGE if role == Role.PARTNER else DESK_PAGE
        return Receiver(_valid(session, people.where(User.id == notice.user_id)), None, page)
    # Who speaks for an organization that was merged into another speaks for that one now.
    query = select(func.coalesce(Organization.merged_into, Organization.id))
    organization_id = session.scalar(query.where(Organization.id == notice.organization_id)) or notice.organization_id
    if notice.kind != STILL_RIGHT:
        team = _valid(session, people.where(User.role.in_(REFERRERS), _of_care_team(organization_id)))
        partners = people.where(User.organization_id == organization_id, User.role == Role.PARTNER)
        own = _valid(session, partners)
        if team or own:
            return Receiver((*team, *own), None, RECEIVED_PAGE if team else PARTNER_PAGE)
    listed = _valid(session, select(Organization.email).where(Organization.id == organization_id))
    return Receiver(listed, None if listed else _number(session, organization_id), None)


def _of_care_team(organization_id: str) -> ColumnElement[bool]:
    there = select(UserMarket.user_id).join(CareTeam, CareTeam.market_id == UserMarket.market_id)
    return User.id.in_(there.where(CareTeam.organization_id == organization_id))


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
