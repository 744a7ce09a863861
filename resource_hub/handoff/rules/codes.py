"""The code by which a person follows their own handoff, and how many wrong ones may come from one place."""

from datetime import datetime, timedelta
from random import Random

# Without vowels, so that no word comes out; without what is taken for another sign when it is read aloud or typed.
ALPHABET = "23456789BCDFGHJKMNPQRTVWXZ"
LENGTH = 12
_GROUP = 4
MOST_TRIES = 8
TRIES_COUNT_FOR = timedelta(minutes=15)


def new_code(chance: Random) -> str:
    """Return a code of twelve signs: 56 bits by chance. The caller brings a source that nobody can foresee."""
    return "".join(chance.choice(ALPHABET) for _sign in range(LENGTH))


def shown(code: str) -> str:
    """Return a code as it is printed: in groups of four."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def normal(text: str) -> str:
    """Return a code as it is compared: case, spaces and hyphens do not count. What cannot be a code gives ""."""
    signs = "".join(sign for sign in text[: LENGTH * 4].upper() if sign in ALPHABET)
    return signs if len(signs) == LENGTH else ""


def must_wait(failed: int, since: datetime, now: datetime) -> bool:
    """Tell whether somebody has tried too many wrong codes in the last quarter of an hour."""
    return failed >= MOST_TRIES and now - since < TRIES_COUNT_FOR
