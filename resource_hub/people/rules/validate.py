"""What can be written about a person: each reader returns what is stored, or refuses with every fault at once."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from functools import lru_cache

from babel import Locale

from resource_hub.core.codes import FactValue, parse_fact
from resource_hub.core.errors import Fault, Invalid
from resource_hub.core.language import marked as _
from resource_hub.people.rules.reach import read_route
from resource_hub.people.rules.text import at_most, bad, plain, refusal
from resource_hub.people.values import NewPerson, PersonFactValue

LONGEST_NAME = 200
LONGEST_RECORD_NUMBER = 40
MOST_ROUTES = 10
OLDEST_AGE = 130

_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?", re.ASCII | re.IGNORECASE)


def normal_record_number(text: str) -> str:
    """Return a record number in the form that is compared: spaces, hyphens and case do not count."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def read_person(new: NewPerson, today: date) -> NewPerson:
    """Return a new person as stored; refuses with BadPerson naming each wrong field."""
    faults: list[Fault] = []
    texts: dict[str, str] = {}
    with _noting(faults):
        texts = read_fields({field: getattr(new, field) for field in _FIELDS}, today)
    routes, facts = [], []
    for number, route in enumerate(new.routes):
        with _noting(faults, f"routes.{number}."):
            routes.append(read_route(route))
    for fact in new.facts:
        with _noting(faults):
            facts.append(read_fact(fact, today))
    with _noting(faults):
        check_number_of_routes(len(routes))
    if faults:
        raise refusal(tuple(faults))
    return NewPerson(**texts, facts=tuple(facts), routes=tuple(routes))


def read_fields(texts: Mapping[str, str], today: date) -> dict[str, str]:
    """Return the fields of a person as they are stored; refuses with BadPerson.

    `texts` holds any of name, record_number, birth, postal_code, language; an empty text is "unknown", which
    only a name cannot be.
    """
    stored: dict[str, str] = {}
    faults: list[Fault] = []
    for field, text in texts.items():
        with _noting(faults):
            stored[field] = _FIELDS[field](plain(text), today)
    if faults:
        raise refusal(tuple(faults))
    return stored


def read_fact(fact: PersonFactValue, today: date) -> PersonFactValue:
    """Return a fact as it is stored; refuses unknown names, bad values, and a day to come."""
    value = parse_fact(fact.name, fact_text(fact.value))
    # The people's own day may be one ahead of the day in UTC.
    if fact.as_of > today + timedelta(days=1):
        raise bad("as_of", "out_of_range", _("Write the day when this was last known, not one to come."))
    return PersonFactValue(fact.name, value, fact.as_of)


def fact_text(value: FactValue) -> str:
    """Return the value of a fact as `core.codes.parse_fact` reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ",".join(value)
    return value if isinstance(value, str) else repr(float(value))


def check_number_of_routes(number: int) -> None:
    """Refuse more ways to reach a person than anybody would try."""
    if number > MOST_ROUTES:
        raise bad("routes", "too_many", f"Keep at most {MOST_ROUTES} ways to reach a person.")


@contextmanager
def _noting(faults: list[Fault], where: str = "") -> Iterator[None]:
    try:
        yield
    except Invalid as error:
        faults.extend(Fault(where + fault.field, fault.code, fault.text) for fault in error.faults)


def _name(text: str, _today: date) -> str:
    if not text:
        raise bad("name", "missing", _("Write the name that the person goes by."))
    return at_most(LONGEST_NAME, "name", text)


def _record_number(text: str, _today: date) -> str:
    if text and not normal_record_number(text):
        raise bad("record_number", "invalid", _("Write a number with letters or digits, or leave it empty."))
    return at_most(LONGEST_RECORD_NUMBER, "record_number", text)


def _birth(text: str, today: date) -> str:
    if not text:
        return ""
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII)
    birth = f"{american[3]}-{american[1]:0>2}-{american[2]:0>2}" if american else text
    if not re.fullmatch(r"\d{4}(-\d{2}-\d{2})?", birth, re.ASCII):
        raise bad("birth", "invalid", _("Write a year, such as 1950, or a date, such as 1950-03-14."))
    try:
        earliest = date.fromisoformat(birth if "-" in birth else f"{birth}-01-01")
    except ValueError as error:
        raise bad("birth", "invalid", _("This day does not exist. Write it as 1950-03-14.")) from error
    if earliest > today + timedelta(days=1) or earliest.year < today.year - OLDEST_AGE:
        raise bad("birth", "out_of_range", f"Write a birth in the past, at most {OLDEST_AGE} years ago.")
    return birth


def _postal_code(text: str, _today: date) -> str:
    found = re.fullmatch(r"(\d{5})(?:-?\d{4})?", text, re.ASCII)
    if text and not found:
        raise bad("postal_code", "invalid", _("Write a ZIP Code of five digits."))
    return found[1] if found else ""


def _language(text: str, _today: date) -> str:
    found = _LANGUAGE.fullmatch(text)
    # No library names every language of three letters, and people speak them.
    if text and not (found and (len(found[1]) > len("es") or found[1].lower() in _known_languages())):
        raise bad("language", "invalid", _("Write a language code, such as es for Spanish or zh for Chinese."))
    if not found:
        return ""
    parts = (found[1].lower(), (found[2] or "").title(), (found[3] or "").upper())
    return "-".join(part for part in parts if part)


@lru_cache(maxsize=1)
def _known_languages() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").languages)


_FIELDS: Mapping[str, Callable[[str, date], str]] = {
    "name": _name,
    "record_number": _record_number,
    "birth": _birth,
    "postal_code": _postal_code,
    "language": _language,
}
