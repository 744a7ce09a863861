"""Going anywhere by a few letters, without script."""

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.work import Work
from resource_hub.people import service as people
from resource_hub.people.values import Corrections
from tests.conftest import as_actor
from tests.handoff.stories import NAME, Story, a_person
from tests.web.conftest import page, post, send

AT = "/desk/go"


def test_pages_are_listed_before_anything_is_typed(desk: FlaskClient) -> None:
    shown = page(desk.get(AT))

    assert shown.heading == "Go to"
    for text in ("Today", "Add a person", "Discharges"):
        assert text in shown.text, text
    assert NAME not in shown.text


@pytest.mark.parametrize("words", ["mar", "MARIA", "quint", "maria q", "mrn 7", "MRN-7"])
def test_a_person_is_found_by_the_start_of_a_name_or_by_their_number(
    desk: FlaskClient, work: Work, story: Story, elsewhere: Story, words: str
) -> None:
    people.correct_person(as_actor(work, story.coordinator), story.person_id, Corrections(record_number="MRN 7"))
    a_person(work, story.coordinator, name="Omar Maria-less")

    shown = page(send(desk, AT, words=words))

    assert f'href="/desk/people/{story.person_id}"' in shown.html
    assert f'href="/desk/people/{elsewhere.person_id}"' not in shown.html


def test_the_middle_of_a_name_finds_nobody(desk: FlaskClient, story: Story) -> None:
    assert "Nothing begins so." in page(send(desk, AT, words="aria")).text


def test_actions_are_for_the_person_of_the_page_that_one_is_on(
    desk: FlaskClient, story: Story, elsewhere: Story
) -> None:
    here = page(send(desk, AT, words="find", here=f"/desk/people/{story.person_id}/facts"))
    there = page(send(desk, AT, words="find", here=f"/desk/people/{elsewhere.person_id}"))

    assert f"Find help: {NAME}" in here.text
    assert f'href="/desk/people/{story.person_id}/match"' in here.html
    assert "Find help" not in there.text


def test_what_is_too_long_is_refused(desk: FlaskClient) -> None:
    assert 'href="#words"' in page(send(desk, AT, words="x" * 500)).to_mend


def test_nobody_else_goes_there(partner: FlaskClient) -> None:
    assert post(partner, AT, words="a").status_code == 403
