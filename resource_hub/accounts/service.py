"""Adding users, signing in and out, and forgetting old requests."""

from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import CursorResult, delete, select

from resource_hub.accounts import audit, queries, rules
from resource_hub.accounts.errors import BadUser, EmailTaken, SignInFailed
from resource_hub.accounts.models import IdempotencyRecord, User, UserMarket
from resource_hub.accounts.values import AuditEntry, NewUser
from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from resource_hub.core.errors import Fault

_HASHER = PasswordHasher()
REQUESTS_ARE_KEPT = timedelta(days=7)


def add_user(work: Work, new: NewUser) -> User:
    """Add a user; refuses bad values, and an address that is taken."""
    faults = rules.faults_of(new)
    if faults:
        named = tuple(Fault(field, "invalid", text) for field, text in faults.items())
        raise BadUser(" ".join(faults.values()), faults=named)
    row = {
        "id": work.new_id(),
        "email": rules.normal_email(new.email),
        "name": new.name.strip(),
        "password_hash": _HASHER.hash(new.password),
        "role": new.role,
        "organization_id": new.organization_id,
        "created_at": work.now,
    }
    if not insert_new(work.session, User, row):
        raise EmailTaken("Somebody already signs in with this address. Use another one.")
    user = work.session.get_one(User, row["id"])
    user.markets = [UserMarket(market_id=market_id) for market_id in sorted(new.market_ids)]
    work.session.flush()
    audit.record(work, AuditEntry("user.added", "user", user.id, (("role", new.role),)))
    return user


def sign_in(work: Work, email: str, password: str) -> User | None:
    """Return the user whose address and password these are, else None; each failed try makes the next wait longer.

    The caller commits also after a failed try, so that it counts. Refuses with SignInFailed while locked.
    """
    user = queries.find_user(work.session, email[: rules.LONGEST_EMAIL])
    _refuse_while_locked(user, work.now)
    right = _is_right(user.password_hash if user else _nobody(), password[: rules.LONGEST_PASSWORD + 1])
    if user is None:
        return None
    # Each of many tries at once counts: they wait for one another here, after the slow part.
    work.session.refresh(user, with_for_update=True)
    _refuse_while_locked(user, work.now)
    if not (right and user.active):
        user.failed_sign_ins += 1
        user.locked_until = rules.wait_after(user.failed_sign_ins, work.now)
        audit.record(work, AuditEntry("user.sign_in_failed", "user", user.id))
        return None
    user.failed_sign_ins, user.locked_until = 0, None
    audit.record(work, AuditEntry("user.signed_in", "user", user.id))
    return user


def _refuse_while_locked(user: User | None, now: datetime) -> None:
    if user and user.locked_until and user.locked_until > now:
        raise SignInFailed("Too many tries. Wait a few minutes, then try again.")


def set_call_contact(work: Work, phone: str, hours: str) -> None:
    """Write down at which number and in which hours the actor takes calls about handoffs; empty texts: none."""
    user = work.session.get_one(User, work.actor.user_id)
    user.call_phone, user.call_hours = phone.strip() or None, hours.strip() or None
    work.session.flush()
    audit.record(work, AuditEntry("user.call_contact_set", "user", user.id))


def sign_out_everywhere(work: Work, user_id: str) -> None:
    """End all sessions of a user."""
    user = work.session.get_one(User, user_id)
    user.session_epoch += 1
    audit.record(work, AuditEntry("user.signed_out", "user", user_id))


def forget_requests(work: Work, limit: int) -> int:
    """Forget requests answered longer ago than anybody repeats them, at most `limit`; return how many."""
    old = select(IdempotencyRecord.key).where(IdempotencyRecord.created_at < work.now - REQUESTS_ARE_KEPT).limit(limit)
    done = work.session.execute(delete(IdempotencyRecord).where(IdempotencyRecord.key.in_(old)))
    return done.rowcount if isinstance(done, CursorResult) else 0


def has_password(user: User, password: str) -> bool:
    """Tell whether a password is the user's."""
    return _is_right(user.password_hash, password)


@cache
def _nobody() -> str:
    # Checked when there is no such user, so that the time of an answer does not tell whether an address is known.
    return _HASHER.hash("nobody has this password")


def _is_right(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except VerificationError:
        return False
