"""Everybody sees how good the directory is: the same figures on the page and for programs."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Market, Phone, Schedule, Verification
from resource_hub.inventory.service.reports import report_error, resolve
from resource_hub.inventory.values import ReportKind, Resolution
from tests.factories import a_listing, a_market, a_user, stamps
from tests.matching.records import TODAY, checked
from tests.web.conftest import page

SignedIn = Callable[[Actor], FlaskClient]


@pytest.fixture
def market(work: Work) -> Market:
    """Four active listings, one of them whole, one old, one by its organization; and a neighbour's."""
    market = a_market(work)
    whole, old, own, _bare = (a_listing(work, market, name=name) for name in ("Whole", "Old", "Own", "Bare"))
    a_listing(work, market, name="Gone", status="defunct")
    mine = {"service_id": whole.service.id}
    work.session.add(Phone(**stamps(work, market), **mine, number="410-555-0100"))
    work.session.add(Phone(**stamps(work, market), organization_id=own.organization.id, number="410-555-0101"))
    work.session.add(Schedule(**stamps(work, market), **mine, byday="MO", opens_at="09:00", closes_at="12:00"))
    work.session.add(Schedule(**stamps(work, market), service_id=old.service.id, description="mornings"))
    whole.service.fees_description = "Free"
    checked(work, market, whole)
    checked(work, market, old, date(2024, 1, 1))
    work.session.add(
        Verification(
            service_id=own.service.id, fact_kind="listing", market_id=market.id,
            verified_on=TODAY - timedelta(days=100), source="organization",
        )
    )  # fmt: skip
    report = report_error(work, whole.service, ReportKind.PHONE)
    report.opened_at -= timedelta(days=2)
    resolve(work, report.id, Resolution.NOT_FOUND_OUT)
    report_error(work, old.service, ReportKind.HOURS)
    work.session.flush()
    return market


def document(client: FlaskClient, query: str = "?market=here") -> Any:
    answer = client.get(f"/quality.json{query}")
    assert answer.status_code == 200
    return answer.get_json()


def test_the_figures_of_a_market_count_its_active_listings(client: FlaskClient, market: Market) -> None:
    found = document(client)

    assert (found["market"], found["listings"], found["day"]) == ("here", 4, "2026-11-20")
    assert {kind: one["listings"] for kind, one in found["completeness"].items()} == {
        "phone": 2, "hours": 1, "address": 4, "eligibility": 0, "languages": 0, "needs": 4, "documents": 0, "costs": 1,
    }  # fmt: skip
    assert found["completeness"]["phone"]["share"] == 0.5
    assert found["checked_in_12_months"]["by"] == {"import": 1, "organization": 1}
    assert found["checked_in_12_months"]["share"] == 0.5
    hours = found["ages"]["hours"]
    assert (hours["median_days"], hours["never_checked"]["listings"]) == (100, 1)
    assert hours["older_than_half_life"] == {"listings": 1, "share": 0.25}
    assert [bar["listings"] for bar in hours["listings_by_age"]] == [1, 0, 1, 0, 0, 1]
    assert found["error_reports"] == {
        "open": 1,
        "overdue": 0,
        "closed_in_12_months": {"fixed": 0, "was-right": 0, "not-found-out": 1},
        "median_days_to_close": 2.0,
    }


def test_all_markets_together_are_the_sum(client: FlaskClient, market: Market) -> None:
    every, here, there = document(client, ""), document(client), document(client, "?market=here-neighbour")

    assert every["market"] is None
    assert every["listings"] == here["listings"] + there["listings"] == 5
    bars = [sum(pair) for pair in zip(*(_bars(one) for one in (here, there)), strict=True)]
    assert _bars(every) == bars


def _bars(found: Any) -> list[int]:
    return [bar["listings"] for bar in found["ages"]["phone"]["listings_by_age"]]


def test_the_page_shows_each_picture_with_its_table(client: FlaskClient, market: Market) -> None:
    shown = page(client.get("/quality?market=here"))

    assert shown.heading == "How good is this directory?"
    assert "Here it is 50 of 100" in shown.text
    assert "Hours as rules 1 25 %" in shown.text
    assert shown.html.count('role="img"') == 1 + 8
    assert shown.html.count('class="picture"') == shown.html.count("Median, in days") == 5
    assert "style=" not in shown.html
    assert "Open now 1" in shown.text


def test_what_has_not_changed_is_not_sent_again_and_what_has_is(
    client: FlaskClient, market: Market, work: Work
) -> None:
    for path in ("/quality", "/quality.json"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        spanish = client.get(path, headers={"If-None-Match": first.headers["ETag"], "Accept-Language": "es"})
        assert spanish.status_code == (200 if path == "/quality" else 304)
        report_error(work, a_listing(work, market).service, ReportKind.HOURS)
        work.session.expire_all()
        assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_staff_get_a_page_of_their_own(work: Work, market: Market, signed_in: SignedIn) -> None:
    answer = signed_in(a_user(work, Role.STEWARD, market)).get("/quality")

    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("query", ["?market=nowhere", "?market=" + "x" * 500, "?market=%00"])
def test_an_area_that_is_not_there_is_not_found(client: FlaskClient, market: Market, query: str) -> None:
    assert client.get(f"/quality{query}").status_code == 404
    assert client.get(f"/quality.json{query}").status_code == 404


def test_without_a_market_there_is_nothing_to_show(client: FlaskClient) -> None:
    assert client.get("/quality").status_code == 404
