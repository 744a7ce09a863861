"""Something wrong here? Two clicks, nothing about who said it, and the listing says that it is being checked."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.models import ErrorNote, ErrorReport, Market
from tests.factories import Listing, a_listing, a_market, a_user
from tests.web.conftest import page, send

SignedIn = Callable[[Actor], FlaskClient]


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def listing(work: Work, market: Market) -> Listing:
    return a_listing(work, market, name="Bread line")


@pytest.fixture
def wrong(listing: Listing) -> str:
    return f"/services/{listing.service_at_location.id}/wrong"


def test_the_listing_and_each_row_of_the_list_lead_to_the_question(
    client: FlaskClient, listing: Listing, wrong: str, market: Market
) -> None:
    assert f'href="{wrong}"' in client.get(f"/services/{listing.service_at_location.id}").get_data(as_text=True)
    found = client.post("/find", data={"need": "food-insecurity", "market": market.slug})
    assert f'href="{wrong}"' in found.get_data(as_text=True)


def test_one_press_reports_it_and_nothing_is_kept_about_who_did(
    client: FlaskClient, listing: Listing, wrong: str, work: Work
) -> None:
    done = page(send(client, wrong, kind="hours", note=" Locked on Monday "))

    assert (done.status, done.heading) == (200, "Thank you")
    report = work.session.scalars(select(ErrorReport)).one()
    assert (report.kind, report.source, report.times) == ("hours", "resident", 1)
    assert work.session.scalars(select(ErrorNote.written_by)).all() == [None]
    shown = page(client.get(f"/services/{listing.service_at_location.id}"))
    assert "We were told: the hours are wrong. We are checking." in shown.text
    assert "Locked" not in shown.text


def test_a_double_press_is_one_report_and_a_second_visit_is_counted(
    client: FlaskClient, wrong: str, work: Work
) -> None:
    key = page(client.get(wrong)).hidden("idempotency_key")
    for _time in range(2):
        client.post(wrong, data={"kind": "hours", "idempotency_key": key})
    assert work.session.scalars(select(ErrorReport.times)).one() == 1

    send(client, wrong, kind="hours")
    assert work.session.scalars(select(ErrorReport.times)).one() == 2


@pytest.mark.parametrize(
    "fields", [{}, {"kind": "nonsense"}, {"kind": "changed"}, {"kind": "hours", "note": "x" * 501}]
)
def test_what_cannot_be_is_asked_for_again_and_nothing_is_written(
    client: FlaskClient, wrong: str, work: Work, fields: dict[str, str]
) -> None:
    shown = page(send(client, wrong, **fields))

    assert shown.status == 422
    assert shown.to_mend
    assert work.session.scalars(select(ErrorReport)).all() == []


def test_a_coordinator_is_named(work: Work, market: Market, wrong: str, signed_in: SignedIn) -> None:
    coordinator = a_user(work, Role.COORDINATOR, market)
    send(signed_in(coordinator), wrong, kind="phone")

    assert work.session.scalars(select(ErrorNote.written_by)).all() == [coordinator.user_id]
    assert work.session.scalars(select(ErrorReport.source)).all() == ["staff"]


def test_a_listing_that_is_not_shown_cannot_be_reported(
    client: FlaskClient, wrong: str, listing: Listing, work: Work
) -> None:
    listing.service.status = "defunct"
    work.session.flush()

    assert client.get(wrong).status_code == 404
    assert client.post(wrong, data={"kind": "hours"}).status_code == 404
    assert client.get("/services/00000000-0000-0000-0000-000000000000/wrong").status_code == 404
