"""Delivering what is due: claim, send, mark."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, Select, func, select, update
from sqlalchemy.orm import Session

from resource_hub.accounts.models import Notice
from resource_hub.core.clock import Clock
from resource_hub.core.db import Database
from resource_hub.exchange.notices.message import Letter, message, short_text
from resource_hub.exchange.notices.receivers import PARTNER_PAGE, LinkOf, Receiver, receiver_of
from resource_hub.exchange.notices.senders import NotSent, Sender
from resource_hub.exchange.notices.texts import TextMessage, TextSender

MOST_ATTEMPTS = 20
LONGEST_WAIT = timedelta(hours=6)
NO_ADDRESS = "no_address"


@dataclass(frozen=True)
class Delivery:
    """How many notices were sent, and how many have to be tried again or were given up."""

    sent: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Ways:
    """How notices go out: mail, texts where an organization has no address, `site` before the pages they lead to."""

    mail: Sender
    texts: TextSender | None = None
    site: str = ""
    link_of: LinkOf | None = None


@dataclass(frozen=True)
class _Claimed:
    send: Callable[[], None] | None
    attempts: int


def deliver_due(database: Database, ways: Ways, clock: Clock, limit: int = 100) -> Delivery:
    """Send the notices that are due, at most `limit`.

    A claim is committed before the message is sent and ends by itself: a worker that dies in between has its notice
    sent by the next one, at the price of sending one twice at worst.
    """
    with database.read() as session:
        due = list(session.scalars(_due(clock()).limit(limit)))
    results = [_deliver(database, ways, clock, notice_id) for notice_id in due]
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


def _deliver(database: Database, ways: Ways, clock: Clock, notice_id: str) -> bool | None:
    with database.write() as session:
        claimed = _claim(session, ways, notice_id, clock())
    if claimed is None:
        return None
    error = _send(claimed)
    with database.write() as session:
        _mark(session, notice_id, clock(), error, final=claimed.attempts >= MOST_ATTEMPTS)
    return error is None


def _claim(session: Session, ways: Ways, notice_id: str, now: datetime) -> _Claimed | None:
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
    return _Claimed(_sending(session, ways, notice, now), attempts)


def _sending(session: Session, ways: Ways, notice: Notice, now: datetime) -> Callable[[], None] | None:
    """Return what sends a notice; None where there is nowhere to send it."""
    to, texts = receiver_of(session, notice), ways.texts
    if to.addresses:
        mail = message(notice.dedup_key, to.addresses, _letter(session, ways, notice, to), now)
        return lambda: ways.mail.send(mail)
    if texts is None or to.number is None:
        return None
    text = short_text(_letter(session, ways, notice, to))
    if text is None:
        return None
    written = TextMessage(notice.dedup_key, to.number, text)
    return lambda: texts.send(written)


def _letter(session: Session, ways: Ways, notice: Notice, to: Receiver) -> Letter:
    link = None
    if notice.handoff_id and not to.has_account and ways.link_of:
        # Made only now, so that nothing that is stored opens it.
        link = ways.link_of(session, notice.handoff_id)
    path = link or notice.path or to.page or PARTNER_PAGE
    return Letter(notice.kind, ways.site + path, by_link=link is not None)


def _send(claimed: _Claimed) -> str | None:
    if claimed.send is None:
        return NO_ADDRESS
    try:
        claimed.send()
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
