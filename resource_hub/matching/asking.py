"""Turns what people and programs write into a Query; refuses with the field's name and how to mend it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from resource_hub.core.codes import FactValue, check_need, parse_fact
from resource_hub.core.errors import Fault
from resource_hub.core.geography import ZONE_OF_STATE, Point, PostalCode, find_postal_code
from resource_hub.core.language import Sentence
from resource_hub.core.language import marked as _
from resource_hub.matching.errors import BadQuestion
from resource_hub.matching.guidelines import poverty_guidelines
from resource_hub.matching.rules.poverty import with_income_fpl
from resource_hub.matching.values import Query, TravelMode

MOST_MATCHES = 1000
MOST_KM = 20_000
_POLE = 90
_YEARS = range(1971, 9000)
_POINT = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d+)?)\s*,\s*([+-]?\d{1,3}(?:\.\d+)?)\s*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Wish:
    """A question as it was written. `near` is a ZIP Code or "LAT,LON"; a time without zone is the market's.

    A fact is a value, or a list of values. `needed_by` is when help is needed, where that is later than `at`.
    """

    needs: tuple[str, ...]
    near: str | None = None
    facts: Mapping[str, object] | None = None
    language: str | None = None
    by: str | None = None
    max_km: float | None = None
    at: str | None = None
    needed_by: str | None = None
    limit: int = 10
    seed: int = 0
    show_excluded: bool = False
    prices: bool = True


def query_of(wish: Wish, zone: str, now: datetime, *, in_words: bool = False) -> Query:
    """Read a question, asked now, about a market in a zone (IANA name); one `in_words` names no needs.

    Income in percent of the poverty level follows from dollars and household where it was not told.
    """
    facts = {name: parse_fact(name, _text(value)) for name, value in (wish.facts or {}).items()}
    origin, code = where(wish.near) if wish.near else (None, None)
    home = _home(facts) if "zip" in facts else code
    at = when(wish.at, zone) if wish.at else now
    return Query(
        needs=() if in_words else _needs(wish.needs),
        at=at,
        needed_by=when(wish.needed_by, zone, "needed_by") if wish.needed_by else None,
        facts=_known(facts, at.astimezone(ZoneInfo(zone)).date(), home, zone),
        origin=origin,
        home=home,
        language=_language(wish.language),
        by=_by(wish.by),
        max_km=_within("max_km", wish.max_km, MOST_KM) if wish.max_km is not None else None,
        limit=int(_within("limit", wish.limit, MOST_MATCHES)),
        seed=wish.seed,
        show_excluded=wish.show_excluded,
        ignore_prices=not wish.prices,
    )


def where(near: str) -> tuple[Point, PostalCode | None]:
    """Read an origin: a ZIP Code, or a latitude and a longitude in degrees."""
    found = _POINT.fullmatch(near)
    if found:
        latitude, longitude = float(found[1]), float(found[2])
        if abs(latitude) > _POLE or abs(longitude) > 2 * _POLE:
            raise _bad("near", _("Latitude goes from -90 to 90 and longitude from -180 to 180."))
        return Point(latitude, longitude), None
    if not re.fullmatch(r"\s*\d{5}(-\d{4})?\s*", near):
        raise _bad("near", _("Use a ZIP Code of five digits, or a latitude and longitude like 39.29,-76.62."))
    code = find_postal_code(near)
    if code is None:
        raise _bad("near", _("There is no such ZIP Code. Check it, or use a latitude and longitude."))
    return code.point, code


def when(text: str, zone: str, field: str = "at") -> datetime:
    """Read an ISO 8601 time; without an offset it is the zone's wall clock."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise _bad(field, _("Use a time like 2026-11-21T15:00 or 2026-11-21T15:00-05:00.")) from error
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    if aware.year not in _YEARS:
        raise _bad(field, Sentence("Use a year from %(first)s to %(last)s.", first=_YEARS.start, last=_YEARS.stop - 1))
    return aware.astimezone(UTC)


def _needs(codes: Iterable[str]) -> tuple[str, ...]:
    needs = tuple(dict.fromkeys(check_need(code) for code in codes))
    if not needs:
        raise _bad("need", _("Name at least one need."))
    return needs


def _text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _known(facts: Mapping[str, FactValue], day: date, home: PostalCode | None, zone: str) -> Mapping[str, FactValue]:
    # Where no home is known the market's zone still tells the two states that have guidelines of their own.
    states = (state for state in ("AK", "HI") if ZONE_OF_STATE[state] == zone)
    return with_income_fpl(facts, poverty_guidelines(), day, home.state if home else next(states, None))


def _home(facts: Mapping[str, FactValue]) -> PostalCode | None:
    return find_postal_code(str(facts["zip"]))


def _language(tag: str | None) -> str | None:
    if tag is None or _LANGUAGE.fullmatch(tag):
        return tag
    raise _bad("language", _("Use a language tag like en, es or zh-Hans."))


def _by(mode: str | None) -> TravelMode | None:
    if mode is None or mode in set(TravelMode):
        return TravelMode(mode) if mode else None
    raise _bad("by", Sentence("Use one of: %(choices)s.", choices=", ".join(TravelMode)))


def _within(field: str, value: float, most: float) -> float:
    if 0 < value <= most:
        return value
    raise _bad(field, Sentence("Use a number above 0, at most %(most)s.", most=f"{most:g}"))


def _bad(field: str, text: str) -> BadQuestion:
    return BadQuestion(f"{field}: {text}", faults=(Fault(field, "invalid", text),))
