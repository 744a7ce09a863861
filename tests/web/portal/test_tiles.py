"""Tiles: only where the operator set them up does a page name another site, and then that one alone."""

from dataclasses import replace
from datetime import datetime

from werkzeug.test import TestResponse

from resource_hub.accounts.work import Work
from resource_hub.app import create_app
from resource_hub.core.db import Database
from resource_hub.inventory.models.market import MarketArea
from resource_hub.settings import Settings
from tests.factories import a_listing, a_market
from tests.web.conftest import SETTINGS

URL = "https://tiles.example.org/{z}/{x}/{y}.png"


def listed(work: Work, database: Database, now: datetime, settings: Settings = SETTINGS) -> TestResponse:
    here = a_market(work, "baltimore")
    work.session.add(MarketArea(market_id=here.id, kind="county", value="Baltimore (city)"))
    a_listing(work, here, assured_date=now.date())
    client = create_app(settings, database=database, clock=lambda: now).test_client()
    return client.post("/find", data={"need": "food-insecurity", "near": "39.29,-76.62"})


def pictures_from(answer: TestResponse) -> list[str]:
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    return policy["img-src"].split()


def test_without_them_pictures_come_from_here_alone(work: Work, database: Database, now: datetime) -> None:
    answer = listed(work, database, now)
    assert "data-map" in answer.text
    assert "data-tiles" not in answer.text
    assert pictures_from(answer) == ["'self'", "data:"]


def test_with_them_the_policy_opens_to_their_site_alone(work: Work, database: Database, now: datetime) -> None:
    answer = listed(work, database, now, replace(SETTINGS, tiles_url=URL, tiles_credit="<b>Example</b> maps"))
    assert f'data-tiles="{URL}"' in answer.text
    assert 'data-credit="&lt;b&gt;Example&lt;/b&gt; maps"' in answer.text
    assert pictures_from(answer) == ["'self'", "data:", "https://tiles.example.org"]
