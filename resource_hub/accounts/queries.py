"""Finding users."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.accounts.models import User
from resource_hub.accounts.rules import normal_email
from resource_hub.accounts.values import REFERRERS, Actor, Role


def find_user(session: Session, email: str) -> User | None:
    """Return the user who signs in with an address."""
    return session.scalar(select(User).where(User.email == normal_email(email)))


def list_users(session: Session) -> list[User]:
    """Return all users by address."""
    return list(session.scalars(select(User).order_by(User.email)))


def names_of(session: Session, user_ids: Collection[str]) -> dict[str, str]:
    """Return the names of users by their id; who is not a user is missing."""
    found = session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {row.id: row.name for row in found}


def find_actor(session: Session, user_id: str, session_epoch: int) -> Actor | None:
    """Return who acts in a signed-in session; None when the user is gone or the session was ended."""
    user = session.get(User, user_id)
    if user is None or not user.active or user.session_epoch != session_epoch:
        return None
    return as_actor(user)


def as_actor(user: User) -> Actor:
    """Return a user as the one who acts."""
    markets = frozenset(market.market_id for market in user.markets)
    teams = [market.care_team for market in user.markets] if user.role in REFERRERS else []
    care_teams = frozenset(team.organization_id for team in teams if team)
    return Actor(user.id, Role(user.role), user.name, markets, user.organization_id, care_teams)
