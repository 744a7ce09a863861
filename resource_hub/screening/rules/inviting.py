"""Codes by which somebody answers alone: easy to read out and to type, hard to guess in the minutes that they work."""

from datetime import datetime, timedelta
from random import Random

# No vowels, so that no word comes up; nothing that looks like something else.
SIGNS = "BCDFGHJKMNPQRTVWXY346789"
LENGTH = 8
LONGEST_TYPED = 40
OPEN_FOR = timedelta(minutes=15)
SILENCE = timedelta(minutes=10)


def new_code(random: Random) -> str:
    """Return a code; `random` must be one that nobody can foretell."""
    return "".join(random.choice(SIGNS) for _ in range(LENGTH))


def normal_code(typed: str) -> str:
    """Return a code as it was made from what somebody typed: small letters, spaces and hyphens do not matter."""
    return "".join(sign for sign in typed[:LONGEST_TYPED].upper() if sign.isalnum())


def shown_code(code: str) -> str:
    """Return a code in two halves, as it is read out."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def is_silent(seen_at: datetime | None, now: datetime) -> bool:
    """Tell whether nobody has pressed anything for so long that somebody else may hold the screen."""
    return seen_at is None or now - seen_at >= SILENCE
