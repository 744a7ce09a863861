"""Identifiers: UUIDs as text, random for what we create, derived for what others named."""

import re
from collections.abc import Callable
from uuid import UUID, uuid4, uuid5

Ids = Callable[[], str]

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_NAMESPACE = UUID("6c3bd5f2-77f4-4bd4-9a3e-52f2c4d8f1a7")


def new_id() -> str:
    """Return a new random identifier."""
    return str(uuid4())


def derived_id(*parts: str) -> str:
    """Return the identifier that always belongs to these words, so that the same input is the same thing."""
    return str(uuid5(_NAMESPACE, "\x1f".join(parts)))


def is_uuid(text: str) -> bool:
    """Tell whether a text is a UUID in its canonical form."""
    return bool(_UUID.fullmatch(text))
