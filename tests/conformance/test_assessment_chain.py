"""The assessment chain is the one of HL7's SDOH Clinical Care guide, but for what is listed here."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from resource_hub.exchange.fhir.assessment import Chain, to_bundle
from resource_hub.exchange.fhir.questionnaire import read_questionnaire
from resource_hub.exchange.fhir.responses import from_response
from resource_hub.screening import instruments
from resource_hub.screening.rules import scoring
from resource_hub.screening.rules.reading import read_instrument
from resource_hub.screening.rules.suggesting import suggestions
from resource_hub.screening.service import prepare
from resource_hub.screening.values import Answers, Instrument, Screening, Sensitivity
from tests.conformance.fhir_profiles import faults, snapshot

pytestmark = pytest.mark.shared

Json = dict[str, Any]

# Where ours differs from the guide's examples, and why.
DIFFERENCES = {
    "id": "ours are made for the bundle",
    "text": "a narrative that its publisher generates",
    "display": "a person's name stands in no reference",
    "_questionnaire": "a title for display",
    "questionnaire": "ours names the version that was answered",
    "item.text": "the example's questions lack the full stop of its Questionnaire",
    "onsetPeriod": "nobody asked since when; ours says when it was recorded",
    "asserter": "nobody asserted it: it is unconfirmed",
    "code": "Z59.4 and Z59.0 are no billable codes (ours is a leaf), and SNOMED CT is not ours to give",
    "code.display": "the examples call a code otherwise than their Questionnaire does",
    "version": "the example names the version of one code system and not of the others",
}
ONLY_OURS = {"recordedDate"}
LEFT_OUT = {"id", "text", "_questionnaire", "version", "onsetPeriod", "asserter"}
ALL = frozenset(Sensitivity)


@pytest.fixture
def guide(shared_data: Path) -> Path:
    return shared_data / "fhir_sdoh" / "stu3-sushi"


def example(guide: Path, name: str) -> Json:
    found: Json = json.loads((guide / "examples" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def brought(guide: Path, name: str) -> Instrument:
    return read_instrument(prepare(read_questionnaire(example(guide, f"Questionnaire-SDOHCC-{name}"))))


def chain_of(guide: Path, panel: str, covered: frozenset[Sensitivity] = ALL) -> Chain:
    """Return the chain of the guide's own response to a panel."""
    response = example(guide, f"QuestionnaireResponse-SDOHCC-QuestionnaireResponse{panel}Example")
    instrument = brought(guide, f"Questionnaire{panel}")
    given = from_response(response, instrument)
    results = scoring.score(instrument, given)
    screening = Screening(
        id="5d5cbe92-1dcb-4f2c-8f5e-6f4b0d7c8a11",
        instrument=instrument.name,
        version=instrument.version,
        screened_at=datetime.fromisoformat(response["authored"]).astimezone(UTC),
        results=results,
        choices=scoring.choices(results, {}),
        suggestions=suggestions(instrument, results, given),
    )
    return Chain(instrument, screening, Answers(given, {}), "Patient/pat-53234", covered, instruments.diagnoses())


def records(chain: Chain, kind: str) -> list[Json]:
    bundle: Json = json.loads(json.dumps(to_bundle(chain)))
    return [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind]


def plain(record: Json, *, left_out: frozenset[str] = frozenset()) -> Any:
    """Return a record without what differs on purpose; references by kind, lists in no order."""

    def walk(value: Any, name: str) -> Any:
        if isinstance(value, dict):
            if "reference" in value:
                return "Patient" if value["reference"].startswith("Patient/") else "another"
            return {key: walk(one, key) for key, one in sorted(value.items()) if key not in LEFT_OUT | left_out}
        if isinstance(value, list):
            return sorted((walk(one, name) for one in value), key=str)
        return value

    return walk({key: value for key, value in record.items() if key not in ONLY_OURS}, "")


def test_the_food_response_is_the_guides(guide: Path) -> None:
    (ours,) = records(chain_of(guide, "HungerVitalSign"), "QuestionnaireResponse")
    theirs = example(guide, "QuestionnaireResponse-SDOHCC-QuestionnaireResponseHungerVitalSignExample")

    assert plain(ours, left_out=frozenset({"questionnaire"})) == plain(theirs, left_out=frozenset({"questionnaire"}))
    assert ours["questionnaire"].partition("|")[0] == theirs["questionnaire"]


def test_the_food_risk_is_the_guides_observation_and_the_only_one_with_an_interpretation(guide: Path) -> None:
    ours = records(chain_of(guide, "HungerVitalSign"), "Observation")
    theirs = example(guide, "Observation-SDOHCC-ObservationResponseHungerVitalSignQuestion3Example")
    (risk,) = [one for one in ours if one["code"]["coding"][0]["code"] == "88124-3"]

    assert plain(risk) == plain(theirs)
    assert [one["code"]["coding"][0]["code"] for one in ours] == ["88122-7", "88123-5", "88124-3"]
    assert [one for one in ours if "interpretation" in one] == [risk]


@pytest.mark.parametrize(
    ("panel", "domain", "name", "leaf"),
    [
        ("HungerVitalSign", "food-insecurity", "FoodInsecurity", "Z59.41"),
        ("PRAPARE", "homelessness", "Homeless", "Z59.00"),
        ("PRAPARE", "employment-status", "Unemployed", "Z56.0"),
    ],
)
def test_the_health_concerns_are_the_guides_but_for_their_codes(
    guide: Path, panel: str, domain: str, name: str, leaf: str
) -> None:
    chain = chain_of(guide, panel)
    (ours,) = [one for one in records(chain, "Condition") if one["category"][2]["coding"][0]["code"] == domain]

    assert plain(ours, left_out=frozenset({"code"})) == plain(
        example(guide, f"Condition-SDOHCC-Condition{name}Example"), left_out=frozenset({"code"})
    )
    assert ours["verificationStatus"]["coding"][0]["code"] == "unconfirmed"
    assert ours["code"]["coding"][0]["code"] == leaf


@pytest.mark.parametrize("name", ["HousingStatus", "EmploymentStatus"])
def test_the_answers_of_prapare_are_the_guides_observations(guide: Path, name: str) -> None:
    theirs = example(guide, f"Observation-SDOHCC-ObservationResponsePRAPARE{name}Example")
    code = theirs["code"]["coding"][0]["code"]
    (ours,) = [
        one for one in records(chain_of(guide, "PRAPARE"), "Observation") if one["code"]["coding"][0]["code"] == code
    ]

    # The guide's examples call two codes otherwise than its Questionnaire does.
    theirs["code"]["coding"][0]["display"] = ours["code"]["coding"][0]["display"]
    assert plain(ours) == plain(theirs)


@pytest.mark.parametrize("panel", ["HungerVitalSign", "PRAPARE"])
@pytest.mark.parametrize(
    ("kind", "profile"),
    [("Observation", "SDOHCC-ObservationScreeningResponse"), ("Condition", "SDOHCC-Condition")],
)
def test_every_record_keeps_to_its_profile(guide: Path, panel: str, kind: str, profile: str) -> None:
    elements = snapshot(guide / "conformance", profile)
    found = records(chain_of(guide, panel), kind)

    assert found
    for record in found:
        assert faults(record, elements) == []


def test_the_check_of_profiles_finds_what_is_missing_or_wrong(guide: Path) -> None:
    elements = snapshot(guide / "conformance", "SDOHCC-Condition")
    record = records(chain_of(guide, "HungerVitalSign"), "Condition")[0]

    assert faults({key: value for key, value in record.items() if key != "subject"}, elements)
    assert faults({**record, "category": record["category"][:1]}, elements)
    assert faults({**record, "clinicalStatus": [record["clinicalStatus"]] * 2}, elements)


def test_what_a_consent_does_not_name_is_in_no_part_of_the_bundle(guide: Path) -> None:
    chain = chain_of(guide, "PRAPARE")
    asked = {"76501-6", "93026-3"}
    assert asked <= {one.item for one in chain.answers.given}

    text = json.dumps(to_bundle(chain_of(guide, "PRAPARE", frozenset())))
    whole = json.dumps(to_bundle(chain))

    assert not any(code in text for code in asked)
    assert "intimate-partner-violence" not in text
    assert all(code in whole for code in asked)
    assert "SDV" in whole
