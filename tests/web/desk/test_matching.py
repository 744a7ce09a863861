"""The ranked list: reasons, questions, what is not shown and why, and how to search otherwise."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.handoff.models import ServiceNote, UnmetNeed
from resource_hub.matching.models import PlacePrice
from resource_hub.people import service as people
from resource_hub.people.values import Corrections
from tests.conftest import as_actor
from tests.factories import a_listing, a_user
from tests.handoff.stories import NAME, Story, a_person
from tests.web.conftest import Page, page, send


@pytest.fixture
def at(work: Work, story: Story) -> str:
    """The list of somebody of 40 who lives where the pantry is."""
    corrections = Corrections(postal_code="21201", birth="1986-05-05")
    people.correct_person(as_actor(work, story.coordinator), story.person_id, corrections)
    return f"/desk/people/{story.person_id}/match"


def test_the_list_says_how_likely_how_far_and_how_much_room(desk: FlaskClient, at: str, elsewhere: Story) -> None:
    shown = page(desk.get(at))

    assert shown.heading == f"Find help for {NAME}"
    for text in ("Food pantry", "km", "Has room : 10", "Hand off", "Not shown, and why", "Listing is right"):
        assert text in shown.text.replace("Has room:", "Has room :"), text
    assert shown.text.count("Food pantry people") >= 1
    assert "Neighbour" not in shown.text


def test_what_is_left_out_is_counted_with_its_reason(desk: FlaskClient, work: Work, story: Story, at: str) -> None:
    a_listing(work, story.market, name="Far pantry", at=(41.0, -76.6))

    shown = page(send(desk, at, needs="food-insecurity", near="21201", max_km="20"))

    assert "Too far 1" in shown.text
    assert "Far pantry , Far pantry people" in shown.text


def test_somebody_without_a_wish_is_asked_first(desk: FlaskClient, work: Work, story: Story) -> None:
    nobody = a_person(work, story.coordinator, name="Nothing Wanted", wants=())

    shown = page(desk.get(f"/desk/people/{nobody}/match"))

    assert "They have not said yet what they want help with." in shown.text
    assert f'href="/desk/people/{nobody}/needs"' in shown.html


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("needs", "stress"),
        ("needs", ""),
        ("near", "Baltimore"),
        ("near", "99.5,12"),
        ("near", "00000"),
        ("near", "x" * 41),
        ("by", "camel"),
        ("max_km", "far"),
        ("max_km", "0"),
        ("max_km", "nan"),
        ("max_km", "sNaN"),
        ("max_km", "1e999"),
        ("needed_by", "soon"),
        ("needed_by", "0001-01-01T00:00"),
        ("needed_by", "9999-12-31T23:59"),
    ],
)
def test_what_is_wrong_is_named_and_stays_to_mend(desk: FlaskClient, at: str, field: str, wrong: str) -> None:
    fields = {"needs": "food-insecurity", "near": "21201", "by": "", "max_km": "", "needed_by": ""} | {field: wrong}

    shown = page(send(desk, at, **fields))

    assert shown.status == 422
    assert f'href="#{field}"' in shown.to_mend
    assert field in shown.ids
    if field in {"near", "max_km"}:
        assert shown.hidden(field) == wrong
    assert "Hand off" not in shown.text


def test_no_address_holds_what_was_asked(desk: FlaskClient, at: str) -> None:
    html = page(desk.get(at)).html

    assert "?" not in "".join(part.split('"')[0] for part in html.split('action="')[1:])
    assert 'method="get"' not in html


def test_a_person_whose_zip_is_unknown_can_still_be_helped(desk: FlaskClient, work: Work, story: Story) -> None:
    corrections = Corrections(postal_code="00000")
    people.correct_person(as_actor(work, story.coordinator), story.person_id, corrections)
    at = f"/desk/people/{story.person_id}/match"

    assert "no such ZIP Code" in page(desk.get(at)).to_mend
    assert "Food pantry" in page(send(desk, at, needs="food-insecurity", near="")).text


def test_words_take_the_place_of_the_needs(desk: FlaskClient, work: Work, story: Story, at: str) -> None:
    a_listing(work, story.market, name="Job club", needs=("employment-status",))

    shown = page(send(desk, at, needs="food-insecurity", near="21201", words="looking for a job"))

    assert "The list is for “looking for a job”. Understood as: Work." in " ".join(shown.text.split())
    assert "Job club" in shown.text
    assert 'href="#words"' in page(send(desk, at, needs="food-insecurity", near="21201", words="?!")).to_mend


def test_danger_in_words_is_answered_first(desk: FlaskClient, at: str) -> None:
    shown = page(send(desk, at, needs="food-insecurity", near="21201", words="my husband hits me"))

    assert "1-800-799-7233" in shown.text


def test_kept_places_can_be_used_all_the_same(desk: FlaskClient, work: Work, story: Story, at: str) -> None:
    place = story.pantry.service_at_location.id
    work.session.add(
        PlacePrice(service_at_location_id=place, market_id=story.market.id, price=0.05, computed_at=work.now)
    )
    work.session.flush()
    kept = "Kept for people with no other option:"

    assert kept in page(desk.get(at)).text
    assert kept not in page(send(desk, at, needs="food-insecurity", near="21201", ignore_prices="y")).text


def test_that_nothing_is_suitable_is_written_down_without_the_person(
    desk: FlaskClient, story: Story, work: Work
) -> None:
    at = f"/desk/people/{story.person_id}/match"
    sent = send(desk, at, f"{at}/nothing", needs="food-insecurity", reason="no_room")
    assert sent.status_code == 303
    (kept,) = work.session.scalars(select(UnmetNeed))
    assert (kept.need, kept.reason, kept.market_id) == ("food-insecurity", "no_room", story.market.id)
    assert page(send(desk, at, f"{at}/nothing", needs="food-insecurity", reason="because")).status == 422


def test_what_is_known_is_a_chip_that_opens_to_be_changed(desk: FlaskClient, work: Work, story: Story, at: str) -> None:
    people.set_fact(as_actor(work, story.coordinator), story.person_id, "household_size", 3, work.now.date())

    shown = page(send(desk, at, f"{at}/answers", needs="food-insecurity", near="21201", household_size="5"))

    assert "People in the household: 5" in shown.text
    assert re.search('name="household_size"[^>]*value="5"', shown.html)
    gone = page(send(desk, at, f"{at}/answers", needs="food-insecurity", near="21201", household_size=""))
    assert "People in the household: 5" not in gone.text


class TestComparing:
    def test_two_stand_side_by_side_with_their_reasons(self, desk: FlaskClient, at: str, places: list[str]) -> None:
        shown = page(send(desk, at, f"{at}/compare", needs="food-insecurity", near="21201", compare=places))

        assert shown.heading == f"Compare for {NAME}"
        for text in ("Food pantry", "Other pantry", "Chance", "Has room: 10", "Back to the list", "Listing is right"):
            assert text in shown.text, text
        assert shown.html.count('action="/desk/people/') == 3

    @pytest.mark.parametrize("count", [0, 1, 4])
    def test_another_number_is_refused_with_the_list(
        self, desk: FlaskClient, work: Work, story: Story, at: str, places: list[str], count: int
    ) -> None:
        more = [a_listing(work, story.market, name=f"Pantry {number}") for number in range(2)]
        chosen = [*places, *(one.service_at_location.id for one in more)][:count]

        shown = page(send(desk, at, f"{at}/compare", needs="food-insecurity", near="21201", compare=chosen))

        assert (shown.status, "Choose two or three services" in shown.to_mend) == (422, True)
        assert "Food pantry" in shown.text

    def test_what_is_not_on_the_list_is_not_compared(
        self, desk: FlaskClient, at: str, places: list[str], elsewhere: Story
    ) -> None:
        chosen = [places[0], elsewhere.pantry.service_at_location.id]

        shown = page(send(desk, at, f"{at}/compare", needs="food-insecurity", near="21201", compare=chosen))

        assert "They are no longer on the list." in shown.to_mend

    @pytest.fixture
    def places(self, story: Story, desk: FlaskClient, at: str) -> list[str]:
        html = page(desk.get(at)).html
        return re.findall(r'name="compare" value="([^"]+)"', html)[:2]


class TestNotes:
    @pytest.fixture
    def place(self, story: Story) -> str:
        return story.pantry.service_at_location.id

    def keep(self, desk: FlaskClient, at: str, place: str, text: str, **more: str) -> Page:
        fields = {"needs": "food-insecurity", "near": "21201", "about": place, f"note-{place}": text, **more}
        return page(send(desk, at, f"{at}/notes", **fields))

    def test_a_note_is_shown_on_its_row_and_to_nobody_else(
        self,
        desk: FlaskClient,
        signed_in: Callable[[Actor], FlaskClient],
        work: Work,
        story: Story,
        at: str,
        place: str,
    ) -> None:
        other = signed_in(a_user(work, Role.COORDINATOR, story.market))

        assert "Ask for Rosa" in self.keep(desk, at, place, "Ask for Rosa").text
        assert "Ask for Rosa" in page(desk.get(at)).text
        assert "Ask for Rosa" not in page(other.get(at)).text

        self.keep(desk, at, place, "Ask for Rosa", **{f"shared-{place}": "on"})
        assert "Ask for Rosa" in page(other.get(at)).text
        assert b"Rosa" not in work.session.scalars(select(ServiceNote.sealed_text)).one()

        self.keep(desk, at, place, " ")
        assert "Ask for Rosa" not in page(desk.get(at)).text

    def test_a_note_that_is_too_long_or_of_elsewhere_is_refused(
        self, desk: FlaskClient, at: str, place: str, elsewhere: Story
    ) -> None:
        assert "at most 500" in self.keep(desk, at, place, "x" * 501).to_mend
        assert self.keep(desk, at, elsewhere.pantry.service_at_location.id, "x").status == 404
