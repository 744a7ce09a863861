"""Points for addresses with a geocoder that is passed in: what is asked, kept, refused, and never touched."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.core.geography import Point, find_postal_code
from resource_hub.exchange.geocoding import service
from resource_hub.exchange.geocoding.asking import Ask
from resource_hub.exchange.geocoding.rules import address_line
from resource_hub.exchange.geocoding.values import Summary
from resource_hub.inventory.models import Change, GeocodedAddress, Location, Market
from resource_hub.matching.queries.places import coordinates, places_of
from tests.factories import BALTIMORE, a_listing, a_market

NEAR = Point(*BALTIMORE)
ELSEWHERE = {"Boston": Point(42.36, -71.06), "Cumberland": Point(39.65, -78.76)}


class Fake:
    """A geocoder that answers every address with one point, and remembers what it was asked."""

    def __init__(self, point: Point | None) -> None:
        self.point = point
        self.asked: list[str] = []

    def __call__(self, address: str) -> Point | None:
        self.asked.append(address)
        return self.point


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


def run(work: Work, market: Market, ask: Ask | None) -> Summary:
    summary, name = Summary(), "fake" if ask else ""
    given = list(service.answers(work, service.wanted(work, market), name, ask))
    service.store(work, market, name, given, summary)
    return summary


def point_of(location: Location) -> tuple[float | None, float | None, str | None]:
    return location.latitude, location.longitude, location.point_source


def test_an_answer_is_stored_with_where_it_comes_from(work: Work, market: Market) -> None:
    place = a_listing(work, market, at=None).location
    ask, revision = Fake(NEAR), market.revision
    assert run(work, market, ask).counts == {"found": 1}
    assert (ask.asked, point_of(place)) == (["1 light st, baltimore, md 21201"], (*BALTIMORE, "geocoder"))
    work.session.refresh(market)
    assert market.revision == revision + 1
    sources = work.session.scalars(select(Change.source).where(Change.resource_id == place.id))
    assert set(sources) == {"geocoder"}


def test_what_has_a_point_and_what_is_confidential_is_never_asked_for(work: Work, market: Market) -> None:
    given, secret = a_listing(work, market).location, a_listing(work, market, at=None).location
    secret.confidential = True
    ask = Fake(Point(39.3, -76.6))
    assert (run(work, market, ask).counts, ask.asked) == ({}, [])
    assert point_of(given) == (*BALTIMORE, None)
    assert point_of(secret) == (None, None, None)


def test_without_a_geocoder_it_is_the_centre_of_the_zip_and_the_ranking_says_so(work: Work, market: Market) -> None:
    place = a_listing(work, market, at=None).location
    assert run(work, market, None).counts == {"approximate": 1}
    centre = find_postal_code("21201")
    assert centre
    assert point_of(place) == (centre.point.latitude, centre.point.longitude, "postal_code")
    (approximate,) = coordinates(work.session, market.id, places_of(work.session, market.id))[2]
    assert approximate
    run(work, market, Fake(NEAR))
    assert point_of(place) == (*BALTIMORE, "geocoder")
    assert not coordinates(work.session, market.id, places_of(work.session, market.id))[2][0]


def test_the_same_address_is_asked_once_and_remembered(work: Work, market: Market) -> None:
    a_listing(work, market, at=None)
    a_listing(work, market, name="Soup", at=None)
    ask = Fake(None)
    assert run(work, market, ask).counts == {"approximate": 2}
    assert run(work, market, ask).counts == {"approximate": 2}
    assert len(ask.asked) == 1
    assert [row.latitude for row in work.session.scalars(select(GeocodedAddress))] == [None]
    later = replace(work, now=work.now + timedelta(days=91))
    run(later, market, ask)
    assert len(ask.asked) == 2


@pytest.mark.parametrize(("town", "code"), [("Boston", "outside_state"), ("Cumberland", "far_from_zip")])
def test_an_answer_far_away_is_refused_and_reported(work: Work, market: Market, town: str, code: str) -> None:
    place = a_listing(work, market, at=None).location
    summary = run(work, market, Fake(ELSEWHERE[town]))
    assert [(one.location_id, one.code) for one in summary.refused] == [(place.id, code)]
    assert (summary.counts, place.point_source) == ({"approximate": 1}, "postal_code")


def test_a_point_that_was_stated_meanwhile_stays(work: Work, market: Market) -> None:
    place = a_listing(work, market, at=None).location
    given = list(service.answers(work, service.wanted(work, market), "fake", Fake(NEAR)))
    place.latitude, place.longitude = 39.0, -76.0
    work.session.flush()
    service.store(work, market, "fake", given, Summary())
    assert point_of(place) == (39.0, -76.0, None)


@pytest.mark.parametrize(
    ("street", "line"),
    [
        ("12  Main St., Suite 4B", "12 main st., baltimore, md 21201"),
        ("12 Main St #3", "12 main st, baltimore, md 21201"),
        ("PO Box 12", None),
        ("P.O. Box 7", None),
        ("", None),
        ("-", None),
    ],
)
def test_addresses_are_compared_without_suites_and_boxes_are_none(street: str, line: str | None) -> None:
    assert address_line(street, "Baltimore", "MD", "21201-1234") == line
