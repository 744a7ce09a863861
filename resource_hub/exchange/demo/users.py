"""The demo accounts, one for each role and two partners."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from resource_hub.accounts import service
from resource_hub.accounts.queries import find_user
from resource_hub.accounts.values import NewUser, Role
from resource_hub.accounts.work import Work
from resource_hub.exchange.demo.recipes import AccountRecipe, read_accounts
from resource_hub.exchange.demo.sheet import demo_id
from resource_hub.inventory.models import Market, Organization


@dataclass(frozen=True)
class DemoAccount:
    """What somebody needs to sign in to the demo."""

    email: str
    password: str
    role: Role
    markets: tuple[str, ...]


def demo_accounts(session: Session) -> list[DemoAccount]:
    """Return the demo accounts that are there, active, and still have the password of the demo."""
    return [
        DemoAccount(account.email, account.password, Role(account.role), tuple(account.markets))
        for account in read_accounts()
        if (user := find_user(session, account.email)) and user.active and service.has_password(user, account.password)
    ]


def add_accounts(work: Work) -> None:
    """Add the demo accounts that are not there yet; an address that somebody has already stays theirs."""
    for account in read_accounts():
        if find_user(work.session, account.email) is None:
            service.add_user(work, _new_user(account))


def market_id(slug: str) -> str:
    """Return the id of a demo market."""
    return demo_id(slug, Market)


def _new_user(account: AccountRecipe) -> NewUser:
    return NewUser(
        email=account.email,
        name=account.name,
        role=Role(account.role),
        password=account.password,
        market_ids=frozenset(map(market_id, account.markets)),
        organization_id=demo_id(account.markets[0], Organization, account.organization)
        if account.organization
        else None,
    )
