"""What the coordinator does in every story."""

from collections.abc import Mapping

from resource_hub.screening import instruments
from tests.stories.browser import Browser
from tests.web.conftest import Page

ANA: Mapping[str, str] = {
    "name": "Ana Reyes-Quispe",
    "record_number": "MRN-4711",
    "birth": "1950-03-14",
    "postal_code": "21201",
    "language": "es",
    "phone": "410-555-0142",
}


def hungry() -> dict[str, str]:
    """Return the answers of somebody who has too little to eat and wants help with it."""
    instrument = instruments.load("short-screener")
    item = next(item for item in instrument.items if "food-insecurity" in instrument.domains_of(item.code))
    answer = next(option.code for option in item.answers if option.positive)
    return {f"item.{item.code}": answer, "help.food-insecurity": "yes"}


def add_ana(cora: Browser, **more: str) -> Page:
    """Add a person, note facts, screen, and arrive at the ranked list."""
    cora.open("/desk/")
    cora.follow("People")
    cora.follow("Add a person")
    cora.press("Add", {**ANA, **more})
    person = cora.path
    cora.open(f"{person}/facts")
    cora.press("Save", {"household_size": "2", "income_fpl": "120"})
    cora.follow("Screen")
    cora.press("Key in from paper")
    return cora.press("Save answers", hungry())


def hand_off(cora: Browser, place: int | str = 0, **more: str) -> Page:
    """Hand off to a place by its id, or its number on the list, the best being 0, with all that is usually shared."""
    offers = cora.page.html.split('name="service_at_location_id" value="')[1:]
    form = cora.press("Hand off", near=place if isinstance(place, str) else offers[place].split('"')[0])
    reason = {"override": "person_prefers"} if 'name="override"' in form.html else {}
    sent = {
        "how_given": "verbal",
        "days": "30",
        "agreed": "y",
        "only_route": "y",
        "note": "Uses a walker",
        **reason,
        **more,
    }
    return cora.press("Send", sent)
