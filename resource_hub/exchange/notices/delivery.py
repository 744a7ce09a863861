"""Delivering what is due: claim, send, mark."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlalchemy import CursorResult, Select, func, select, update
from sqlalchemy.orm import Session

from resource_hub.accounts.models import Notice, User
from resource_hub.accounts.values import Role
from resource_hub.core.clock import Clock
from resource_hub.core.db import Database
from resource_hub.exchange.notices.message import PATHS, STILL_RIGHT, Letter, message, valid_addresses
from resource_hub.exchange.notices.senders import NotSent, Sender
from resource_hub.inventory.models import Organization

MOST_ATTEMPTS = 20
LONGEST_WAIT = timedelta(hours=6)
NO_ADDRESS = "no_address"


@dataclass(frozen=True)
class Delivery:
    """How many notices were sent, and how many have to be tried again or were given up."""

    sent: int = 0
    failed: int = 0


@dataclass(frozen=True)
class _Claimed:
    mail: EmailMessage | None
    attempts: int


def deliver_due(database: Database, sender: Sender, clock: Clock, limit: int = 100, site: str = "") -> Delivery:
    """Send the notices that are due, at most `limit`; `site` stands before the pages that they lead to.

    A claim is committed before the message is sent and ends by itself: a worker that dies in between has its notice
    sent by the next one, at the price of sending one twice at worst.
    """
    with database.read() as session:
        due = list(session.scalars(_due(clock()).limit(limit)))
    results = [_deliver(database, sender, clock, notice_id, site) for notice_id in due]
    return Delivery(results.count(True), results.count(False))


def waiting(session: Session) -> int:
    """Return how many notices are still to be sent."""
    query = select(func.count()).select_from(Notice).where(Notice.next_attempt_at.is_not(None))
    return session.scalar(query) or 0


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many attempts: a minute, then twice as long each time; None to give up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return min(LONGEST_WAIT, timedelta(minutes=2 ** (attempts - 1)))


def _due(now: datetime) -> Select[str]:
    return select(Notice.id).where(Notice.next_attempt_at <= now).order_by(Notice.next_attempt_at, Notice.id)


def _deliver(database: Database, sender: Sender, clock: Clock, notice_id: str, site: str) -> bool | None:
    with database.write() as session:
        claimed = _claim(session, notice_id, clock(), site)
    if claimed is None:
        return None
    error = _send(sender, claimed.mail)
    with database.write() as session:
        _mark(session, notice_id, clock(), error, final=claimed.attempts >= MOST_ATTEMPTS)
    return error is None


def _claim(session: Session, notice_id: str, now: datetime, site: str) -> _Claimed | None:
    notice = session.get_one(Notice, notice_id)
    attempts = notice.attempts + 1
    # As long as the claim holds nobody else finds the notice due.
    until = now + (wait_after(attempts) or LONGEST_WAIT)
    query = (
        update(Notice)
        .where(Notice.id == notice_id, Notice.attempts == notice.attempts, Notice.next_attempt_at <= now)
        .values(attempts=attempts, next_attempt_at=until)
    )
    done = session.execute(query.execution_options(synchronize_session=False))
    if not isinstance(done, CursorResult) or done.rowcount != 1:
        return None
    to = valid_addresses(_addresses(session, notice))
    letter = Letter(notice.kind, site + (notice.path or PATHS["organization" if notice.organization_id else "user"]))
    return _Claimed(message(notice.dedup_key, to, letter, now) if to else None, attempts)


def _addresses(session: Session, notice: Notice) -> list[str | None]:
    """Return where a notice goes: its user; or an organization's own users, and without any the listing's address.

    Whether a listing is right is asked at the address that it publishes: that too is checked by the answer.
    """
    people = select(User.email).where(User.active).order_by(User.email)
    if notice.organization_id is None:
        return list(session.scalars(people.where(User.id == notice.user_id)))
    partners = people.where(User.organization_id == notice.organization_id, User.role == Role.PARTNER)
    listed = select(Organization.email).where(Organization.id == notice.organization_id)
    if notice.kind == STILL_RIGHT:
        return list(session.scalars(listed))
    return list(session.scalars(partners)) or list(session.scalars(listed))


def _send(sender: Sender, mail: EmailMessage | None) -> str | None:
    if mail is None:
        return NO_ADDRESS
    try:
        sender.send(mail)
    except NotSent as refusal:
        return refusal.code
    return None


def _mark(session: Session, notice_id: str, now: datetime, error: str | None, *, final: bool) -> None:
    notice = session.get_one(Notice, notice_id)
    notice.last_error = error
    if error is None:
        notice.delivered_at = now
        # A link is worth something to whoever reads it.
        notice.path = None
    if error is None or final:
        notice.next_attempt_at = None
