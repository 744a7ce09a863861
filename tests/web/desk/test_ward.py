"""A plan for several people at once, on one page."""

from flask.testing import FlaskClient

from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Room
from tests.factories import a_listing
from tests.handoff.stories import Story, a_person
from tests.web.conftest import page, send

AT = "/desk/together"


def test_who_wants_help_can_be_chosen(desk: FlaskClient, work: Work, story: Story) -> None:
    a_person(work, story.coordinator, name="Nothing Wanted", wants=())

    shown = page(desk.get(AT))

    assert "Maria Quintero: Food" in shown.text
    assert "Nothing Wanted" not in shown.text
    assert "required" not in shown.html.split("<fieldset")[1].split("</fieldset>")[0]


def test_the_last_place_goes_to_one_and_the_other_is_told_why(desk: FlaskClient, work: Work, story: Story) -> None:
    ride = a_listing(work, story.market, name="Ride", needs=("social-connection",))
    a_listing(work, story.market, name="Far ride", needs=("social-connection",), at=(39.4, -76.6))
    room = Room(
        service_at_location_id=ride.service_at_location.id, market_id=story.market.id, status="capacity", free=1,
        maximum=1, as_of=work.now, changed_at=work.now,
    )  # fmt: skip
    work.session.add(room)
    people = [a_person(work, story.coordinator, name=name, wants=("social-connection",)) for name in ("Ana", "Bea")]

    shown = page(send(desk, AT, people=people))

    assert shown.status == 200
    rows = shown.html.split('<ol class="ward">')[1].split("</ol>")[0].split('class="ward__line"')[1:]
    assert sorted("<strong>Ride</strong>" in row for row in rows) == [False, True]
    assert shown.text.count("The first choice would be Ride. It has room for 1") == 1
    assert work.session.get_one(Room, ride.service_at_location.id).free == 1


def test_people_of_others_are_no_choice(desk: FlaskClient, elsewhere: Story) -> None:
    shown = page(send(desk, AT, people=[elsewhere.person_id]))

    assert (shown.status, 'href="#people"' in shown.to_mend) == (422, True)


def test_nobody_chosen_is_named(desk: FlaskClient, story: Story) -> None:
    assert "Choose at least one." in page(send(desk, AT)).to_mend
