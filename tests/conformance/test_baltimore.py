"""The ranking of a real directory: what anybody with the same files can check from outside."""

import math
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from geopy.distance import great_circle
from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.core.db import Database
from resource_hub.core.encryption import Vault
from resource_hub.core.geography import find_postal_code
from resource_hub.core.ids import new_id
from resource_hub.core.language import translator
from resource_hub.exchange.ranking import ranking_json
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Request
from resource_hub.inventory import service
from resource_hub.inventory.models import EligibilityRule, Location, Market, ServiceAtLocation
from resource_hub.inventory.values import NewMarket
from resource_hub.matching.asking import Wish, query_of
from resource_hub.matching.service import match
from tests.conftest import NOW

pytestmark = [pytest.mark.shared, pytest.mark.slow]

HERE = "21201"


@pytest.fixture(scope="module")
def baltimore(
    migrated_file: Path, shared_data: Path, vault: Vault, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    """The imported directory, which the tests only read."""
    database = Database.from_url(f"sqlite:///{shutil.copy(migrated_file, tmp_path_factory.mktemp('baltimore'))}")
    with database.write() as session:
        work = Work(session, SYSTEM, NOW, vault, new_id)
        service.add_market(work, NewMarket("baltimore", "Baltimore", "MD"))
        import_directory(work, Request(shared_data / "baltimore_ohana_csv", "baltimore"))
    with database.read() as session:
        yield session
    database.engine.dispose()


def ranked(baltimore: Session, **facts: str) -> list[dict[str, object]]:
    market = baltimore.scalars(select(Market)).one()
    wish = Wish(needs=("food-insecurity",), near=HERE, facts=facts, limit=1000, show_excluded=True)
    at = datetime(2026, 11, 20, 10, tzinfo=ZoneInfo(market.time_zone))
    document = ranking_json(match(baltimore, market, query_of(wish, market.time_zone, at)), translator("en"))
    assert document["considered"] == 1875
    matches: list[dict[str, object]] = document["matches"]
    return matches


def test_the_list_is_long_in_order_and_adds_up(baltimore: Session) -> None:
    matches = ranked(baltimore)

    scores = [float(str(match["score"])) for match in matches]
    assert len(matches) > 200
    assert scores == sorted(scores, reverse=True)
    for found in matches:
        factors = found["factors"]
        assert isinstance(factors, list)
        product = math.prod(factor["value"] for factor in factors) - float(str(found["price"]))
        assert float(str(found["score"])) == pytest.approx(product, abs=1e-9)


def test_distances_agree_with_geopy(baltimore: Session) -> None:
    code = find_postal_code(HERE)
    assert code
    origin = (code.point.latitude, code.point.longitude)
    checked = 0
    for found in ranked(baltimore):
        there = baltimore.get_one(ServiceAtLocation, found["service_at_location_id"])
        place = baltimore.get(Location, there.location_id or "")
        if place is not None and place.latitude is not None and place.longitude is not None:
            expected = great_circle(origin, (place.latitude, place.longitude)).km
            assert found["distance_km"] == pytest.approx(expected, abs=1e-6)
            checked += 1
    assert checked > 200


def test_nobody_is_shown_a_service_that_is_known_to_be_for_older_people(baltimore: Session) -> None:
    older = EligibilityRule.operator == "at_least", EligibilityRule.status == "approved"
    rules = baltimore.scalars(select(EligibilityRule).where(EligibilityRule.fact == "age", *older))
    too_old = {rule.service_id for rule in rules if float(str(rule.value)) > 30}
    shown_to_anybody = {str(found["service_id"]) for found in ranked(baltimore)}
    assert too_old & shown_to_anybody

    shown = {str(found["service_id"]) for found in ranked(baltimore, age="30")}

    assert not too_old & shown
