"""What makes a user valid, and when tries to sign in must wait."""

import re
from datetime import datetime, timedelta

from resource_hub.accounts.values import NewUser, Role

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
LONGEST_EMAIL = 254
FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,185}\.[^@\s.]{2,}")
_NEEDS_ORGANIZATION = frozenset({Role.PARTNER})


def normal_email(email: str) -> str:
    """Return an address in the form that is compared."""
    return email.strip().lower()


def faults_of(user: NewUser) -> dict[str, str]:
    """Return what is wrong with a new user, by field."""
    faults = {}
    if len(user.email) > LONGEST_EMAIL or not _EMAIL.fullmatch(normal_email(user.email)):
        faults["email"] = "Write an e-mail address, like name@example.org."
    if not user.name.strip() or len(user.name) > LONGEST_PASSWORD:
        faults["name"] = "Write the user's name, in at most 200 characters."
    if not SHORTEST_PASSWORD <= len(user.password) <= LONGEST_PASSWORD:
        faults["password"] = f"Use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
    if (user.role in _NEEDS_ORGANIZATION) != (user.organization_id is not None):
        faults["organization"] = "A partner belongs to an organization; nobody else does."
    return faults


def wait_after(failed_tries: int, now: datetime) -> datetime | None:
    """Return until when sign-in is locked after so many failed tries in a row; None while tries are free."""
    if failed_tries < FREE_TRIES:
        return None
    return now + min(LONGEST_WAIT, timedelta(seconds=2 ** (failed_tries - FREE_TRIES + 3)))
