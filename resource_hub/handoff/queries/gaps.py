"""Where needs have no answer: from the directory, from searches in vain, and from what coordinators wrote down."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Room
from resource_hub.core.clock import local_date
from resource_hub.core.codes import NEEDS
from resource_hub.core.geography import county_key, find_postal_code, postal_codes
from resource_hub.handoff.models import UnmetNeed
from resource_hub.handoff.rules.gaps import GapRow, GapTable, Offer, cells_of, shown_count
from resource_hub.inventory.models import (
    Address,
    Location,
    Market,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceNeed,
)
from resource_hub.matching.models import ZeroResult

DAYS = 90
MOST_AREAS = 60
# A service that only helps along with a need does not answer it.
LEAST_WEIGHT = 0.5
UNSAID = "sdoh-category-unspecified"


def gaps_of(work: Work, market: Market) -> GapTable:
    """Return needs × areas of a market: counties where it has several, else the first three digits of ZIP Codes."""
    by_county = len({county for county, _zip in _places(market)}) > 1
    names = {(place[0] if by_county else place[1][:3]) for place in _places(market)}
    areas = tuple(sorted(names))[:MOST_AREAS]
    needs = [need for need in NEEDS if need != UNSAID]
    cells = cells_of(_offers(work.session, market, areas, by_county=by_county), areas, needs)
    searches, unmet = _searches(work, market), _unmet(work, market)
    rows = [
        GapRow(
            need,
            tuple(cells[need, area] for area in areas),
            cells[need, ""],
            shown_count(searches[need]),
            shown_count(unmet[need].total()),
            tuple((reason, count) for reason, count in unmet[need].most_common() if shown_count(count)),
        )
        for need in needs
    ]
    return GapTable(areas, tuple(rows), DAYS)


def _places(market: Market) -> list[tuple[str, str]]:
    counties = {county_key(area.value) for area in market.areas if area.kind == "county"}
    codes = {area.value for area in market.areas if area.kind == "postal_code"}
    return [
        (place.county, place.code)
        for place in postal_codes().values()
        if place.state == market.state
        and (not market.areas or place.code in codes or county_key(place.county) in counties)
    ]


def _offers(session: Session, market: Market, areas: tuple[str, ...], *, by_county: bool) -> list[Offer]:
    query = (
        select(ServiceNeed.service_id, ServiceNeed.need, ServiceAtLocation.id, ServiceAtLocation.location_id)
        .join(Service, Service.id == ServiceNeed.service_id)
        .join(ServiceAtLocation, ServiceAtLocation.service_id == Service.id)
        .where(
            ServiceNeed.market_id == market.id,
            ServiceNeed.weight >= LEAST_WEIGHT,
            Service.status == "active",
            Service.merged_into.is_(None),
        )
    )
    zips, served, rooms = (
        _zips(session, market),
        _served(session, market, areas, by_county=by_county),
        _rooms(session, market),
    )
    offers = []
    for service_id, need, place_id, location_id in session.execute(query):
        here = _area(zips.get(location_id or "", ""), by_county=by_county)
        covered = served.get(service_id, frozenset()) | (frozenset({here}) if here in areas else frozenset())
        offers.append(Offer(service_id, need, covered, rooms.get(place_id)))
    return offers


def _zips(session: Session, market: Market) -> Mapping[str, str]:
    # A confidential place is nowhere on the table: what is there counts as reached from everywhere.
    query = (
        select(Address.location_id, Address.postal_code)
        .join(Location, Location.id == Address.location_id)
        .where(Address.market_id == market.id, Address.address_type == "physical", Location.confidential.is_(False))
    )
    return dict(session.execute(query).all())


def _served(
    session: Session, market: Market, areas: tuple[str, ...], *, by_county: bool
) -> Mapping[str, frozenset[str]]:
    query = select(ServiceArea.service_id, ServiceArea.extent_type, ServiceArea.extent).where(
        ServiceArea.market_id == market.id, ServiceArea.extent_type.in_(("county", "postal_code"))
    )
    by_key = {county_key(area): area for area in areas}
    found: dict[str, set[str]] = defaultdict(set)
    for service_id, kind, extent in session.execute(query):
        area = (
            _area(extent or "", by_county=by_county)
            if kind == "postal_code"
            else by_key.get(county_key(extent or ""), "")
        )
        if service_id and area in areas:
            found[service_id].add(area)
    return {service_id: frozenset(served) for service_id, served in found.items()}


def _area(postal_code: str, *, by_county: bool) -> str:
    if not by_county:
        return postal_code[:3]
    place = find_postal_code(postal_code)
    return place.county if place else ""


def _rooms(session: Session, market: Market) -> Mapping[str, bool]:
    query = select(Room.service_at_location_id, Room.status, Room.free).where(Room.market_id == market.id)
    known = {"capacity": True, "no-capacity": False}
    return {place: known[status] and free != 0 for place, status, free in session.execute(query) if status in known}


def _searches(work: Work, market: Market) -> Counter[str]:
    since = local_date(work.now, market.time_zone) - timedelta(days=DAYS)
    query = (
        select(ZeroResult.need, func.sum(ZeroResult.searches))
        .where(ZeroResult.market_id == market.id, ZeroResult.day >= since)
        .group_by(ZeroResult.need)
    )
    return Counter({need: int(count) for need, count in work.session.execute(query)})


def _unmet(work: Work, market: Market) -> Mapping[str, Counter[str]]:
    query = (
        select(UnmetNeed.need, UnmetNeed.reason, func.count())
        .where(UnmetNeed.market_id == market.id, UnmetNeed.recorded_at >= work.now - timedelta(days=DAYS))
        .group_by(UnmetNeed.need, UnmetNeed.reason)
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for need, reason, count in work.session.execute(query):
        found[need][reason] += count
    return found
