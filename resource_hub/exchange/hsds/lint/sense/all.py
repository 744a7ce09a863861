"""Which checks of sense belong to which table."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from resource_hub.exchange.hsds.lint.sense import amounts, details, places, schedules
from resource_hub.exchange.hsds.lint.values import Record, Remark

Check = Callable[[Record, date], Iterator[Remark]]

CHECKS: Mapping[str, tuple[Check, ...]] = {
    "address": (places.check_address,),
    "cost_option": (amounts.check_cost, schedules.check_period),
    "language": (details.check_language,),
    "location": (places.check_location,),
    "meta_table_description": (details.check_term,),
    "metadata": (details.check_past,),
    "organization": (amounts.check_year,),
    "phone": (details.check_phone,),
    "schedule": (schedules.check_schedule,),
    "service": (amounts.check_ages, details.check_past),
    "service_capacity": (amounts.check_capacity, details.check_past),
    "taxonomy_term": (details.check_term,),
}


def check(record: Record, today: date) -> Iterator[Remark]:
    """Check whether an object can be true."""
    for one in CHECKS.get(record.table.name, ()):
        yield from one(record, today)
