"""The organization's page: opened by a link, changed by a press only, and plain when the link is over."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from resource_hub.accounts.models import Notice
from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.models import CheckAttempt, CheckLink, ErrorReport, Market, Phone, Schedule, Verification
from resource_hub.inventory.service import links
from tests.factories import Listing, a_listing, a_market, a_user, stamps
from tests.web.conftest import page, post, send

SignedIn = Callable[[Actor], FlaskClient]


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def listing(work: Work, market: Market) -> Listing:
    listing = a_listing(work, market, name="Bread line", description="A bag of bread.")
    mine = {"service_id": listing.service.id}
    work.session.add(Phone(**stamps(work, market), **mine, number="410-555-0100"))
    work.session.add(
        Schedule(**stamps(work, market), **mine, freq="WEEKLY", byday="MO,TH", opens_at="09:00", closes_at="12:00")
    )
    work.session.add(
        Schedule(**stamps(work, market), **mine, freq="MONTHLY", byday="2SA,-1SU", opens_at="13:30", closes_at=None)
    )
    work.session.flush()
    return listing


@pytest.fixture
def address(work: Work, listing: Listing) -> str:
    return links.path_of(work, links.make_link(work, listing.organization.id, 30))


def test_it_says_in_plain_words_what_we_tell_people(client: FlaskClient, address: str) -> None:
    shown = page(client.get(address))

    assert shown.heading == "Is this still right?"
    for words in (
        "Bread line people", "A bag of bread.", "410-555-0100", "1 Light St, Baltimore, MD 21201",
        "Monday, Thursday: 9 am – noon", "Saturday number 2 of the month, last Sunday of the month: 1:30 pm",
    ):  # fmt: skip
        assert words in shown.text


def test_opening_the_link_changes_nothing_however_often(client: FlaskClient, address: str, work: Work) -> None:
    for _time in range(3):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
        assert client.get(f"{address}/changed").status_code == 405

    for table in (Verification, CheckAttempt, ErrorReport):
        assert work.session.scalars(select(table)).all() == []
    assert work.session.scalars(select(CheckLink.used_at)).all() == [None]


def test_one_press_checks_it_and_the_listing_says_by_whom(client: FlaskClient, address: str, listing: Listing) -> None:
    done = page(send(client, address, service=listing.service.id))

    assert (done.status, done.heading) == (200, "Thank you")
    shown = page(client.get(f"/services/{listing.service_at_location.id}"))
    assert "Last checked Nov 20, 2026, said by the organization" in shown.text


def test_what_changed_goes_to_a_steward_and_changes_nothing_by_itself(
    client: FlaskClient, address: str, listing: Listing, work: Work, market: Market, signed_in: SignedIn
) -> None:
    shown = page(send(client, address, f"{address}/changed", service=listing.service.id, note="Tuesdays too now"))

    assert "Thank you. We have what you wrote" in shown.text
    # What was just said to be wrong is not sent as right by the button below it.
    assert 'name="service"' not in shown.html
    assert work.session.scalars(select(Verification)).all() == []
    reports = page(signed_in(a_user(work, Role.STEWARD, market)).get("/steward/reports")).text
    assert "The organization says something changed" in reports
    assert "“Tuesdays too now”" in reports


@pytest.mark.parametrize("note", ["", "x" * 501])
def test_a_change_without_words_or_with_too_many_is_asked_for_again(
    client: FlaskClient, address: str, listing: Listing, work: Work, note: str
) -> None:
    shown = page(send(client, address, f"{address}/changed", service=listing.service.id, note=note))

    assert shown.status == 422
    assert 'href="#note"' in shown.to_mend
    assert "note" in shown.ids
    assert work.session.scalars(select(ErrorReport)).all() == []


def test_a_link_that_is_over_or_not_ours_says_so_plainly(
    client: FlaskClient, address: str, work: Work, listing: Listing
) -> None:
    link = work.session.scalars(select(CheckLink)).one()
    assert client.get(address[:-1] + ("0" if address[-1] != "0" else "1")).status_code == 404

    link.expires_at = work.now
    old = links.path_of(work, link)
    work.session.flush()
    shown = page(client.get(old))
    assert (shown.status, "This link has run out. Nothing was changed." in shown.text) == (409, True)
    assert client.post(old, data={"service": listing.service.id}).status_code == 409
    assert work.session.scalars(select(Verification)).all() == []


def test_a_secret_place_is_not_told_to_whoever_has_the_link(
    client: FlaskClient, address: str, listing: Listing, work: Work
) -> None:
    listing.location.confidential = True
    work.session.flush()

    shown = page(client.get(address))

    assert "1 Light St" not in shown.html
    assert "kept secret" in shown.text


class TestSteward:
    """Making, sending and taking back a link."""

    @pytest.fixture
    def steward(self, work: Work, market: Market, signed_in: SignedIn) -> FlaskClient:
        return signed_in(a_user(work, Role.STEWARD, market))

    def test_a_link_is_made_copied_sent_once_and_taken_back(
        self, steward: FlaskClient, client: FlaskClient, listing: Listing, work: Work
    ) -> None:
        at = f"/steward/organizations/{listing.organization.id}/links"
        assert send(steward, at).status_code == 303
        link = work.session.scalars(select(CheckLink)).one()
        path = links.path_of(work, link)
        assert f'value="http://127.0.0.1:8000{path}"' in steward.get(at).get_data(as_text=True)

        for _time in range(2):
            assert post(steward, f"{at}/{link.id}/send").status_code == 303
        assert [notice.path for notice in work.session.scalars(select(Notice))] == [path]

        assert post(steward, f"{at}/{link.id}/revoke").status_code == 303
        assert "This link was taken back" in page(client.get(path)).text

    def test_the_organization_of_another_market_is_not_there(self, steward: FlaskClient, work: Work) -> None:
        elsewhere = a_listing(work, a_market(work, "elsewhere", noise=False))
        at = f"/steward/organizations/{elsewhere.organization.id}/links"
        link = links.make_link(work, elsewhere.organization.id, 30)

        assert steward.get(at).status_code == 404
        for there in (at, f"{at}/{link.id}/send", f"{at}/{link.id}/revoke"):
            assert post(steward, there).status_code == 404
        assert link.revoked_at is None
