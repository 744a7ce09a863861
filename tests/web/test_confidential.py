"""A place that is kept secret: nothing that leads there is told, wherever it is asked."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.work import Work
from resource_hub.core.ids import new_id
from resource_hub.inventory.models import Address, Phone
from resource_hub.people import service as people
from resource_hub.people.values import Corrections
from tests.conftest import as_actor
from tests.factories import Listing, a_listing, stamps
from tests.handoff.stories import Story
from tests.web.conftest import page, post, send

SECRETS = ("Hollow", "77 Owl", "21231", "39.314", "76.617", "555-0199")
NEAR = ("21201", "21230", "39.31415,-76.61718", "40.7,-74.0")


@pytest.fixture
def shelter(work: Work, story: Story) -> Listing:
    """A shelter whose place is confidential, with a number of its own for everybody and one inside."""
    listing = a_listing(work, story.market, name="Night shelter", at=(39.31415, -76.61718))
    listing.location.confidential, listing.location.name = True, "House on Hollow Road"
    address = work.session.query(Address).filter_by(location_id=listing.location.id).one()
    address.address_1, address.postal_code = "77 Owl Hollow Road", "21231"
    phones = {"service_id": ("410-555-0100", listing.service.id), "location_id": ("410-555-0199", listing.location.id)}
    for owner, (number, owner_id) in phones.items():
        work.session.add(Phone(**stamps(work, story.market) | {"id": new_id()}, number=number, **{owner: owner_id}))
    work.session.flush()
    return listing


@pytest.fixture
def open_door(work: Work, story: Story) -> Listing:
    """A place nearby that everybody may know, so that the checks could fail."""
    return a_listing(work, story.market, name="Day centre", at=(39.3158, -76.6189))


def check(html: str) -> None:
    assert "Night shelter" in html
    assert [secret for secret in SECRETS if secret in html] == []


@pytest.mark.parametrize("zip_code", ["21201", "21230"])
def test_not_in_the_portal(client: FlaskClient, shelter: Listing, open_door: Listing, zip_code: str) -> None:
    shown = page(client.post("/find", data={"need": "food-insecurity", "zip": zip_code}))

    check(shown.html)
    assert "410-555-0100" in shown.html
    cards = {card.split("</a>")[0].rpartition(">")[2]: card for card in shown.html.split('class="result"')[1:]}
    assert re.search(r"\d min", cards["Day centre"])
    assert not re.search(r"\d min", cards["Night shelter"])
    assert "1 Light St" in shown.html
    assert "39.3158" in shown.html


def test_not_on_its_own_page(client: FlaskClient, shelter: Listing, open_door: Listing) -> None:
    shown = page(client.get(f"/services/{shelter.service_at_location.id}"))

    check(shown.html)
    assert "The place is kept secret" in shown.text
    assert "1 Light St" in page(client.get(f"/services/{open_door.service_at_location.id}")).text


def test_not_at_the_desk(desk: FlaskClient, work: Work, story: Story, shelter: Listing, open_door: Listing) -> None:
    corrections = Corrections(postal_code="21201")
    people.correct_person(as_actor(work, story.coordinator), story.person_id, corrections)
    at = f"/desk/people/{story.person_id}"
    there = {"service_at_location_id": shelter.service_at_location.id}

    for near in NEAR:
        shown = page(send(desk, f"{at}/match", needs="food-insecurity", near=near, max_km="500"))
        row = shown.html[shown.html.index("<strong>Night shelter") :].split('<li class="rank">')[0]
        check(row)
        assert "Not shown" in row
        assert " km" not in row
    form = page(post(desk, f"{at}/handoff-form", **there)).html
    check(form)
    fields = {
        "needs": "food-insecurity",
        "fields": "name",
        "how_given": "verbal",
        "days": "9",
        "agreed": "y",
        "only_route": "y",
    }
    check(page(desk.get(post(desk, f"{at}/handoffs", **there, **fields, urgency="routine").location)).html)


def test_not_in_what_is_left_out(client: FlaskClient, shelter: Listing, open_door: Listing, story: Story) -> None:
    """How far is too far would tell where it is, asked often enough."""
    body = {"market": "here", "needs": ["food-insecurity"], "max_km": 0.001, "show_excluded": True}

    for near in NEAR:
        answer = client.post("/api/v1/match", json={**body, "near": near})
        check(answer.get_data(as_text=True))
        ids = {match["service_at_location_id"] for match in json.loads(answer.data)["matches"]}
        assert shelter.service_at_location.id in ids


def test_the_api_answers_the_same_from_everywhere(client: FlaskClient, shelter: Listing, open_door: Listing) -> None:
    def ask(near: str, name: str) -> dict[str, Any]:
        body = {"market": "here", "needs": ["food-insecurity"], "near": near, "by": "drive"}
        answer = client.post("/api/v1/match", json=body)
        check(answer.get_data(as_text=True))
        found: list[dict[str, Any]] = json.loads(answer.data)["matches"]
        return next(match for match in found if match["name"] == name)

    shelters = [ask(near, "Night shelter") for near in NEAR]
    assert all(answer == shelters[0] for answer in shelters)
    assert (shelters[0]["distance_km"], shelters[0]["travel_minutes"]) == (None, None)
    assert ask(NEAR[0], "Day centre") != ask(NEAR[1], "Day centre")
