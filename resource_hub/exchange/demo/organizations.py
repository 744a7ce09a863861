"""Invented organizations at real places."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians

from resource_hub.core.geography import PostalCode, find_postal_code
from resource_hub.exchange.demo.draws import Draws
from resource_hub.exchange.demo.recipes import Area, OrganizationRecipe
from resource_hub.exchange.demo.sheet import Sheet
from resource_hub.inventory.models import Accessibility, Address, Contact, Location, Organization, Phone

_KM_PER_DEGREE = 111.2
# The only numbers that the North American plan keeps free for fiction: 555-0100 to 555-0199.
_FICTIONAL = 100
# Has no divisor in common with the 100 numbers or the 55 invented words, so that every one of them gets its turn.
_STEP = 37

_HOW_MANY_PLACES = {1: 55, 2: 28, 3: 17}


@dataclass(frozen=True)
class Spot:
    """A location of an organization."""

    location_id: str
    area: Area
    code: PostalCode


@dataclass(frozen=True)
class Organizer:
    """An organization with what its services need to know of it."""

    key: str
    id: str
    recipe: OrganizationRecipe
    name: str
    number: str
    site: str
    spots: tuple[Spot, ...]

    @property
    def home(self) -> Spot:
        """Its first location."""
        return self.spots[0]


def add_organizations(sheet: Sheet) -> Iterator[Organizer]:
    """Add every organization of a market with its locations."""
    numbers: Counter[str] = Counter()
    place = 0
    for kind, recipe in sheet.recipes.organizations.items():
        for count in range(1, recipe.counts.get(sheet.market.slug, 0) + 1):
            yield _add(sheet, f"{kind}-{count}", recipe, place, numbers)
            place += 1


def add_spot(
    sheet: Sheet, organization_id: str, area: Area, name: str, *names: str, confidential: bool = False
) -> Spot:
    """Add a location with its address somewhere in an area; `names` decide where."""
    draws = sheet.draws(*names)
    code = find_postal_code(draws.pick("zip", area.zips))
    if code is None:
        message = f"the table of ZIP Codes lacks one of {sheet.market.slug}"
        raise LookupError(message)
    latitude, longitude = _scattered(draws, code, sheet.market.scatter_km)
    exact = confidential or draws.chance("exact", 0.95)
    location_id = sheet.list_record(
        Location,
        *names,
        organization_id=organization_id,
        name=name,
        latitude=latitude if exact else None,
        longitude=longitude if exact else None,
        confidential=confidential,
        transportation=_maybe(sheet, draws, "transportation", 0.4),
    )
    sheet.list_record(
        Address,
        *names,
        location_id=location_id,
        address_1=f"{draws.number('house', *sheet.market.houses)} {draws.pick('street', area.streets)}",
        city=area.city or code.place.replace(" De ", " de "),
        region=code.county,
        state_province=code.state,
        postal_code=code.code,
    )
    _add_accessibility(sheet, draws, location_id, names)
    return Spot(location_id, area, code)


def draw_area(sheet: Sheet, draws: Draws) -> Area:
    """Draw one of the market's areas by their weights."""
    areas = sheet.market.areas
    return areas[draws.weighted("area", {number: area.weight for number, area in enumerate(areas)})]


def _add(sheet: Sheet, key: str, recipe: OrganizationRecipe, place: int, numbers: Counter[str]) -> Organizer:
    draws = sheet.draws(key)
    words = sheet.market.names["words"]
    name = f"{words[place * _STEP % len(words)]} {draws.pick('noun', recipe.nouns)}"
    organization_id = sheet.id_of(Organization, key)
    home = draw_area(sheet, draws)
    spots = tuple(
        add_spot(sheet, organization_id, home, name if n == 1 else f"{name}, place {n}", key, f"spot-{n}")
        for n in range(1, draws.weighted("spots", _HOW_MANY_PLACES) + 1)
    )
    site = _site(name)
    sheet.list_record(
        Organization,
        key,
        name=name,
        description=recipe.about.format(place=home.name),
        email=f"hello@{site}",
        website=f"https://{site}",
        year_incorporated=draws.number("year", 1931, 2022),
        legal_status="Nonprofit organization",
    )
    number = f"{home.area_code}-555-01{numbers[home.area_code] * _STEP % _FICTIONAL:02d}"
    numbers[home.area_code] += 1
    sheet.list_record(Phone, key, organization_id=organization_id, number=number, type="voice")
    _add_contact(sheet, draws, organization_id, key, site)
    return Organizer(key, organization_id, recipe, name, number, site, spots)


def _add_contact(sheet: Sheet, draws: Draws, organization_id: str, key: str, site: str) -> None:
    contacts = sheet.recipes.details["contacts"]
    if draws.chance("contact", 0.5):
        first, last = draws.pick("first", contacts["first"]), draws.pick("last", contacts["last"])
        sheet.list_record(
            Contact,
            key,
            organization_id=organization_id,
            name=f"{first} {last}",
            title=draws.pick("title", contacts["titles"]),
            email=f"{first}@{site}".lower(),
        )


def _add_accessibility(sheet: Sheet, draws: Draws, location_id: str, names: tuple[str, ...]) -> None:
    texts = draws.some("accessibility", sheet.recipes.details["accessibility"]["texts"], draws.number("ways", 0, 2))
    for text in texts:
        sheet.list_record(Accessibility, *names, text[:20], location_id=location_id, description=text)


def _scattered(draws: Draws, code: PostalCode, km: float) -> tuple[float, float]:
    degrees = km / _KM_PER_DEGREE
    north = (2 * draws.fraction("north") - 1) * degrees
    east = (2 * draws.fraction("east") - 1) * degrees / cos(radians(code.point.latitude))
    return round(code.point.latitude + north, 5), round(code.point.longitude + east, 5)


def _maybe(sheet: Sheet, draws: Draws, name: str, probability: float) -> str | None:
    if not draws.chance(f"has {name}", probability):
        return None
    text: str = draws.pick(name, sheet.recipes.details[name]["texts"])
    return text


def _site(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z]+", "-", plain.replace("'", "")).strip("-") + ".example"
