"""The packet on one page for both sides, and the person's copy with the way there in words."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from resource_hub.accounts.models import User
from resource_hub.accounts.work import Work
from resource_hub.core.geography import Point, find_postal_code
from resource_hub.inventory.models import Accessibility, Address, Location
from resource_hub.inventory.queries.getting_there import GettingThere
from resource_hub.people import service as people
from resource_hub.people.values import Corrections, NewRoute, RouteKind
from resource_hub.web.desk.copy import way_from
from tests.conftest import as_actor
from tests.factories import stamps
from tests.handoff.stories import Story, a_handoff
from tests.web.conftest import page, post


@pytest.fixture
def referral_id(work: Work, story: Story) -> str:
    """A handoff of somebody with a neighbor who takes calls before noon, and of a coordinator who takes calls."""
    coordinator = as_actor(work, story.coordinator)
    neighbor = NewRoute(RouteKind.PHONE, "410-555-0199", "Do not say hospital", proxy="Ruth", best_time="before noon")
    people.add_route(coordinator, story.person_id, neighbor)
    people.correct_person(coordinator, story.person_id, Corrections(postal_code="21224", language="es"))
    user = work.session.scalars(select(User).where(User.id == story.coordinator.user_id)).one()
    user.call_phone, user.call_hours = "410-555-0111", "weekdays 9 to 4"
    return a_handoff(work, story)


@pytest.mark.parametrize("side", ["desk", "partner"])
def test_it_says_what_is_asked_how_to_reach_them_and_whom_to_call(
    desk: FlaskClient, partner: FlaskClient, side: str, referral_id: str
) -> None:
    at = f"/desk/handoffs/{referral_id}/sheet" if side == "desk" else f"/partner/handoffs/{referral_id}/packet"

    shown = page((desk if side == "desk" else partner).get(at))

    for text in (
        "How urgent: Routine",
        "Phone: (410) 555-0199 . Leave no message. Best time: before noon. May answer for them: Ruth.",
        "Do not say hospital",
        "You may leave a message.",
        "A coordinator , 410-555-0111, weekdays 9 to 4",
        "What they will need to bring",
        "☐ We can help",
    ):
        assert text in shown.text, text
    # The consent does not cover where they live.
    assert "21224" not in shown.text


@pytest.mark.parametrize("side", ["desk", "partner"])
def test_once_the_consent_has_ended_it_is_empty(
    desk: FlaskClient, partner: FlaskClient, side: str, referral_id: str
) -> None:
    post(desk, f"/desk/handoffs/{referral_id}/revoke")
    at = f"/desk/handoffs/{referral_id}/sheet" if side == "desk" else f"/partner/handoffs/{referral_id}/packet"

    shown = page((desk if side == "desk" else partner).get(at))

    assert shown.status == 200
    for secret in ("555-0199", "Ruth", "Maria", "walker", "hospital"):
        assert secret not in shown.html, secret


def test_another_organization_has_no_packet(partner: FlaskClient, work: Work, elsewhere: Story) -> None:
    assert partner.get(f"/partner/handoffs/{a_handoff(work, elsewhere)}/packet").status_code == 404


def test_a_best_time_that_is_too_long_is_named(desk: FlaskClient, story: Story) -> None:
    at = f"/desk/people/{story.person_id}/routes"

    shown = page(post(desk, at, kind="phone", value="410-555-0123", best_time="x" * 101))

    assert (shown.status, 'href="#best_time"' in shown.to_mend) == (422, True)


def located(work: Work, story: Story, **changes: object) -> Location:
    location = story.pantry.location
    for name, value in changes.items():
        setattr(location, name, value)
    work.session.add_all(
        [
            Accessibility(**stamps(work, story.market), location_id=location.id, description="Ramp at the back door"),
            Address(
                **stamps(work, story.market), location_id=location.id, address_1="1 Light St", city="Baltimore",
                state_province="MD", postal_code="21201",
            ),
        ]
    )  # fmt: skip
    work.session.flush()
    return location


def test_the_copy_tells_the_way_in_the_persons_language(
    desk: FlaskClient, work: Work, story: Story, referral_id: str
) -> None:
    located(work, story, transportation="Bus 54 stops there")

    shown = page(desk.get(f"/desk/handoffs/{referral_id}/copy"))

    for text in ("Bus 54 stops there", "Ramp at the back door", "1 Light St", "millas al", "del centro de su código"):
        assert text in shown.text, text


def test_the_way_to_a_confidential_place_is_not_told(
    desk: FlaskClient, work: Work, story: Story, referral_id: str
) -> None:
    located(work, story, transportation="Bus 54 stops there", confidential=True)

    shown = page(desk.get(f"/desk/handoffs/{referral_id}/copy"))

    for secret in ("Bus 54", "Ramp at", "Light St", "millas"):
        assert secret not in shown.html, secret


@pytest.mark.parametrize(
    ("north", "east", "direction"),
    [(0.05, 0, "n"), (0.05, 0.065, "ne"), (0, 0.05, "e"), (-0.05, 0, "s"), (0, -0.05, "w"), (0.05, -0.065, "nw")],
)
def test_the_direction_is_where_the_place_lies(north: float, east: float, direction: str) -> None:
    home = find_postal_code("21201")
    assert home
    there = GettingThere(Point(home.point.latitude + north, home.point.longitude + east))

    way = way_from("21201", there)

    assert way
    assert way[1] == direction
    assert 2 < way[0] < 6


@pytest.mark.parametrize("postal_code", ["", "00000"])
def test_without_both_ends_there_is_no_way(postal_code: str) -> None:
    assert way_from(postal_code, GettingThere(Point(39.3, -76.6))) is None
    assert way_from("21201", GettingThere()) is None
