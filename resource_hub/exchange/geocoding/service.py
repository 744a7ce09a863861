"""Finding points for the locations of a market that have none; what a source or steward stated is never touched."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from resource_hub.accounts import audit
from resource_hub.accounts.values import AuditEntry
from resource_hub.accounts.work import Work
from resource_hub.core.db import put_row
from resource_hub.core.geography import ZONE_OF_STATE, Point, find_postal_code
from resource_hub.exchange.geocoding.asking import Ask
from resource_hub.exchange.geocoding.rules import address_line, fault_of
from resource_hub.exchange.geocoding.values import Answer, Summary, Wanted
from resource_hub.exchange.tabular.contents import Surroundings
from resource_hub.inventory.models import Address, GeocodedAddress, Location, Market
from resource_hub.inventory.rules.points import GEOCODER, POSTAL_CODE
from resource_hub.inventory.service import move_on
from resource_hub.inventory.service.changes import set_fields

# An address that was not known is asked for again after so long: streets are added.
ASK_AGAIN = timedelta(days=90)


def wanted(work: Work, market: Market) -> list[Wanted]:
    """Return the locations that have no point, or only that of their ZIP Code; never a confidential one."""
    query = (
        select(Location.id, Address)
        .join(Address, Address.location_id == Location.id)
        .where(Location.market_id == market.id, Location.confidential.is_(False), _has_no_point())
        .where(Location.merged_into.is_(None))
        .where(Address.address_type == "physical")
        .order_by(Location.id, Address.id)
    )
    found: dict[str, Wanted] = {}
    for location_id, row in work.session.execute(query):
        state = row.state_province.strip().upper()
        state = state if state in ZONE_OF_STATE else market.state
        line = address_line(row.address_1, row.city, state, row.postal_code)
        found.setdefault(location_id, Wanted(location_id, line or "", row.postal_code, state))
    return list(found.values())


def answers(work: Work, some: Sequence[Wanted], name: str, ask: Ask | None) -> Iterator[Answer]:
    """Yield what is known of addresses, and ask for those that are not; without a geocoder nothing is asked.

    The geocoder's GeocoderSilent goes through.
    """
    known = _remembered(work, some, name) if ask else {}
    for one in some:
        if one.address in known or not one.address or ask is None:
            yield Answer(one, known.get(one.address), asked=False)
        else:
            known[one.address] = ask(one.address)
            yield Answer(one, known[one.address], asked=True)


def store(work: Work, market: Market, name: str, given: Sequence[Answer], summary: Summary) -> None:
    """Write answers down: what was asked, and the points; where none can be right, the centre of the ZIP Code."""
    for answer in given:
        if answer.asked:
            _keep(work, name, answer)
    changed = [answer for answer in given if _place(work, answer, summary)]
    if changed:
        move_on(market)
        work.session.flush()
        entry = AuditEntry("locations.geocoded", "market", market.id, (("locations", str(len(changed))),))
        audit.record(work, entry, market_id=market.id)


def _place(work: Work, answer: Answer, summary: Summary) -> bool:
    centre = find_postal_code(answer.wanted.postal_code)
    refusal = fault_of(answer, centre, _surroundings(answer.wanted.state))
    if refusal:
        summary.refused.append(refusal)
    point, source = (None, "") if refusal else (answer.point, GEOCODER)
    if point is None and centre is not None:
        point, source = centre.point, POSTAL_CODE
    summary.counts["found" if source == GEOCODER and point else "approximate" if point else "without"] += 1
    if point is None:
        return False
    query = select(Location).where(Location.id == answer.wanted.location_id, _has_no_point())
    held = query.with_for_update().execution_options(populate_existing=True)
    location = work.session.scalars(held.where(Location.confidential.is_(False))).one_or_none()
    if location is None:
        return False
    fields: dict[str, Any] = {"latitude": point.latitude, "longitude": point.longitude, "point_source": source}
    return bool(set_fields(work, location, fields, source))


def _keep(work: Work, name: str, answer: Answer) -> None:
    latitude, longitude = (answer.point.latitude, answer.point.longitude) if answer.point else (None, None)
    key = {"address": answer.wanted.address, "geocoder": name}
    values = {"latitude": latitude, "longitude": longitude, "looked_up_at": work.now}
    put_row(work.session, GeocodedAddress, key, values)


def _remembered(work: Work, some: Sequence[Wanted], name: str) -> dict[str, Point | None]:
    lines = {one.address for one in some if one.address}
    query = select(GeocodedAddress).where(GeocodedAddress.geocoder == name, GeocodedAddress.address.in_(lines))
    rows: Mapping[str, GeocodedAddress] = {row.address: row for row in work.session.scalars(query)}
    return {
        address: Point(row.latitude, row.longitude) if row.latitude is not None and row.longitude is not None else None
        for address, row in rows.items()
        if row.latitude is not None or row.looked_up_at > work.now - ASK_AGAIN
    }


def _has_no_point() -> ColumnElement[bool]:
    return or_(Location.latitude.is_(None), Location.longitude.is_(None), Location.point_source == POSTAL_CODE)


@lru_cache(maxsize=8)
def _surroundings(state: str) -> Surroundings:
    return Surroundings.of_state(state)
