"""The list of reports: what is due, what was written, and how each is closed."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Market
from resource_hub.inventory.service.reports import report_error
from resource_hub.inventory.values import ReportKind
from tests.conftest import as_actor
from tests.factories import a_listing, a_market, a_user
from tests.web.conftest import page, send

SignedIn = Callable[[Actor], FlaskClient]
REPORTS = "/steward/reports"


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def steward(work: Work, market: Market, signed_in: SignedIn) -> FlaskClient:
    return signed_in(a_user(work, Role.STEWARD, market))


def test_a_report_stands_with_its_due_date_its_words_and_who_of_the_staff_said_it(
    steward: FlaskClient, work: Work, market: Market
) -> None:
    listing = a_listing(work, market, name="Bread line")
    report_error(work, listing.service, ReportKind.HOURS, "Locked on Monday")
    report_error(as_actor(work, a_user(work, Role.COORDINATOR, market)), listing.service, ReportKind.HOURS, "Same")

    shown = page(steward.get(REPORTS))

    assert "Due: Nov 24, 2026 Bread line : The hours are wrong" in shown.text
    assert "told 2 times" in shown.text
    assert "“Locked on Monday”" in shown.text
    assert "A coordinator: “Same”" in shown.text


def test_a_closed_report_leaves_the_list(steward: FlaskClient, work: Work, market: Market) -> None:
    report = report_error(work, a_listing(work, market).service, ReportKind.PHONE)

    assert send(steward, REPORTS, f"{REPORTS}/{report.id}", resolution="nonsense").status_code == 422
    assert send(steward, REPORTS, f"{REPORTS}/{report.id}", resolution="fixed").status_code == 303
    assert "Nothing is reported" in page(steward.get(REPORTS)).text
    work.session.refresh(report)
    assert report.resolution == "fixed"


def test_the_reports_of_another_market_are_not_there(steward: FlaskClient, work: Work) -> None:
    elsewhere = a_listing(work, a_market(work, "elsewhere", noise=False), name="Far away")
    report = report_error(work, elsewhere.service, ReportKind.PHONE)

    assert "Far away" not in page(steward.get(REPORTS)).text
    assert send(steward, REPORTS, f"{REPORTS}/{report.id}", resolution="fixed").status_code == 404
    assert report.open_key
