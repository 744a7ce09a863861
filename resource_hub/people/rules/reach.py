"""How to reach a person: phone numbers of the United States, e-mail addresses, and anything else in words."""

import re
from collections.abc import Callable, Mapping

import phonenumbers

from resource_hub.core.language import marked as _
from resource_hub.people.rules.text import at_most, bad, plain
from resource_hub.people.values import NewRoute, RouteKind

LONGEST_VALUE = 254
LONGEST_NOTE = 500
LONGEST_PROXY = 200
LONGEST_BEST_TIME = 100
REGION = "US"

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)*\.[^@\s.]{2,}")
_PHONE_WORDS = _("Write a phone number with its area code, such as 410-555-0123.")


def read_route(route: NewRoute) -> NewRoute:
    """Return a contact route as it is stored; refuses with BadPerson."""
    note = at_most(LONGEST_NOTE, "note", plain(route.note))
    proxy = at_most(LONGEST_PROXY, "proxy", plain(route.proxy))
    best_time = at_most(LONGEST_BEST_TIME, "best_time", plain(route.best_time))
    value = _READERS[route.kind](plain(route.value))
    return NewRoute(route.kind, value, note, route.safe_to_leave_message, proxy, best_time)


def shown_phone(value: str) -> str:
    """Return a stored phone number as people write it, such as (410) 555-0123."""
    return phonenumbers.format_number(phonenumbers.parse(value, REGION), phonenumbers.PhoneNumberFormat.NATIONAL)


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException as error:
        raise bad("phone", "invalid", _PHONE_WORDS) from error
    if not phonenumbers.is_valid_number(number):
        raise bad("phone", "invalid", _PHONE_WORDS)
    stored = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{stored};ext={number.extension}" if number.extension else stored


def _email(text: str) -> str:
    if len(text) > LONGEST_VALUE or not _EMAIL.fullmatch(text):
        raise bad("email", "invalid", _("Write an e-mail address, such as name@example.org."))
    return text


def _other(text: str) -> str:
    if not text:
        raise bad("other", "missing", _("Write how to reach the person."))
    return at_most(LONGEST_VALUE, "other", text)


_READERS: Mapping[RouteKind, Callable[[str], str]] = {
    RouteKind.PHONE: _phone,
    RouteKind.TEXT: _phone,
    RouteKind.EMAIL: _email,
    RouteKind.OTHER: _other,
}
