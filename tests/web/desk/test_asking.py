"""Staff asks page by page: saved as they go, taken up again, and nothing lost; and what is printed and keyed in."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from resource_hub.accounts.work import Work
from resource_hub.screening import queries, service
from resource_hub.screening.values import Answer, Mode, WantsHelp
from tests.conftest import as_actor
from tests.factories import an_instrument
from tests.handoff.stories import Story
from tests.web.conftest import page, send


@pytest.fixture
def mine(work: Work, story: Story) -> Work:
    return as_actor(work, story.coordinator)


@pytest.fixture
def at(story: Story) -> str:
    return f"/desk/people/{story.person_id}/screening"


def begin(desk: FlaskClient, at: str, instrument: str = "short-screener") -> str:
    return str(send(desk, at, how="ask", instrument=instrument).location)


def save(desk: FlaskClient, address: str, shown: Sequence[str] = (), **fields: str) -> str:
    position = page(desk.get(address)).hidden("position")
    return str(send(desk, address, None, position=position, shown=list(shown), **fields).location)


def test_what_was_saved_is_taken_up_again(desk: FlaskClient, at: str) -> None:
    address = begin(desk, at)
    assert "not saved yet" in page(desk.get(address)).text
    assert save(desk, address, go="stop", **{"item.food": "most"}) == at

    assert "saved at" in page(desk.get(at)).text
    again = page(desk.get(begin(desk, at)))
    assert re.search(r'name="item.food" value="most" checked', again.html)
    assert "saved at" in again.text


def test_each_risk_is_asked_about_and_the_wishes_are_put_in_order(
    desk: FlaskClient, mine: Work, at: str, story: Story
) -> None:
    wishes = save(desk, begin(desk, at), **{"item.food": "most", "item.rides": "rarely", "item.work": "yes"})
    shown = page(desk.get(wishes))
    assert re.findall(r"<strong>\((.*?)\)</strong>", shown.html) == ["Food", "Rides", "Work"]

    chosen = {"help.food-insecurity": "yes", "help.transportation-insecurity": "yes", "help.employment-status": "no"}
    order = str(send(desk, wishes, **chosen).location)
    assert order.endswith("/needs/order")
    send(desk, order, need="transportation-insecurity", move="up")

    needs = {need.code: need.wants_help for need in queries.needs_of(mine, story.person_id)}
    wanted = [code for code, wish in needs.items() if wish is WantsHelp.YES]
    assert wanted.index("transportation-insecurity") < wanted.index("food-insecurity")
    assert needs["employment-status"] is WantsHelp.NO
    done = queries.latest_screening(mine, story.person_id)
    assert done is not None
    assert done.mode is Mode.STAFF
    assert page(desk.get(wishes)).status == 404


def test_danger_asks_whether_it_is_safe_to_talk_on_the_next_page(desk: FlaskClient, at: str) -> None:
    shown = page(desk.get(save(desk, begin(desk, at), **{"item.safety": "yes"})))

    assert "is it safe to talk now" in shown.text
    assert "1-800-799-7233" in shown.text


def test_paper_has_large_questions_in_both_languages_and_no_person(desk: FlaskClient, at: str) -> None:
    printed = str(send(desk, at, how="print", instrument="short-screener").location)

    english, spanish = page(desk.get(printed)), page(desk.get(f"{printed}&in=es"))

    assert english.heading == "A short check of daily needs"
    assert spanish.heading == "Unas preguntas sobre su vida diaria"
    assert 'lang="es"' in spanish.html
    assert page(desk.get("/desk/paper?instrument=menu")).heading == "What would help you today?"
    assert desk.get("/desk/paper?instrument=none-such").status_code == 404


def test_what_was_keyed_in_says_so(desk: FlaskClient, mine: Work, at: str, story: Story) -> None:
    keyed = str(send(desk, at, how="key-in", instrument="short-screener").location)
    send(desk, keyed, keyed.partition("?")[0], **{"item.food": "none"})

    done = queries.latest_screening(mine, story.person_id)
    assert done is not None
    assert done.mode is Mode.PAPER
    assert "On paper" in page(desk.get(f"/desk/people/{story.person_id}/screenings/{done.id}")).text


def test_what_changed_and_the_picture_are_on_the_persons_page(desk: FlaskClient, mine: Work, story: Story) -> None:
    for days, answer in ((30, "most"), (1, "none")):
        earlier = replace(mine, now=mine.now - timedelta(days=days))
        service.record_screening(earlier, story.person_id, "short-screener", [Answer("food", answer)], {})

    shown = page(desk.get(f"/desk/people/{story.person_id}"))

    assert "Food: Risk → No risk found" in shown.text
    assert 'class="heat"' in shown.html
    assert len(queries.history_of(mine, story.person_id).days) == 2


CHAIN = {
    "name": "chain", "version": "1", "title": {"en": "Chain"}, "scoring": [],
    "help_question": {"en": "Help?"}, "help_answers": {"yes": {"en": "Yes"}},
    "items": [
        {"code": "pets", "text": {"en": "Pets?"}, "answers": [{"code": "yes"}, {"code": "no"}]},
        {"code": "kind", "text": {"en": "Which?"}, "kind": "string",
         "enabled": {"when": [{"item": "pets", "operator": "=", "value": "yes"}]}},
        {"code": "age", "text": {"en": "How old?"}, "kind": "integer"},
    ],
}  # fmt: skip


@pytest.fixture
def chain(work: Work) -> str:
    """An instrument whose second question waits for the first."""
    an_instrument(work, CHAIN)
    return "chain"


def test_a_question_that_an_answer_brings_up_is_asked_without_a_script(desk: FlaskClient, at: str, chain: str) -> None:
    address = begin(desk, at, chain)
    assert re.search(
        r'<fieldset[^>]* hidden[^>]*disabled>\s*<input type="hidden" name="shown" value="kind"',
        page(desk.get(address)).html,
    )

    assert save(desk, address, shown=["pets", "age"], **{"item.pets": "yes"}) == address
    assert not re.search(r"<fieldset[^>]* hidden", page(desk.get(address)).html)
    assert save(desk, address, shown=["pets", "kind", "age"], **{"item.pets": "yes"}).endswith("/wishes")


def test_an_answer_that_does_not_fit_is_named_and_what_was_typed_stays(desk: FlaskClient, at: str, chain: str) -> None:
    address = begin(desk, at, chain)
    position = page(desk.get(address)).hidden("position")

    shown = page(send(desk, address, position=position, **{"item.age": "old"}))

    assert (shown.status, "do not fit" in shown.to_mend, 'value="old"' in shown.html) == (422, True, True)


def test_another_persons_screening_is_not_found(desk: FlaskClient, mine: Work, at: str, elsewhere: Story) -> None:
    draft = service.start(as_actor(mine, elsewhere.coordinator), elsewhere.person_id, "short-screener")

    assert desk.get(f"{at}/{draft.id}/1").status_code == 404
    assert desk.get(f"/desk/people/{elsewhere.person_id}/screening").status_code == 404


@pytest.mark.parametrize("position", ["", "-1", "x", "9" * 400, "٣"])
def test_an_odd_position_is_refused(desk: FlaskClient, at: str, position: str) -> None:
    assert send(desk, begin(desk, at), position=position).status_code == 422
