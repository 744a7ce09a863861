"""The page of a screening: danger first, nothing sensitive out, and other people's screenings are not found."""

import json
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from resource_hub.accounts.models import AuditRow
from resource_hub.accounts.work import Work
from resource_hub.people import consent
from resource_hub.people.values import Basis, ConsentTerms, HowGiven
from resource_hub.screening import service
from resource_hub.screening.values import Answer
from tests.conftest import as_actor
from tests.factories import an_instrument, an_organization
from tests.handoff.stories import Story
from tests.web.conftest import page, send

WORDS = {
    "name": "words", "version": "1", "title": {"en": "Words"}, "scoring": [],
    "help_question": {"en": "Help?"}, "help_answers": {"yes": {"en": "Yes"}},
    "items": [
        {"code": "glad", "text": {"en": "Glad?"}, "kind": "boolean"},
        {"code": "days", "text": {"en": "Days?"}, "kind": "quantity", "unit": "days"},
        {"code": "worry", "text": {"en": "Worry?"}, "kind": "text"},
        {"code": "pets", "text": {"en": "Pets?"}, "answers": [{"code": "yes"}, {"code": "no"}]},
        {"code": "kind", "text": {"en": "Which?"}, "kind": "string",
         "enabled": {"when": [{"item": "pets", "operator": "=", "value": "yes"}]}},
    ],
}  # fmt: skip


@pytest.fixture
def at(story: Story) -> str:
    return f"/desk/people/{story.person_id}"


@pytest.fixture
def unsafe(desk: FlaskClient, at: str) -> str:
    """The page of a screening in which somebody is hurt and has too little to eat."""
    answers = {"item.safety": "yes", "item.food": "most"}
    return str(send(desk, f"{at}/screening/paper", **answers).location)


def test_danger_leads_to_help_at_once_and_asks_whether_it_is_safe_to_talk(desk: FlaskClient, unsafe: str) -> None:
    shown = page(desk.get(unsafe))

    assert "is it safe to talk now" in shown.text
    assert "1-800-799-7233" in shown.text
    section = re.search(r'<section class="safety no-print".*?</section>', shown.html, re.DOTALL)
    assert section is not None
    assert "hurt" not in section[0].lower()


def test_what_is_sensitive_is_not_printed(desk: FlaskClient, unsafe: str) -> None:
    rows = re.findall(r"<tr (.*?)>\s*<th scope=\"row\">(.*?)</th>", page(desk.get(unsafe)).html)

    assert {name for attributes, name in rows if "no-print" in attributes} == {
        "Safety at home",
        "Does someone close to you hurt you, scare you, or rule what you do?",
    }


def answers_of(html: str) -> list[tuple[str, str, str]]:
    """Return each question of the page with its answer, and whether it stays off the paper."""
    table = html.partition('<details class="fold">')[2].partition("</details>")[0]
    rows = re.findall(r"<tr (.*?)>\s*<th scope=\"row\">(.*?)</th>(.*?)</tr>", table, re.DOTALL)
    return [
        (name, " ".join(re.sub("<[^>]*>", " ", rest).split()), "no-print" if "no-print" in attributes else "")
        for attributes, name, rest in rows
    ]


def test_the_page_says_what_was_answered_in_the_order_of_the_questions(desk: FlaskClient, unsafe: str) -> None:
    said = answers_of(page(desk.get(unsafe)).html)

    assert said[0] == ("Do you have a safe place to sleep tonight and the rest of this week?", "Not answered", "")
    assert ("In the last month, on how many days did you have too little to eat?", "Most days", "") in said
    assert [(answer, printed) for _question, answer, printed in said if printed] == [("Yes", "no-print")]


def test_what_was_answered_is_in_the_readers_language(desk: FlaskClient, unsafe: str) -> None:
    desk.post("/language", data={"language": "es", "back": "/"})

    assert "Casi todos los días" in [answer for _question, answer, _ in answers_of(page(desk.get(unsafe)).html)]


def test_answers_that_are_no_choice_are_shown_as_they_were_given(
    work: Work, desk: FlaskClient, at: str, story: Story
) -> None:
    an_instrument(work, WORDS)
    given = {"glad": "true", "days": "1200", "worry": "<b>Rent</b>", "pets": "no", "kind": "A cat"}
    mine = as_actor(work, story.coordinator)
    done = service.record_screening(mine, story.person_id, "words", [Answer(*one) for one in given.items()], {})

    # A question that is not asked of who has no pets was not answered either.
    assert answers_of(page(desk.get(f"{at}/screenings/{done.id}")).html) == [
        ("Glad?", "Yes", ""),
        ("Days?", "1,200 days", ""),
        ("Worry?", "&lt;b&gt;Rent&lt;/b&gt;", ""),
        ("Pets?", "no", ""),
    ]


def test_no_message_repeats_what_means_danger(desk: FlaskClient, at: str, unsafe: str) -> None:
    assert "Found:" not in page(desk.get(at)).text


def download(desk: FlaskClient, address: str, **fields: str) -> str:
    answer = send(desk, address, f"{address}/fhir", **{"part": "bundle", "consent_id": "", **fields})
    assert answer.status_code == 200
    assert answer.mimetype == "application/fhir+json"
    assert json.loads(answer.get_data(as_text=True))["resourceType"] in {"Bundle", "QuestionnaireResponse"}
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("part", ["bundle", "response"])
def test_a_download_leaves_out_what_is_sensitive_unless_a_consent_names_it(
    desk: FlaskClient, work: Work, story: Story, unsafe: str, part: str
) -> None:
    terms = ConsentTerms(frozenset({"needs", "sensitive:violence"}), Basis.AUTHORIZATION, HowGiven.VERBAL, 30)
    person = story.person_id
    given = consent.give(work, person, an_organization(work, story.market).id, terms)

    without, named = download(desk, unsafe, part=part), download(desk, unsafe, part=part, consent_id=given.id)

    assert "safety" not in without
    assert "food" in without
    assert "SDV" in named
    actions = work.session.scalars(select(AuditRow.action)).all()
    assert actions.count("screening.exported") == 2


def test_a_consent_that_does_not_hold_is_no_choice(desk: FlaskClient, unsafe: str) -> None:
    answer = send(desk, unsafe, f"{unsafe}/fhir", part="bundle", consent_id="somebody-elses")

    assert answer.status_code == 422


def test_a_screening_of_somebody_else_is_not_found(desk: FlaskClient, at: str, unsafe: str) -> None:
    other = unsafe[:-4] + "0000"

    assert desk.get(other).status_code == 404
    assert send(desk, unsafe, f"{other}/fhir", part="bundle", consent_id="").status_code == 404
