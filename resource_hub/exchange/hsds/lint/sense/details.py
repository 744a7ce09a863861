"""Telephone numbers, languages, and days that lie in the future."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import phonenumbers

from resource_hub.exchange.hsds.lint.sense.codes import LANGUAGES
from resource_hub.exchange.hsds.lint.values import Record, Remark

LONGEST_NUMBER = 60
LONGEST_TAG = 60

_PLAIN = re.compile(r"(\+?1[-. ]?)?(\([2-9]\d\d\)|[2-9]\d\d)[-. ]{0,2}\d{3}[-. ]?\d{4}")
# Numbers like 211, 311, 911 and 988 are dialled as they are.
_SHORT_NUMBER = re.compile(r"\d{3,6}|\d-\d-\d")
_TAG = re.compile(r"([a-z]{2,3})(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*", re.IGNORECASE)


def check_phone(record: Record, _today: date) -> Iterator[Remark]:
    """Check that a telephone number can be dialled."""
    number = record.text("number")
    if number and not _dialled(number):
        yield Remark("bad_phone", "number", "Nobody can dial this. Write one number, like +1 410 555 0100.")


@lru_cache(maxsize=10_000)
def _dialled(text: str) -> bool:
    if _PLAIN.fullmatch(text) or _SHORT_NUMBER.fullmatch(text):
        return True
    if len(text) > LONGEST_NUMBER:
        return False
    return any(_possible(text, region) for region in ("US", "GB"))


def _possible(text: str, region: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, region))
    except phonenumbers.NumberParseException:
        return False


def check_language(record: Record, _today: date) -> Iterator[Remark]:
    """Check the tag of a language."""
    yield from _check_tag(record, "code")


def check_term(record: Record, _today: date) -> Iterator[Remark]:
    """Check the tag of the language that something is written in."""
    yield from _check_tag(record, "language")


def _check_tag(record: Record, name: str) -> Iterator[Remark]:
    tag = record.text(name)
    if tag and not _spoken(tag):
        yield Remark("bad_language", name, "Use a language tag, like en, es or zh-Hant (BCP 47).")


def _spoken(tag: str) -> bool:
    found = _TAG.fullmatch(tag.replace("_", "-")[:LONGEST_TAG])
    # Of three letters there are thousands; of two few.
    return found is not None and (len(found[1]) == len("eng") or found[1].lower() in LANGUAGES)


def check_past(record: Record, today: date) -> Iterator[Remark]:
    """Check that what has happened lies in the past; a day's grace for zones ahead of ours."""
    for name in ("assured_date", "last_modified", "last_action_date", "updated"):
        day = record.day(name) if name in record.values else None
        if day and day > today + timedelta(days=1):
            yield Remark("future_date", name, "This lies in the future. Write the day on which it was done.")
