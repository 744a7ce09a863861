"""What is known, and how old it is: when each kind of fact was checked, and what was said about room."""

from datetime import date, timedelta

from resource_hub.capacity.models import CapacityStatement, Room
from resource_hub.capacity.values import CapacityStatus
from resource_hub.exchange.demo.draws import Draws
from resource_hub.exchange.demo.recipes import ServiceRecipe
from resource_hub.exchange.demo.sheet import SOURCE, Sheet
from resource_hub.inventory.models import Verification
from resource_hub.inventory.values import FactKind

_NOT_ON_ITS_OWN = 0.15
_OLDEST_DAYS = 1095
_SPREAD = (0.4, 1.0)
_COUNTED = 0.75


def add_checks(sheet: Sheet, key: str, service_id: str) -> date | None:
    """Add when each kind of fact was last checked, and return when the listing was; None for never."""
    draws = sheet.draws(key)
    ages = sheet.recipes.details["checked"]
    days = ages[draws.weighted("checked", {n: age["weight"] for n, age in enumerate(ages)})]["days"]
    if not days:
        return None
    listing = draws.number("checked days", *days)
    for kind in FactKind:
        if kind is not FactKind.LISTING and draws.chance(f"no check of {kind}", _NOT_ON_ITS_OWN):
            continue
        age = listing if kind is FactKind.LISTING else _other_age(draws, kind, listing)
        verified = {"verified_on": sheet.today - timedelta(days=age), "source": SOURCE}
        sheet.put(Verification, service_id=service_id, fact_kind=kind.value, **verified)
    return sheet.today - timedelta(days=listing)


def add_room(sheet: Sheet, recipe: ServiceRecipe, key: str, place_id: str, *, active: bool) -> int | None:
    """Add what was said about room at a place, and return the days of waiting where there is a list."""
    draws = sheet.draws(key, place_id)
    status = draws.weighted("room", sheet.recipes.details["rooms"][recipe.room])
    if status == "unknown" or not active:
        return None
    numbers = _numbers(draws, recipe, CapacityStatus(status))
    ages = sheet.recipes.details["stated"]
    low, high = ages[draws.weighted("stated", {n: age["weight"] for n, age in enumerate(ages)})]["hours"]
    as_of = sheet.now - timedelta(hours=draws.number("hours", low, high))
    sheet.rows[CapacityStatement].append(
        {
            "id": sheet.id_of(CapacityStatement, place_id),
            "service_at_location_id": place_id,
            "status": status,
            "unit": recipe.unit,
            "as_of": as_of,
            "source": draws.pick("source", ["partner", "partner", "steward"]),
            **numbers,
        }
    )
    free = numbers["available"] if status in _GIVES_PLACES else 0
    kept = {"maximum": numbers["maximum"], "waiting_days": numbers["waiting_days"], "as_of": as_of}
    sheet.put(Room, service_at_location_id=place_id, status=status, free=free, **kept)
    return numbers["waiting_days"]


_GIVES_PLACES = frozenset({CapacityStatus.CAPACITY, CapacityStatus.ASSESSMENT})


def _numbers(draws: Draws, recipe: ServiceRecipe, status: CapacityStatus) -> dict[str, int | None]:
    numbers: dict[str, int | None] = {"available": None, "maximum": None, "waiting_days": None}
    if recipe.maximum and draws.chance("counted", _COUNTED):
        most = draws.number("maximum", *recipe.maximum)
        numbers["maximum"] = most
        numbers["available"] = draws.number("available", 1, max(1, most // 2)) if status in _GIVES_PLACES else 0
    if status is CapacityStatus.WAITLIST:
        numbers["waiting_days"] = draws.number("waiting days", 4, 150)
    return numbers


def _other_age(draws: Draws, kind: FactKind, listing: int) -> int:
    # Hours, phones and the rest are checked at other times than the listing as a whole, sometimes long before.
    low, span = _SPREAD
    return min(_OLDEST_DAYS, max(1, round(listing * (low + span * 2 * draws.fraction(f"age of {kind}")))))
