"""Screening and choosing needs: a risk is not a wish."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from resource_hub.accounts.work import Work
from resource_hub.screening import instruments
from resource_hub.screening.models import ScreeningRecord
from tests.handoff.stories import Story
from tests.web.conftest import page, send


@pytest.fixture
def at(story: Story) -> str:
    return f"/desk/people/{story.person_id}"


def first_positive() -> tuple[str, dict[str, str]]:
    """Return a domain of the screener with an answer that shows a risk, and no danger."""
    instrument = instruments.load("short-screener")
    item = instrument.items[1]
    option = next(option for option in item.answers if option.positive)
    return instrument.domains_of(item.code)[0], {f"item.{item.code}": option.code}


def screenings(work: Work) -> int:
    return work.session.scalar(select(func.count()).select_from(ScreeningRecord)) or 0


def test_the_questions_say_that_they_are_no_validated_instrument(desk: FlaskClient, at: str) -> None:
    shown = page(desk.get(f"{at}/screening/paper"))

    assert "not a validated instrument" in shown.text.lower()
    assert shown.html.count("<fieldset") > 10


def test_a_wish_leads_to_the_list_and_a_risk_alone_does_not(desk: FlaskClient, at: str) -> None:
    domain, answer = first_positive()

    risk_alone = send(desk, f"{at}/screening/paper", **answer)
    assert risk_alone.location == at
    assert "Found:" in page(desk.get(at)).text

    with_wish = send(desk, f"{at}/screening/paper", **answer, **{f"help.{domain}": "yes"})
    assert with_wish.location == f"{at}/match"


def test_no_risk_is_said_too(desk: FlaskClient, at: str) -> None:
    assert "No risk was found" in page(desk.get(send(desk, f"{at}/screening/paper").location)).text


@pytest.mark.parametrize("wrong", [{"item.nothing": "x"}, {"help.nothing": "yes"}, {"item.": "x"}, {"help.": "yes"}])
def test_an_answer_to_no_question_is_refused_and_what_was_ticked_stays(
    desk: FlaskClient, work: Work, at: str, wrong: dict[str, str]
) -> None:
    _domain, answer = first_positive()
    ((name, code),) = answer.items()

    shown = page(send(desk, f"{at}/screening/paper", **answer, **wrong))

    assert shown.status == 422
    assert shown.to_mend
    assert f'name="{name}" value="{code}" checked' in shown.html
    assert screenings(work) == 0


def test_the_same_screening_sent_twice_is_one(desk: FlaskClient, work: Work, at: str) -> None:
    form = page(desk.get(f"{at}/screening/paper"))
    fields = first_positive()[1] | {name: form.hidden(name) for name in ("csrf_token", "idempotency_key")}

    for _ in range(2):
        assert desk.post(f"{at}/screening/paper", data=fields).status_code == 303

    assert screenings(work) == 1


def test_wishes_are_chosen_the_most_important_first(desk: FlaskClient, at: str) -> None:
    fields = {"help.food-insecurity": "yes", "help.stress": "yes", "help.homelessness": "later", "first": "stress"}

    shown = page(desk.get(send(desk, f"{at}/needs", **fields).location))

    assert shown.text.index("Stress and feelings") < shown.text.index("Food")
    assert "Asked, and not now: " in shown.text
    chosen = page(desk.get(f"{at}/needs")).html
    assert chosen.count("selected") >= 4


def test_a_wish_for_what_is_no_need_is_refused_and_the_rest_stays_chosen(desk: FlaskClient, at: str) -> None:
    shown = page(send(desk, f"{at}/needs", **{"help.stress": "yes", "help.gold": "yes", "first": "stress"}))

    assert shown.status == 422
    assert "Use needs" in shown.to_mend
    assert '<option value="stress" selected>' in shown.html
    assert "Stress" not in page(desk.get(at)).text
