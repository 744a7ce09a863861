"""Weekly hours and holidays."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from resource_hub.exchange.tabular.cleaning import Unreadable, read_date, read_time, read_yes_no
from resource_hub.exchange.tabular.columns import row_id
from resource_hub.exchange.tabular.ohana.reading import Reading
from resource_hub.exchange.tabular.tables import Row
from resource_hub.inventory.rules.parts import part_id
from resource_hub.inventory.values import Draft, FieldValue, Problem

LONGEST_HOLIDAY = timedelta(days=366)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def schedules(reading: Reading) -> Iterator[Draft]:
    """Read the weekly hours; a row whose day or times cannot be read is left out."""
    for row in reading.table("regular_schedules").rows:
        try:
            fields: dict[str, FieldValue] = {
                "freq": "WEEKLY",
                "byday": day_of_week(row.get("weekday")),
                "opens_at": read_time(row.get("opens_at")),
                "closes_at": read_time(row.get("closes_at")),
            }
        except Unreadable as fault:
            reading.notes.leave_out("schedule", Problem(row.origin, "weekday", fault.code, fault.text))
            continue
        owners = {name: row.get(name) or None for name in ("service_id", "location_id")}
        yield Draft("schedule", row_id(row), fields | owners, row.origin)


def holidays(reading: Reading) -> Iterator[Draft]:
    """Read the dated exceptions, one for each day; a place's holidays are those of every service there."""
    services = reading.table("services").rows
    for row in reading.table("holiday_schedules").rows:
        owners = [row.get("service_id")] if row.get("service_id") else _services_at(services, row.get("location_id"))
        try:
            days, fields = days_of(row), exception_of(row)
        except Unreadable as fault:
            reading.notes.leave_out("schedule_exception", Problem(row.origin, "start_date", fault.code, fault.text))
            continue
        if not owners:
            text = "The row names no service that is there, nor a location of any."
            reading.notes.leave_out("schedule_exception", Problem(row.origin, "service_id", "no_owner", text))
        for day in days:
            for service in owners:
                dated: dict[str, FieldValue] = {"service_id": service, "on_date": day}
                key = part_id("holiday_schedule", row_id(row), service, day.isoformat())
                yield Draft("schedule_exception", key, dated | fields, row.origin)


def day_of_week(cell: str) -> str:
    """Read the name or number of a weekday as two letters."""
    if cell in {"1", "2", "3", "4", "5", "6", "7"}:
        return _DAYS[int(cell) - 1]
    day = cell[:2].upper()
    if day not in _DAYS:
        raise Unreadable("not_a_weekday", "This is not a day of the week. Write Monday, or 1.")
    return day


def days_of(row: Row) -> list[date]:
    """Return the days of a holiday's row."""
    start = read_date(row.get("start_date"))
    end = read_date(row.get("end_date")) if row.get("end_date") else start
    if not start <= end <= start + LONGEST_HOLIDAY:
        raise Unreadable("not_a_period", "The holiday ends before it begins, or after more than a year.")
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def exception_of(row: Row) -> dict[str, FieldValue]:
    """Return whether a holiday's row says closed, or other hours."""
    if row.get("closed") and read_yes_no(row.get("closed")):
        return {"closed": True, "opens_at": None, "closes_at": None}
    return {"closed": False, "opens_at": read_time(row.get("opens_at")), "closes_at": read_time(row.get("closes_at"))}


def _services_at(services: Iterable[Row], location: str) -> list[str]:
    return [row.get("id") for row in services if location and row.get("location_id") == location]
