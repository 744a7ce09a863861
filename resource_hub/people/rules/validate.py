"""What can be written about a person: each reader returns the form that is stored, or a fault."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

import phonenumbers
from babel import Locale

from resource_hub.core.errors import Fault
from resource_hub.core.language import marked as _
from resource_hub.people.values import NewRoute, RouteKind

LONGEST_NAME = 200
LONGEST_RECORD_NUMBER = 40
LONGEST_VALUE = 254
LONGEST_NOTE = 500
MOST_ROUTES = 10
OLDEST_AGE = 130
REGION = "US"

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)*\.[^@\s.]{2,}")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?", re.ASCII | re.IGNORECASE)


class _Fault(Exception):
    """A text cannot be stored; the words say how to mend it and never repeat it."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code, self.words = code, words


def normal_record_number(text: str) -> str:
    """Return a record number in the form that is compared: spaces, hyphens and case do not count."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def read_fields(texts: Mapping[str, str], today: date) -> tuple[dict[str, str], tuple[Fault, ...]]:
    """Return the fields of a person as they are stored, and what is wrong with the others.

    `texts` holds any of name, record_number, birth, postal_code, language; an empty text is "unknown", which
    only a name cannot be.
    """
    stored, faults = {}, []
    for field, text in texts.items():
        try:
            stored[field] = _FIELDS[field](_plain(text), today)
        except _Fault as fault:
            faults.append(Fault(field, fault.code, fault.words))
    return stored, tuple(faults)


def read_route(route: NewRoute) -> tuple[NewRoute | None, tuple[Fault, ...]]:
    """Return a contact route as it is stored, or what is wrong with it."""
    note = _plain(route.note)
    if len(note) > LONGEST_NOTE:
        return None, (Fault("note", "too_long", f"Write a note of at most {LONGEST_NOTE} characters."),)
    try:
        value = _ROUTES[route.kind](_plain(route.value))
    except _Fault as fault:
        return None, (Fault(route.kind, fault.code, fault.words),)
    return NewRoute(route.kind, value, note, route.safe_to_leave_message), ()


def shown_phone(value: str) -> str:
    """Return a stored phone number as people write it, such as (410) 555-0123."""
    return phonenumbers.format_number(phonenumbers.parse(value, REGION), phonenumbers.PhoneNumberFormat.NATIONAL)


def _plain(text: str) -> str:
    kept = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in text)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _name(text: str, _today: date) -> str:
    if not text:
        raise _Fault("missing", _("Write the name that the person goes by."))
    return _at_most(text, LONGEST_NAME)


def _record_number(text: str, _today: date) -> str:
    return _at_most(text, LONGEST_RECORD_NUMBER)


def _birth(text: str, today: date) -> str:
    if not text:
        return ""
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII)
    birth = f"{american[3]}-{american[1]:0>2}-{american[2]:0>2}" if american else text
    if not re.fullmatch(r"\d{4}(-\d{2}-\d{2})?", birth, re.ASCII):
        raise _Fault("invalid", _("Write a year, such as 1950, or a date, such as 1950-03-14."))
    try:
        earliest = date.fromisoformat(birth if "-" in birth else f"{birth}-01-01")
    except ValueError as error:
        raise _Fault("invalid", _("This day does not exist. Write it as 1950-03-14.")) from error
    if earliest > today or earliest.year < today.year - OLDEST_AGE:
        raise _Fault("out_of_range", f"Write a birth in the past, at most {OLDEST_AGE} years ago.")
    return birth


def _postal_code(text: str, _today: date) -> str:
    found = re.fullmatch(r"(\d{5})(?:-?\d{4})?", text, re.ASCII)
    if text and not found:
        raise _Fault("invalid", _("Write a ZIP Code of five digits."))
    return found[1] if found else ""


def _language(text: str, _today: date) -> str:
    found = _LANGUAGE.fullmatch(text)
    if text and not (found and found[1].lower() in _known_languages()):
        raise _Fault("invalid", _("Write a language code, such as es for Spanish or zh for Chinese."))
    if not found:
        return ""
    parts = (found[1].lower(), (found[2] or "").title(), (found[3] or "").upper())
    return "-".join(part for part in parts if part)


@lru_cache(maxsize=1)
def _known_languages() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").languages)


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(_at_most(text, LONGEST_VALUE), REGION)
    except phonenumbers.NumberParseException as error:
        raise _Fault("invalid", _PHONE_WORDS) from error
    if not phonenumbers.is_valid_number(number):
        raise _Fault("invalid", _PHONE_WORDS)
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{plain};ext={number.extension}" if number.extension else plain


def _email(text: str) -> str:
    if len(text) > LONGEST_VALUE or not _EMAIL.fullmatch(text):
        raise _Fault("invalid", _("Write an e-mail address, such as name@example.org."))
    return text


def _other(text: str) -> str:
    if not text:
        raise _Fault("missing", _("Write how to reach the person."))
    return _at_most(text, LONGEST_VALUE)


def _at_most(text: str, longest: int) -> str:
    if len(text) > longest:
        raise _Fault("too_long", f"Write at most {longest} characters.")
    return text


_PHONE_WORDS = _("Write a phone number with its area code, such as 410-555-0123.")
_FIELDS: Mapping[str, Callable[[str, date], str]] = {
    "name": _name,
    "record_number": _record_number,
    "birth": _birth,
    "postal_code": _postal_code,
    "language": _language,
}
_ROUTES: Mapping[RouteKind, Callable[[str], str]] = {
    RouteKind.PHONE: _phone,
    RouteKind.TEXT: _phone,
    RouteKind.EMAIL: _email,
    RouteKind.OTHER: _other,
}
