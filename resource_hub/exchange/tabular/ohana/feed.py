"""Ohana's tables as one source."""

from collections.abc import Iterator, Mapping

from resource_hub.exchange.tabular.columns import Notes
from resource_hub.exchange.tabular.contents import Surroundings
from resource_hub.exchange.tabular.ohana import categories, contacts, locations, organizations, schedules, services
from resource_hub.exchange.tabular.ohana.reading import Reading
from resource_hub.exchange.tabular.packages import Package
from resource_hub.exchange.tabular.tables import HEADER_ROW, Table
from resource_hub.inventory.values import Draft, Origin, Source

KNOWN = frozenset(
    {
        "organizations",
        "programs",
        "locations",
        "addresses",
        "mail_addresses",
        "services",
        "contacts",
        "phones",
        "regular_schedules",
        "holiday_schedules",
        "categories",
        "categories_services",
    }
)


def read(package: Package, tables: Mapping[str, Table], state: str) -> Source:
    """Read everything that Ohana's tables state, for a market of a state."""
    reading = Reading(tables, Surroundings.of_state(state), Notes())
    drafts = tuple(_drafts(reading, package))
    for name in sorted(set(tables) - KNOWN):
        text = "The inventory has no place for this file. It was not kept."
        reading.notes.report(Origin(tables[name].file, HEADER_ROW), "", "file_not_kept", text)
    return Source(drafts, tuple(reading.notes.problems), dict(reading.notes.left_out))


def _drafts(reading: Reading, package: Package) -> Iterator[Draft]:
    yield from organizations.organizations(reading)
    yield from organizations.programs(reading)
    yield from locations.locations(reading)
    yield from services.services(reading)
    yield from locations.addresses(reading)
    yield from contacts.contacts(reading)
    yield from contacts.phones(reading)
    yield from schedules.schedules(reading)
    yield from schedules.holidays(reading)
    yield from categories.terms(reading)
    yield from categories.links(reading, package)
