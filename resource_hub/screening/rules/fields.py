"""The parts of an instrument's file, read with their place: every refusal names where, and how to mend it."""

import re
from collections.abc import Mapping, Sequence

from resource_hub.core.errors import Fault
from resource_hub.screening.errors import BadInstrument
from resource_hub.screening.values import Texts

MOST_ANSWERS = 500
LONGEST_TEXT = 4000
LONGEST_CODE = 255
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,29}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_SHOWN = 60
_LARGEST = 1_000_000


def refusal(where: str, words: str) -> BadInstrument:
    """Return the refusal of one place."""
    return BadInstrument(f"{where}: {words}", faults=(Fault(where, "invalid", words),))


def mapping(value: object, where: str) -> Mapping[str, object]:
    """Return a JSON object."""
    if not isinstance(value, dict):
        raise refusal(where, "Write a JSON object.")
    return value


def sequence(entry: Mapping[str, object], key: str, where: str, most: int, *, least: int = 1) -> Sequence[object]:
    """Return the list under a key."""
    value = entry.get(key)
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise refusal(where, f"Write a list of {least} to {most} entries.")
    return value


def codes(entry: Mapping[str, object], key: str, where: str) -> Sequence[str]:
    """Return the codes under a key."""
    return [code(value, where) for value in sequence(entry, key, where, MOST_ANSWERS)]


def code(value: object, where: str) -> str:
    """Return a code: anything printable without space around it."""
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_CODE or value != value.strip():
        raise refusal(where, f"Write a code of 1 to {LONGEST_CODE} signs without space around it.")
    if not value.isprintable():
        raise refusal(where, "Write a code of signs that can be printed.")
    return value


def name(value: object, where: str) -> str:
    """Return a name."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise refusal(where, "Write letters, digits, dots, underscores and hyphens (at most 60).")
    return value


def version(value: object, where: str) -> str:
    """Return a version."""
    if not isinstance(value, str) or not _VERSION.fullmatch(value):
        raise refusal(where, "Write letters, digits, dots and hyphens (at most 30).")
    return value


def yes_no(entry: Mapping[str, object], key: str, where: str) -> bool:
    """Return true or false under a key; false where it is missing."""
    value = entry.get(key, False)
    if not isinstance(value, bool):
        raise refusal(f"{where}.{key}", "Write true or false.")
    return value


def whole(value: object, where: str, least: int = 0) -> int:
    """Return a whole number."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _LARGEST:
        raise refusal(where, f"Use a whole number of {least} or more.")
    return value


def text(entry: Mapping[str, object], key: str, where: str) -> str:
    """Return a short text under a key; empty where it is missing."""
    value = entry.get(key, "")
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise refusal(f"{where}.{key}", f"Write a text of at most {LONGEST_TEXT} characters.")
    return value


def texts(value: object, where: str) -> Texts:
    """Return a text in several languages; empty where it is missing."""
    found = mapping({} if value is None else value, where)
    for language, words in found.items():
        if not _LANGUAGE.fullmatch(language):
            raise refusal(where, "Name each language by its tag, such as en or es.")
        if not isinstance(words, str) or not 1 <= len(words) <= LONGEST_TEXT:
            raise refusal(f"{where}.{language}", f"Write a text of 1 to {LONGEST_TEXT} characters.")
    return {language: str(words) for language, words in found.items()}


def unique(found: Sequence[str], where: str) -> None:
    """Refuse codes of which one stands there twice."""
    seen: set[str] = set()
    for one in found:
        if one in seen:
            raise refusal(where, f"The code {shown(one)} stands there more than once.")
        seen.add(one)


def shown(word: str) -> str:
    """Return the start of a word, for a message."""
    return word[:_SHOWN]
