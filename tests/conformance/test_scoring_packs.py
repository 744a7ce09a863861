"""Panels are scored as the published crosswalk says: each answer alone, and sums with gaps; codes are leaves."""

import csv
import itertools
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from resource_hub.screening import instruments
from resource_hub.screening.rules.scoring import score
from resource_hub.screening.values import NEED_OF, Answer, Instrument, Kind, Result

pytestmark = pytest.mark.shared

HITS = ("95618-5", "95617-7", "95616-9", "95615-1")
FREQUENCY = {"LA6270-8": 1, "LA10066-1": 2, "LA10082-8": 3, "LA16644-9": 4, "LA6482-9": 5}
OWN = {"(substance": "substance-use", "(mental": "mental-health"}
PANELS = {"AHC-HRSN": "AHC-HRSN", "HVS": "HVS", "PRAPARE": "PRAPARE"}

Row = dict[str, str]


@pytest.fixture
def crosswalk(shared_data: Path) -> list[Row]:
    with (shared_data / "questionnaires" / "crosswalk.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def domains(row: Row) -> list[str]:
    first = row["domain"].split(" ")[0]
    return [OWN[first]] if first in OWN else row["domain"].split("|")


def found(panel: Instrument, answers: list[Answer], domain: str) -> Result:
    return next(one.result for one in score(panel, answers) if one.domain == domain)


def single(rows: list[Row]) -> Iterator[Row]:
    """Give the rows of one coded answer that is positive or not by itself."""
    yield from (row for row in rows if row["answer_loinc"].startswith("LA") and row["positive"])


def test_each_answer_alone_is_positive_where_the_crosswalk_says_so(crosswalk: list[Row]) -> None:
    checked = 0
    for row in single(crosswalk):
        panel = instruments.load(PANELS[row["instrument"]])
        result = found(panel, [Answer(row["item_loinc"], row["answer_loinc"])], domains(row)[0])
        assert (result is Result.POSITIVE) == (row["positive"] == "1"), row
        checked += 1
    assert checked > 100


def test_each_answer_and_code_of_the_crosswalk_is_in_its_pack(crosswalk: list[Row]) -> None:
    for row in crosswalk:
        panel = instruments.load(PANELS[row["instrument"]])
        for code in row["item_loinc"].split("|"):
            item = panel.item(code)
            assert item is not None
            assert item.kind is not Kind.CHOICE or item.option(row["answer_loinc"]) is not None, row


def test_a_domain_is_not_indicated_once_all_its_questions_got_a_harmless_answer(crosswalk: list[Row]) -> None:
    harmless: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in single(crosswalk):
        if row["positive"] == "0":
            for domain in domains(row):
                harmless[row["instrument"], domain].setdefault(row["item_loinc"], row["answer_loinc"])
    for (name, domain), chosen in harmless.items():
        panel = instruments.load(PANELS[name])
        if domain == "sdoh-category-unspecified" and name == "AHC-HRSN":
            continue  # This one also asks for physical activity, in numbers.
        answers = [Answer(item, answer) for item, answer in chosen.items()]
        assert found(panel, answers, domain) is Result.NOT_INDICATED, (name, domain)
        for left_out in answers:
            rest = [one for one in answers if one != left_out]
            assert found(panel, rest, domain) is Result.INCOMPLETE, (name, domain)


def test_a_refusal_is_never_positive_and_leaves_the_domain_incomplete() -> None:
    checked = 0
    for name in instruments.pack_names():
        panel = instruments.load(name)
        for item in panel.items:
            for option in item.answers:
                if option.refusal:
                    results = [
                        one for one in score(panel, [Answer(item.code, option.code)]) if item.code in one.refused
                    ]
                    assert all(one.result is Result.INCOMPLETE for one in results)
                    checked += 1
    assert checked > 15
    stress = score(instruments.load("AHC-HRSN"), [Answer("93038-8", "LA30122-8")])
    assert [(one.result, one.refused) for one in stress if one.domain == "stress"] == [
        (Result.INCOMPLETE, ("93038-8",))
    ]


@pytest.mark.parametrize("name", ["HITS", "AHC-HRSN"])
def test_all_combinations_of_hits_with_and_without_gaps(name: str) -> None:
    panel, seen = instruments.load(name), 0
    for chosen in itertools.product([None, *FREQUENCY], repeat=4):
        answers = [Answer(item, answer) for item, answer in zip(HITS, chosen, strict=True) if answer]
        total = sum(FREQUENCY[one.answer] for one in answers)
        calm = Result.NOT_INDICATED if len(answers) == 4 else Result.INCOMPLETE
        expected = Result.POSITIVE if total >= 11 else calm
        assert found(panel, answers, "intimate-partner-violence") is expected
        seen += 1
    assert seen == 6**4


def test_all_combinations_of_phq_2() -> None:
    panel = instruments.load("PHQ-2")
    points = {"LA6568-5": 0, "LA6569-3": 1, "LA6570-1": 2, "LA6571-9": 3}
    for chosen in itertools.product([None, *points], repeat=2):
        answers = [Answer(i, a) for i, a in zip(("44250-9", "44255-8"), chosen, strict=True) if a]
        total = sum(points[one.answer] for one in answers)
        calm = Result.NOT_INDICATED if len(answers) == 2 else Result.INCOMPLETE
        assert found(panel, answers, "mental-health") is (Result.POSITIVE if total >= 3 else calm)


@pytest.mark.parametrize(
    ("item", "answer", "there", "elsewhere"),
    [
        ("71802-3", "LA31994-9", "AHC-HRSN", "PRAPARE"),
        ("71802-3", "LA30190-5", "PRAPARE", "AHC-HRSN"),
        ("93030-5", "LA33-6", "AHC-HRSN", "PRAPARE"),
        ("93030-5", "LA30133-5", "PRAPARE", "AHC-HRSN"),
    ],
)
def test_a_code_that_two_panels_share_has_each_panels_answers(
    item: str, answer: str, there: str, elsewhere: str
) -> None:
    own, other = (instruments.load(name).item(item) for name in (there, elsewhere))
    assert own is not None
    assert other is not None
    assert own.option(answer) is not None
    assert other.option(answer) is None


def test_the_same_answer_about_stress_means_more_in_one_panel() -> None:
    answers = [Answer("93038-8", "LA13909-9")]
    assert found(instruments.load("AHC-HRSN"), answers, "stress") is Result.POSITIVE
    assert found(instruments.load("PRAPARE"), answers, "stress") is Result.NOT_INDICATED


def test_what_nobody_verified_is_marked_and_only_in_prapare() -> None:
    for name in instruments.pack_names():
        panel = instruments.load(name)
        marked = {(item.code, one.code) for item in panel.items for one in item.answers if one.unverified}
        assert bool(marked) == (name == "PRAPARE")
    verified = {("71802-3", "LA30190-5"), ("67875-5", "LA17956-6"), ("76501-6", "LA33-6")}
    panel = instruments.load("PRAPARE")
    positive = {(item.code, one.code) for item in panel.items for one in item.answers if one.positive}
    assert verified == {
        (item, answer)
        for item, answer in positive
        if not panel.item(item).option(answer).unverified  # type: ignore[union-attr]  # they are there
    }


def test_suggested_codes_are_leaves_that_can_be_billed(shared_data: Path, crosswalk: list[Row]) -> None:
    with (shared_data / "questionnaires" / "icd10cm_z55_z65_april2026.csv").open(encoding="utf-8", newline="") as file:
        known = {row["code"]: row for row in csv.DictReader(file)}
    for code, description in instruments.diagnoses().items():
        if code in known:
            assert (known[code]["billable"], known[code]["description"]) == ("1", description)
    suggested = {
        code
        for name in instruments.pack_names()
        for item in instruments.load(name).items
        for option in item.answers
        for code in option.icd10
    }
    assert suggested <= instruments.diagnoses().keys()
    assert {row["icd10cm_suggest"] for row in crosswalk if row["icd10cm_suggest"]} <= instruments.diagnoses().keys()


def test_no_pack_holds_a_text_of_its_owner() -> None:
    for name in instruments.pack_names():
        panel = instruments.load(name)
        assert not any(item.text or any(option.text for option in item.answers) for item in panel.items)
        assert set(panel.domains) <= set(NEED_OF) | set(instruments.load("AHC-HRSN").domains) | set(
            instruments.load("PRAPARE").domains
        )
