"""The ranking of a real directory: what anybody with the same files can check from outside."""

import math
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from geopy.distance import great_circle
from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.core.geography import find_postal_code
from resource_hub.core.language import translator
from resource_hub.exchange.ranking import ranking_json
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Request
from resource_hub.inventory import service
from resource_hub.inventory.models import EligibilityRule, Location, Market, ServiceAtLocation
from resource_hub.inventory.values import NewMarket
from resource_hub.matching.asking import Wish, query_of
from resource_hub.matching.service import match

pytestmark = [pytest.mark.shared, pytest.mark.slow]

HERE = "21201"


@pytest.fixture
def baltimore(work: Work, shared_data: Path) -> Market:
    market = service.add_market(work, NewMarket("baltimore", "Baltimore", "MD"))
    import_directory(work, Request(shared_data / "baltimore_ohana_csv", "baltimore"))
    return market


def ranked(work: Work, market: Market, **facts: str) -> list[dict[str, object]]:
    wish = Wish(needs=("food-insecurity",), near=HERE, facts=facts, limit=1000, show_excluded=True)
    at = datetime(2026, 11, 20, 10, tzinfo=ZoneInfo(market.time_zone))
    document = ranking_json(match(work.session, market, query_of(wish, market.time_zone, at)), translator("en"))
    assert document["considered"] == 1875
    matches: list[dict[str, object]] = document["matches"]
    return matches


def test_the_list_is_long_in_order_and_adds_up(work: Work, baltimore: Market) -> None:
    matches = ranked(work, baltimore)

    scores = [float(str(match["score"])) for match in matches]
    assert len(matches) > 200
    assert scores == sorted(scores, reverse=True)
    for found in matches:
        factors = found["factors"]
        assert isinstance(factors, list)
        product = math.prod(factor["value"] for factor in factors) - float(str(found["price"]))
        assert float(str(found["score"])) == pytest.approx(product, abs=1e-9)


def test_distances_agree_with_geopy(work: Work, baltimore: Market) -> None:
    code = find_postal_code(HERE)
    assert code
    origin = (code.point.latitude, code.point.longitude)
    checked = 0
    for found in ranked(work, baltimore):
        there = work.session.get_one(ServiceAtLocation, found["service_at_location_id"])
        place = work.session.get(Location, there.location_id or "")
        if place is not None and place.latitude is not None and place.longitude is not None:
            expected = great_circle(origin, (place.latitude, place.longitude)).km
            assert found["distance_km"] == pytest.approx(expected, abs=1e-6)
            checked += 1
    assert checked > 200


def test_nobody_is_shown_a_service_that_is_known_to_be_for_older_people(work: Work, baltimore: Market) -> None:
    older = EligibilityRule.operator == "at_least", EligibilityRule.status == "approved"
    rules = work.session.scalars(select(EligibilityRule).where(EligibilityRule.fact == "age", *older))
    too_old = {rule.service_id for rule in rules if float(str(rule.value)) > 30}
    shown_to_anybody = {str(found["service_id"]) for found in ranked(work, baltimore)}
    assert too_old & shown_to_anybody

    shown = {str(found["service_id"]) for found in ranked(work, baltimore, age="30")}

    assert not too_old & shown
