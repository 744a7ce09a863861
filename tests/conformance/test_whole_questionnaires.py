"""Published and made questionnaires, brought whole, give the results of the panels' answer keys."""

import json
from pathlib import Path
from typing import Any

import pytest

from resource_hub.exchange.fhir.questionnaire import read_questionnaire
from resource_hub.exchange.fhir.responses import all_answers, from_response
from resource_hub.screening import instruments
from resource_hub.screening.errors import BadAnswers
from resource_hub.screening.rules.reading import read_instrument
from resource_hub.screening.rules.scoring import score
from resource_hub.screening.service import prepare
from resource_hub.screening.values import Answer, Answers, Instrument, Item, Result

Json = dict[str, Any]

LOINC = "http://loinc.org"


def made_from(name: str, panel: str) -> Json:
    """Return a Questionnaire with the codes of a panel, in two groups, and words of our own."""
    items = [_item(item) for item in instruments.load(name).items]
    groups = [
        {"linkId": f"part-{number}", "type": "group", "text": f"Part {number}", "item": part}
        for number, part in enumerate((items[:10], items[10:]), start=1)
        if part
    ]
    code = [{"system": LOINC, "code": panel}]
    return {"resourceType": "Questionnaire", "name": "Made", "status": "active", "code": code, "item": groups}


def _item(item: Item) -> Json:
    coded = [{"system": LOINC, "code": one.code, "display": f"Answer {one.code}"} for one in item.answers]
    return {
        "linkId": f"/x/{item.code}",
        "code": [{"system": LOINC, "code": item.code}],
        "type": item.kind.value,
        "text": f"Question {item.code}",
        **({"repeats": True} if item.several else {}),
        **({"answerOption": [{"valueCoding": one} for one in coded]} if coded else {}),
    }


def brought(document: Json) -> Instrument:
    return read_instrument(prepare(read_questionnaire(document)))


@pytest.mark.parametrize(("name", "panel"), [("AHC-HRSN", "96777-8"), ("PRAPARE", "93025-5"), ("HVS", "88121-9")])
def test_a_whole_panel_is_scored_as_its_codes_are(name: str, panel: str) -> None:
    whole, pack = brought(made_from(name, panel)), instruments.load(name)

    assert whole.rules == pack.rules
    assert whole.safety == pack.safety
    for item in pack.questions:
        for option in item.answers:
            given = [Answer(item.code, option.code)]
            assert score(whole, given, 40) == score(pack, given, 40)


def test_a_question_with_another_panels_answers_is_not_scored_by_this_one() -> None:
    document = made_from("PRAPARE", "96777-8")
    home = next(i for g in document["item"] for i in g["item"] if i["linkId"] == "/x/71802-3")
    found = brought({**document, "item": [home]})

    assert found.domains == ()


def test_part_of_a_panel_keeps_the_rules_of_its_questions() -> None:
    document = made_from("AHC-HRSN", "96777-8")
    found = brought({**document, "item": document["item"][:1]})

    assert "food-insecurity" in found.domains
    assert "mental-health" not in found.domains
    assert len(found.questions) == 10


GUIDE = "SDOHCC-Questionnaire"
RESPONSES = {
    "hvs": (f"{GUIDE}HungerVitalSign", f"{GUIDE}ResponseHungerVitalSignExample"),
    "prapare": (f"{GUIDE}PRAPARE", f"{GUIDE}ResponsePRAPAREExample"),
    "us-core-700": ("hunger-vital-sign-example", "hunger-vital-sign-example"),
}


def published(shared_data: Path, folder: str) -> tuple[Instrument, Json]:
    names = zip(("Questionnaire", "QuestionnaireResponse"), RESPONSES[folder], strict=True)
    files = [shared_data / "questionnaires" / folder / f"{kind}-{name}.json" for kind, name in names]
    questionnaire, response = (json.loads(file.read_text(encoding="utf-8")) for file in files)
    return brought(questionnaire), response


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["hvs", "us-core-700"])
def test_the_published_food_response_is_a_risk_as_it_says_itself(shared_data: Path, folder: str) -> None:
    instrument, response = published(shared_data, folder)
    given = from_response(response, instrument)

    assert [one.result for one in score(instrument, given)] == [Result.POSITIVE]
    assert Answer("88124-3", "LA19952-3") in all_answers(instrument, Answers(given, {}))


@pytest.mark.shared
def test_the_published_prapare_response_has_the_results_of_the_panel(shared_data: Path) -> None:
    instrument, response = published(shared_data, "prapare")
    given = from_response(response, instrument)
    pack = instruments.load("PRAPARE")

    assert score(instrument, given) == score(pack, given)
    positive = {one.domain for one in score(instrument, given) if one.result is Result.POSITIVE}
    assert {"homelessness", "employment-status", "educational-attainment"} <= positive


@pytest.mark.shared
@pytest.mark.parametrize(
    ("damage", "where"),
    [
        ({"linkId": "/nothing"}, "item[0].linkId"),
        ({"answer": [{"valueCoding": {"code": "LA33-6"}}]}, "answers[0].answer"),
        ({"answer": [{"valueReference": {"reference": "Patient/x"}}]}, "item[0].answer[0].valueReference"),
        ({"answer": "LA33-6"}, "item[0].answer"),
        ({"answer": [{}]}, "item[0].answer[0]"),
    ],
)
def test_a_response_that_does_not_fit_is_refused_with_its_place(shared_data: Path, damage: Json, where: str) -> None:
    instrument, response = published(shared_data, "hvs")
    response["item"][0] |= damage

    with pytest.raises(BadAnswers) as refusal:
        from_response(response, instrument)
    assert [fault.field for fault in refusal.value.faults] == [where]
    assert "LA33-6" not in refusal.value.text
