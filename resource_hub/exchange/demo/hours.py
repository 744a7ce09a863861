"""Hours: weekly and monthly rules, seasons, holidays, and days that are out of the ordinary."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

import holidays

from resource_hub.exchange.demo.draws import Draws
from resource_hub.exchange.demo.recipes import HoursRecipe, ServiceRecipe
from resource_hub.exchange.demo.sheet import Sheet
from resource_hub.inventory.models import Schedule, ScheduleException

_UNSTATED = 0.06
_SHIFTS = (-60, -30, -30, 0, 0, 0, 30, 60)
_YEAR = timedelta(days=365)


def add_hours(sheet: Sheet, recipe: ServiceRecipe, key: str, service_id: str, places: Sequence[str]) -> None:
    """Add the hours of a service; several places each have their own. Some listings do not say any."""
    draws = sheet.draws(key)
    pattern = sheet.recipes.hours[draws.pick("hours", recipe.hours)]
    if draws.chance("hours unstated", _UNSTATED):
        return
    if len(places) == 1:
        _add_rules(sheet, pattern, sheet.draws(key), key, {"service_id": service_id})
    else:
        for place in places:
            _add_rules(sheet, pattern, sheet.draws(key, place), key, {"service_at_location_id": place})
    if pattern.rules:
        _add_exceptions(sheet, pattern, draws, key, service_id)


def season(today: date, first: str, last: str) -> tuple[date, date]:
    """Return the season, given as month and day, that is now or comes next; it may span the turn of a year."""
    ends = _next(today, last)
    starts = _next(ends - _YEAR, first)
    return starts, ends


@lru_cache(maxsize=8)
def federal_holidays(today: date) -> tuple[tuple[date, str], ...]:
    """Return the federal holidays of the twelve months from a day on."""
    years = holidays.country_holidays("US", years=[today.year, today.year + 1])
    return tuple((day, str(name)) for day, name in sorted(years.items()) if today <= day < today + _YEAR)


def _add_rules(sheet: Sheet, pattern: HoursRecipe, draws: Draws, key: str, owner: dict[str, str]) -> None:
    shift = draws.pick("shift", _SHIFTS) if pattern.shift else 0
    valid_from, valid_to = season(sheet.today, *pattern.season) if pattern.season else (None, None)
    for number, rule in enumerate(pattern.rules):
        sheet.list_record(
            Schedule,
            key,
            *owner.values(),
            str(number),
            **owner,
            freq="MONTHLY" if rule["days"][0].isdigit() else "WEEKLY",
            byday=rule["days"],
            opens_at=_shifted(rule["from"], shift),
            closes_at=_shifted(rule["to"], shift),
            valid_from=valid_from,
            valid_to=valid_to,
            notes=pattern.note,
        )


def _add_exceptions(sheet: Sheet, pattern: HoursRecipe, draws: Draws, key: str, service_id: str) -> None:
    closed = {
        day: name for day, name in federal_holidays(sheet.today) if pattern.holidays and draws.chance("feast", 0.7)
    }
    if draws.chance("training", 0.07):
        closed[sheet.today + timedelta(days=draws.number("training day", 2, 25))] = "Closed for staff training"
    for day, note in closed.items():
        sheet.list_record(ScheduleException, key, str(day), service_id=service_id, on_date=day, closed=True, note=note)
    late = sheet.today + timedelta(days=draws.number("late day", 1, 14))
    if late not in closed and draws.chance("late", 0.06):
        times = {"closed": False, "opens_at": "10:00", "closes_at": "20:00", "note": "Open late on this day"}
        sheet.list_record(ScheduleException, key, str(late), service_id=service_id, on_date=late, **times)


def _shifted(clock: str, minutes: int) -> str:
    hour, minute = divmod(int(clock[:2]) * 60 + int(clock[3:]) + minutes, 60)
    return f"{hour:02d}:{minute:02d}"


def _next(day: date, month_and_day: str) -> date:
    month, number = (int(part) for part in month_and_day.split("-"))
    this_year = date(day.year, month, number)
    return this_year if this_year >= day else date(day.year + 1, month, number)
