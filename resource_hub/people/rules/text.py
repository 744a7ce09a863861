"""Plain text as people type it, and the refusal of one that cannot be; the words never repeat the text."""

import unicodedata

from resource_hub.core.errors import Fault
from resource_hub.people.errors import BadPerson


def plain(text: str) -> str:
    """Return a text in one line, composed, without control signs and needless spaces."""
    kept = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in text)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def at_most(longest: int, field: str, text: str) -> str:
    """Return a text that is not too long; refuses with BadPerson."""
    if len(text) > longest:
        raise bad(field, "too_long", f"Write at most {longest} characters.")
    return text


def bad(field: str, code: str, words: str) -> BadPerson:
    """Return the refusal of one field."""
    return refusal((Fault(field, code, words),))


def refusal(faults: tuple[Fault, ...]) -> BadPerson:
    """Return the refusal of several fields at once."""
    return BadPerson(" ".join(fault.text for fault in faults), faults=faults)
