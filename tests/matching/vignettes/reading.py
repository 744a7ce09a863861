"""Reads the vignettes into the rows and questions of the ranking."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import cos, radians
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from resource_hub.core.codes import parse_fact
from resource_hub.core.geography import PostalCode, find_postal_code
from resource_hub.inventory.values import Operator
from resource_hub.matching.asking import Wish, query_of
from resource_hub.matching.values import Condition, Extent, Mode, Query
from tests.matching.build import Row, Weekly

FOLDER = Path(__file__).parent
# ZIP Code of home, time zone, state.
MARKETS = {
    "baltimore": ("21201", "America/New_York", "MD"),
    "milwaukee": ("53206", "America/Chicago", "WI"),
    "taos": ("87571", "America/Denver", "NM"),
}
USUAL_AT = "2026-11-20T10:00"
KM_A_DEGREE = 111.2
LOOKS = {"name", "needs", "modes", "languages", "interpreted", "documents", "papers", "active", "price"}
WHERE = {"km", "areas", "confidential", "somewhere"}
WHEN = {"open", "closed_on", "open_on", "checked", "room", "said"}
WHOM = {"for", "for_any", "guessed", "in_words"}
OPERATORS = {
    ">=": Operator.AT_LEAST,
    "<=": Operator.AT_MOST,
    "is": Operator.IS,
    "not": Operator.IS_NOT,
    "in": Operator.ANY_OF,
}
STATUSES = {
    "free": "capacity",
    "some": "capacity",
    "full": "no-capacity",
    "waitlist": "waitlist",
    "assessment": "additional-assessment-required",
}
WEEKDAYS, DAILY = "MO,TU,WE,TH,FR", "MO,TU,WE,TH,FR,SA,SU"


@dataclass(frozen=True)
class Vignette:
    """One little market: who asks what of which rows, and what is expected. `prices` are those of the rows.

    `missed` says why the ranking does not yet do what is expected.
    """

    id: str
    file: str
    kind: str
    who: str
    zone: str
    state: str
    query: Query
    rows: tuple[Row, ...]
    prices: tuple[float, ...]
    expect: Mapping[str, Any]
    grades: Mapping[str, int]
    missed: str | None


def vignettes() -> list[Vignette]:
    """Return all vignettes, file by file."""
    files = sorted(FOLDER.glob("*.toml"))
    return [_vignette(file.stem, table) for file in files for table in tomllib.loads(file.read_text())["vignette"]]


def _vignette(file: str, table: Mapping[str, Any]) -> Vignette:
    code, zone, state = MARKETS[table.get("market", "baltimore")]
    home = find_postal_code(code)
    assert home
    query = _query(table.get("asks", {}), code, zone)
    services = table["services"]
    return Vignette(
        id=table["id"],
        file=file,
        kind=table["kind"],
        who=table["who"],
        zone=zone,
        state=state,
        query=query,
        rows=tuple(_row(service, query, home, zone) for service in services),
        prices=tuple(float(service.get("price", 0)) for service in services),
        expect=table["expect"],
        grades=table["grades"],
        missed=table.get("missed"),
    )


def _query(asks: Mapping[str, Any], code: str, zone: str) -> Query:
    words = {"needs": ["food-insecurity"], "at": USUAL_AT, "near": code, "limit": 50, **asks}
    words["needs"] = tuple(words["needs"])
    words["near"] = words["near"] or None
    now = datetime.fromisoformat(USUAL_AT).replace(tzinfo=ZoneInfo(zone))
    return query_of(Wish(**words), zone, now)


def _row(service: Mapping[str, Any], query: Query, home: PostalCode, zone: str) -> Row:
    unknown = set(service) - LOOKS - WHERE - WHEN - WHOM
    assert not unknown, unknown
    today = query.at.astimezone(ZoneInfo(zone)).date()
    return Row(
        name=service["name"],
        needs=service.get("needs", {query.needs[0]: 1.0}),
        at=_point(service.get("km", 1), home),
        approximate=service.get("somewhere", False),
        confidential=service.get("confidential", False),
        active=service.get("active", True),
        modes=_modes(service.get("modes", ["in_person"])),
        areas=tuple(_area(text) for text in service.get("areas", [])),
        alternatives=_alternatives(service),
        in_words=service.get("in_words", False),
        schedules=tuple(_weekly(text) for text in service.get("open", ["weekdays 09:00-17:00"])),
        exceptions=_exceptions(service),
        checked=_checked(service.get("checked", 20), today),
        languages=tuple(service.get("languages", ())),
        interpreted=service.get("interpreted", False),
        documents=tuple(service.get("documents", ())),
        other_documents=service.get("papers", False),
        as_of=query.at - timedelta(days=service.get("said", 1)),
        **_room(service.get("room")),
    )


def _point(km: float | Sequence[float], home: PostalCode) -> tuple[float, float]:
    north, east = (km, 0.0) if isinstance(km, int | float) else km
    a_degree_east = KM_A_DEGREE * cos(radians(home.point.latitude))
    return home.point.latitude + north / KM_A_DEGREE, home.point.longitude + east / a_degree_east


def _modes(names: Sequence[str]) -> Mode:
    modes = Mode(0)
    for name in names:
        modes |= Mode[name.upper()]
    return modes


def _area(text: str) -> Extent:
    kind, name = text.split(" ", 1)
    return Extent({"zip": "postal_code"}.get(kind, kind), name)


def _alternatives(service: Mapping[str, Any]) -> tuple[tuple[Condition, ...], ...]:
    stated = service.get("for_any") or ([service["for"]] if "for" in service else [])
    approved = not service.get("guessed", False)
    return tuple(tuple(_condition(text, approved=approved) for text in texts) for texts in stated)


def _condition(text: str, *, approved: bool) -> Condition:
    fact, sign, value = text.split(" ", 2)
    values = tuple(parse_fact(fact, part) for part in value.split("|"))
    plain = tuple(one[0] if isinstance(one, tuple) else one for one in values)
    return Condition(fact, OPERATORS[sign], plain if sign == "in" else plain[0], approved=approved)


def _weekly(text: str) -> Weekly:
    """Read "weekdays 09:00-17:00", "MO,TU 09:00-12:00", "2SA 10:00-12:00", "… until 2026-08-31"."""
    days, times, *until = text.split(" ")
    opens, closes = times.split("-")
    last = date.fromisoformat(until[1]) if until else None
    byday = {"weekdays": WEEKDAYS, "daily": DAILY}.get(days, days)
    freq = "MONTHLY" if re.match(r"-?\d", byday) else "WEEKLY"
    return Weekly(freq=freq, byday=byday, opens_at=opens, closes_at=closes, valid_to=last)


def _exceptions(service: Mapping[str, Any]) -> tuple[tuple[date, str | None, str | None], ...]:
    closed = [(date.fromisoformat(day), None, None) for day in service.get("closed_on", [])]
    opened = [text.split(" ") for text in service.get("open_on", [])]
    return (*closed, *((date.fromisoformat(day), *times.split("-")) for day, times in opened))


def _checked(days: int | str, today: date) -> date | None:
    return None if isinstance(days, str) else today - timedelta(days=days)


def _room(text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    word, _space, number = text.partition(" ")
    count = int(number) if number else None
    return {"status": STATUSES[word], "waiting_days" if word == "waitlist" else "free": count}
