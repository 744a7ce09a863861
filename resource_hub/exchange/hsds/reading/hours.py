"""Days of the week, and the holidays of HSDS 1.1 and 2.0."""

from collections.abc import Iterable, Iterator, Mapping

from resource_hub.exchange.tabular.cleaning import Unreadable, clean_line
from resource_hub.exchange.tabular.columns import Notes, row_id
from resource_hub.exchange.tabular.ohana.schedules import day_of_week, days_of, exception_of
from resource_hub.exchange.tabular.tables import Row, Table
from resource_hub.inventory.rules.parts import part_id
from resource_hub.inventory.values import Draft, FieldValue, Problem

_LONGEST = 60
_OWNERS = ("service_at_location_id", "service_id")


def read_byday(cell: str) -> str:
    """Read weekdays: as RFC 5545 writes them, or the name or number of one day."""
    words = clean_line(cell)
    if words.isdigit() or words.title() in _NAMES:
        return day_of_week(words)
    if len(words) > _LONGEST:
        raise Unreadable("too_long", f"This is longer than {_LONGEST} characters. Left empty; shorten it.")
    return words


_NAMES = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})


def holidays(table: Table, places: Table | None, notes: Notes) -> Iterator[Draft]:
    """Read the dated exceptions, one for each day; a location's holidays are those of every service there."""
    at_location = _services_at({row.get("location_id") for row in table.rows}, places)
    for row in table.rows:
        renamed = Row({"start_date": row.get("on_date"), **row.cells}, row.origin)
        try:
            days, fields = days_of(renamed), exception_of(renamed)
        except Unreadable as fault:
            notes.leave_out("schedule_exception", Problem(row.origin, "start_date", fault.code, fault.text))
            continue
        owners = list(_owners(row, at_location))
        if not owners:
            text = "The row names no service that is there, nor a location of any."
            notes.leave_out("schedule_exception", Problem(row.origin, "service_id", "no_owner", text))
        for day in days:
            for column, owner in owners:
                dated: dict[str, FieldValue] = {column: owner, "on_date": day}
                key = part_id("holiday_schedule", row_id(row), owner, day.isoformat())
                yield Draft("schedule_exception", key, dated | fields, row.origin)


def _owners(row: Row, at_location: Mapping[str, list[str]]) -> Iterable[tuple[str, str]]:
    named = [(column, row.get(column)) for column in _OWNERS if row.get(column)]
    return named[:1] or [("service_id", service) for service in at_location.get(row.get("location_id"), [])]


def _services_at(locations: set[str], places: Table | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in places.rows if places and locations - {""} else ():
        if row.get("location_id") in locations and row.get("service_id"):
            found.setdefault(row.get("location_id"), []).append(row.get("service_id"))
    return found
