"""Services that their source puts nowhere: what is matched is a service at a location."""

from collections.abc import Iterator

from resource_hub.core.scratch import MOST_VALUES, in_batches
from resource_hub.inventory.queries import records as stored
from resource_hub.inventory.rules.parts import part_id
from resource_hub.inventory.service.loading.storing import Loading
from resource_hub.inventory.values import Draft, FieldValue, Origin

_PART = "place"


def missing(loading: Loading) -> Iterator[list[Draft]]:
    """Return a service_at_location without a place for each service of the source that has no other.

    It is offered by phone where the service or its organization has a number.
    """
    for page in stored.services_without_place(loading.work.session, loading.market.id, _PART):
        for services in in_batches(page, MOST_VALUES):
            seen = loading.memory.seen(f"service/{source_id}" for _id, source_id, _by_phone in services)
            drafts = [
                _place(source_id, by_phone=bool(by_phone))
                for _id, source_id, by_phone in services
                if f"service/{source_id}" in seen
            ]
            if drafts:
                yield drafts


def _place(service: str, *, by_phone: bool) -> Draft:
    modes = ["phone"] if by_phone else []
    fields: dict[str, FieldValue] = {"service_id": service, "location_id": None, "modes": modes}
    return Draft("service_at_location", part_id("service", service, _PART), fields, Origin("services", 0))
