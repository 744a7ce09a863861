"""The list's questions, answered where they stand."""

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.work import Work
from resource_hub.people import service as people
from resource_hub.people.queries import get_person
from resource_hub.people.values import Corrections
from tests.conftest import as_actor
from tests.factories import a_listing
from tests.handoff.stories import Story
from tests.matching.records import a_rule
from tests.web.conftest import page, send


@pytest.fixture
def at(work: Work, story: Story) -> str:
    """A list on which one pantry is for veterans only."""
    people.correct_person(as_actor(work, story.coordinator), story.person_id, Corrections(postal_code="21201"))
    pantry = a_listing(work, story.market, name="Pantry for veterans")
    a_rule(work, story.market, pantry, "veteran", value=True, operator="is")
    work.session.flush()
    return f"/desk/people/{story.person_id}/match"


def test_an_answer_is_kept_and_changes_the_list(desk: FlaskClient, work: Work, story: Story, at: str) -> None:
    asked = page(desk.get(at))
    questions = asked.text.split("Ask these first")[1].split("Save and update the list")[0]
    assert ("Veteran" in questions, "Age" in questions) == (True, False)

    told = page(send(desk, at, f"{at}/answers", needs="food-insecurity", near="21201", veteran="no"))

    assert told.status == 200
    assert "Ask these first" not in told.text
    assert "Pantry for veterans , Pantry for veterans people" in told.text.split("Not shown, and why")[1]
    known = {fact.name: fact.value for fact in get_person(as_actor(work, story.coordinator), story.person_id).facts}
    assert known["veteran"] is False


def test_the_options_stay_as_they_were(desk: FlaskClient, at: str) -> None:
    send(desk, at, needs="food-insecurity", near="21201", max_km="5", by="drive")
    told = page(
        send(desk, at, f"{at}/answers", needs="food-insecurity", near="21202", max_km="5", by="drive", veteran="yes")
    )

    assert (told.hidden("near"), told.hidden("max_km")) == ("21202", "5")
    assert 'selected value="drive"' in told.html


def test_a_wrong_answer_is_named_and_nothing_is_kept(desk: FlaskClient, work: Work, story: Story, at: str) -> None:
    told = page(send(desk, at, f"{at}/answers", needs="food-insecurity", near="21201", age="old", veteran="yes"))

    assert told.status == 422
    assert 'href="#age"' in told.to_mend
    assert get_person(as_actor(work, story.coordinator), story.person_id).facts == ()
