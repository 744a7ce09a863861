"""What a listing says, by kind of fact, in plain words: for whoever checks it."""

from collections.abc import Iterable
from datetime import UTC, datetime

from babel.dates import get_day_names
from flask_babel import get_locale, gettext

from resource_hub.inventory.models import Address, Schedule
from resource_hub.inventory.queries.cards import one_line
from resource_hub.inventory.queries.listings import Listing
from resource_hub.inventory.values import FactKind
from resource_hub.matching.phrases.times import clock
from resource_hub.web.shared.language import current_translate

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NO_VOICE = frozenset({"fax", "tty", "tdd", "pager"})
_DAY_CODE = 2


def said_of(listing: Listing) -> dict[FactKind, list[str]]:
    """Return what is said of each kind of fact, line by line; a secret place is not told."""
    return {
        FactKind.LISTING: [listing.service.description or listing.service.name],
        FactKind.HOURS: _once(hours_in_words(schedule) for schedule in listing.schedules),
        FactKind.PHONE: _once(
            f"{phone.number} {gettext('ext.')} {phone.extension}" if phone.extension else phone.number
            for phone in listing.phones
            if (phone.type or "voice") not in _NO_VOICE
        ),
        FactKind.ADDRESS: _once(_places(listing)),
        FactKind.ELIGIBILITY: [text] if (text := listing.service.eligibility_description) else [],
    }


def hours_in_words(schedule: Schedule) -> str:
    """Return a rule of opening in words: "Monday, Thursday: 9 am – noon"."""
    days = ", ".join(filter(None, (_day(part.strip()) for part in (schedule.byday or "").split(","))))
    hours = " – ".join(filter(None, (_clock(schedule.opens_at), _clock(schedule.closes_at))))
    return " · ".join(filter(None, (": ".join(filter(None, (days, hours))), schedule.description)))


def _once(lines: Iterable[str]) -> list[str]:
    return [line for line in dict.fromkeys(lines) if line]


def _day(part: str) -> str:
    code, nth = part[-_DAY_CODE:], part[:-_DAY_CODE]
    if code not in _DAYS:
        return part
    name = str(get_day_names("wide", locale=get_locale())[_DAYS.index(code)])
    if nth == "-1":
        return str(gettext("last %(weekday)s of the month", weekday=name))
    return str(gettext("%(weekday)s number %(count)s of the month", weekday=name, count=nth)) if nth else name


def _clock(text: str | None) -> str:
    if not text:
        return ""
    try:
        moment = datetime.strptime(text[:5], "%H:%M").replace(tzinfo=UTC)
    except ValueError:
        return text
    return clock(moment, current_translate())


def _places(listing: Listing) -> Iterable[str]:
    by_place: dict[str, list[Address]] = {}
    for address in listing.addresses:
        by_place.setdefault(address.location_id, []).append(address)
    for place in listing.locations:
        if place.confidential:
            yield gettext("The place is kept secret to keep people safe.")
        else:
            yield from (one_line(address) for address in by_place.get(place.id, []))
