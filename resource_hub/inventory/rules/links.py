"""Links for organizations: what is signed, and how a link stands."""

from datetime import datetime
from enum import StrEnum

SIGNATURE = 32


class Standing(StrEnum):
    """How a link stands."""

    OPEN = "open"
    OVER = "over"
    REVOKED = "revoked"


def signed_words(link_id: str, expires_at: datetime) -> str:
    """Return what the signature of a link is about: which link, and until when it works."""
    return f"{link_id}|{expires_at.isoformat()}"


def standing(expires_at: datetime, revoked_at: datetime | None, now: datetime) -> Standing:
    """Return how a link stands."""
    if revoked_at is not None:
        return Standing.REVOKED
    return Standing.OPEN if now < expires_at else Standing.OVER
