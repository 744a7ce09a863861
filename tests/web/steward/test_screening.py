"""The figures of screening: for stewards and programme leads, as a page and as CSV."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.screening import service
from resource_hub.screening.values import Answer, WantsHelp
from tests.conftest import as_actor
from tests.factories import a_person, a_user
from tests.handoff.stories import Story
from tests.web.conftest import page


@pytest.fixture
def lead(work: Work, story: Story, signed_in: Callable[[Actor], FlaskClient]) -> FlaskClient:
    return signed_in(a_user(work, Role.PROGRAMME_LEAD, story.market))


@pytest.fixture
def at(work: Work, story: Story) -> str:
    """Twelve people with too little food, eleven of whom want help, and one who is short of rides."""
    mine = as_actor(work, story.coordinator)
    for number in range(12):
        person = a_person(mine, story.market, name=f"Person {number}", language="es")
        given = [Answer("food", "most"), *([Answer("rides", "rarely")] if number == 0 else [])]
        wish = WantsHelp.YES if number else WantsHelp.NO
        service.record_screening(mine, person.id, "short-screener", given, {"food-insecurity": wish})
    return f"/steward/screening/{story.market.id}"


def test_a_programme_lead_sees_figures_and_no_small_ones(lead: FlaskClient, at: str) -> None:
    shown = page(lead.get(at))

    assert shown.heading == "Screening in figures"
    assert "Food 12" in shown.text
    assert "hidden" in shown.text


def test_the_table_has_no_small_number(lead: FlaskClient, at: str) -> None:
    answer = lead.get(f"{at}/figures.csv")
    rows = [line.split(",") for line in answer.get_data(as_text=True).splitlines()]

    assert answer.mimetype == "text/csv"
    assert rows[0] == ["by", "name", "count_of", "people"]
    assert ["domain", "food-insecurity", "positive", "12"] in rows
    assert ["domain", "food-insecurity", "no", ""] in rows
    assert ["domain", "food-insecurity", "yes", ""] in rows
    assert not [row for row in rows[1:] if row[3] and 0 < int(row[3]) < 11]


def test_others_do_not_see_them(desk: FlaskClient, lead: FlaskClient, at: str, elsewhere: Story) -> None:
    assert desk.get(at).status_code == 403
    assert lead.get(f"/steward/screening/{elsewhere.market.id}").status_code == 404
