"""The services of an organization: what they are, for whom, where and how they are used."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from resource_hub.core.geography import postal_codes
from resource_hub.exchange.demo import details, history, hours, knowledge, terms
from resource_hub.exchange.demo.draws import Draws
from resource_hub.exchange.demo.organizations import Organizer, Spot, add_spot, draw_area
from resource_hub.exchange.demo.recipes import ServiceRecipe, WhoRecipe
from resource_hub.exchange.demo.sheet import SOURCE, Sheet
from resource_hub.inventory.models import EligibilityRule, Phone, Service, ServiceArea, ServiceAtLocation, ServiceNeed

_BY_WIRE = frozenset({"phone", "online"})


@dataclass(frozen=True)
class Offer:
    """One service while it is made."""

    sheet: Sheet
    organizer: Organizer
    recipe: ServiceRecipe
    key: str
    id: str
    draws: Draws
    active: bool


def add_services(sheet: Sheet, organizer: Organizer) -> None:
    """Add the services that an organization has: all of the core, and some of the extra ones."""
    draws = sheet.draws(organizer.key)
    recipe = organizer.recipe
    low, high = recipe.extras
    extra = draws.some("extra", recipe.extra, draws.number("extras", low, high))
    for kind in [*recipe.core, *extra]:
        _add(sheet, organizer, kind)


def _add(sheet: Sheet, organizer: Organizer, kind: str) -> None:
    key = f"{organizer.key}/{kind}"
    recipe, draws = sheet.recipes.services[kind], sheet.draws(key)
    status = draws.weighted("status", sheet.recipes.details["statuses"])
    offer = Offer(sheet, organizer, recipe, key, sheet.id_of(Service, key), draws, status == "active")
    who = sheet.recipes.who[draws.pick("who", recipe.who)]
    places = _add_places(offer)
    waits = [days for place in places if (days := knowledge.add_room(sheet, recipe, key, place, active=offer.active))]
    checked = knowledge.add_checks(sheet, key, offer.id)
    fee = details.add_fee(sheet, recipe, key, offer.id)
    # As many descriptions as names belong together in pairs: the same draw chooses both.
    named = "name" if len(recipe.what) == len(recipe.names) else "what"
    sheet.list_record(
        Service,
        key,
        organization_id=organizer.id,
        name=draws.pick("name", recipe.names),
        alternate_name=recipe.spanish,
        description=f"{draws.pick(named, recipe.what)} {draws.pick('more', recipe.more)}",
        url=f"https://{organizer.site}/{kind.replace('_', '-')}",
        email=f"help@{organizer.site}",
        status=status,
        alert=draws.pick("alert", sheet.recipes.details["alerts"]["texts"]) if status == "temporarily closed" else None,
        application_process=draws.pick("apply", recipe.apply),
        fees_description=fee,
        wait_time=draws.pick("wait", recipe.wait_time) if waits and recipe.wait_time else None,
        interpretation_services=details.interpretation(sheet, draws),
        eligibility_description=_in_words(offer, who),
        minimum_age=who.minimum_age,
        maximum_age=who.maximum_age,
        assured_date=checked,
        last_modified=sheet.began,
    )
    _add_needs(offer)
    _add_rules(offer, who)
    _add_areas(offer)
    _add_phones(offer)
    details.add_languages(sheet, recipe, key, offer.id)
    details.add_documents(sheet, recipe, key, offer.id)
    hours.add_hours(sheet, recipe, key, offer.id, places)
    history.add_history(sheet, key, sheet.rows[Service][-1])


def _add_places(offer: Offer) -> list[str]:
    modes = offer.draws.pick("modes", offer.recipe.modes)
    return [
        offer.sheet.list_record(
            ServiceAtLocation,
            offer.key,
            f"at-{number}",
            service_id=offer.id,
            location_id=spot.location_id if spot else None,
            modes=list(modes),
        )
        for number, spot in enumerate(_spots(offer, modes), start=1)
    ]


def _spots(offer: Offer, modes: Sequence[str]) -> Sequence[Spot | None]:
    if _BY_WIRE.issuperset(modes):
        return [None]
    if offer.draws.chance("confidential", offer.recipe.confidential):
        area, names = draw_area(offer.sheet, offer.draws), (offer.key, "confidential")
        return [add_spot(offer.sheet, offer.organizer.id, area, "Confidential address", *names, confidential=True)]
    spots = offer.organizer.spots
    return offer.draws.some("places", spots, min(offer.recipe.places, len(spots)))


def _add_needs(offer: Offer) -> None:
    for need, weight in offer.recipe.needs.items():
        offer.sheet.put(ServiceNeed, service_id=offer.id, need=need, weight=weight, source=SOURCE)
        terms.file_under(offer.sheet, offer.key, offer.id, need)


def _add_rules(offer: Offer, who: WhoRecipe) -> None:
    words = _in_words(offer, who)
    for alternative, conditions in enumerate(who.rules):
        for fact, operator, value in conditions:
            offer.sheet.put(
                EligibilityRule,
                id=offer.sheet.id_of(EligibilityRule, offer.key, str(alternative), fact, operator),
                service_id=offer.id,
                alternative=alternative,
                fact=fact,
                operator=operator,
                value=_zips(offer, value) if isinstance(value, str) and value.startswith("@") else value,
                status=who.status,
                source=SOURCE,
                words=words,
                created_at=offer.sheet.began,
            )


def _in_words(offer: Offer, who: WhoRecipe) -> str | None:
    home = offer.organizer.home
    zips = ", ".join(home.area.zips)
    return who.text.format(county=home.code.county, place=home.area.name, zips=zips) if who.text else None


def _zips(offer: Offer, what: str) -> list[str]:
    home = offer.organizer.home
    if what == "@zips":
        return list(home.area.zips)
    return list(_zips_of_county(home.code.county, home.code.state))


@lru_cache(maxsize=64)
def _zips_of_county(county: str, state: str) -> tuple[str, ...]:
    return tuple(
        sorted(code for code, place in postal_codes().items() if (place.county, place.state) == (county, state))
    )


def _add_areas(offer: Offer) -> None:
    market, home = offer.sheet.market, offer.organizer.home
    extents: dict[str, list[tuple[str | None, str | None, str]]] = {
        "none": [],
        "words": [(None, None, offer.draws.pick("words", market.words).capitalize())],
        "state": [("state", market.state, f"All of {market.state}")],
        "market": [("county", county, f"{county} County") for county in market.counties],
        "county": [("county", home.code.county, f"{home.code.county} County")],
        "zips": [("postal_code", code, code) for code in home.area.zips],
    }
    for kind, extent, name in extents[offer.draws.pick("area", offer.recipe.area)]:
        fields = {"extent_type": kind, "extent": extent, "name": name}
        offer.sheet.list_record(ServiceArea, offer.key, name, service_id=offer.id, **fields)


def _add_phones(offer: Offer) -> None:
    number = offer.organizer.number
    if offer.draws.chance("extension", 0.6):
        extension = str(offer.draws.number("extension number", 11, 89))
        offer.sheet.list_record(
            Phone, offer.key, "voice", service_id=offer.id, number=number, extension=extension, type="voice"
        )
    if offer.draws.chance("text", 0.15):
        offer.sheet.list_record(Phone, offer.key, "text", service_id=offer.id, number=number, type="text")
