"""`resource-hub instrument` as people and programs run it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from resource_hub import cli
from resource_hub.cli.instrument import LARGEST_ANSWERS
from resource_hub.core.errors import HubError

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def instance(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOURCE_HUB_INSTANCE", str(tmp_path))
    monkeypatch.setenv("RESOURCE_HUB_DATABASE_URL", f"sqlite:///{tmp_path}/hub.db")
    shutil.copy(migrated_file, tmp_path)


@pytest.fixture
def run() -> Run:
    def run(*words: str) -> Result:
        return CliRunner().invoke(cli.hub, ["instrument", *words])

    return run


@pytest.fixture
def answers(tmp_path: Path) -> Callable[[object], str]:
    def write(document: object) -> str:
        file = tmp_path / "answers.json"
        file.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
        return str(file)

    return write


def test_score_answers_in_the_shape_that_programs_rely_on(run: Run, answers: Callable[[object], str]) -> None:
    document = {
        "answers": [{"item": "place-to-sleep", "answer": "no"}, {"item": "food", "answer": "refused"}],
        "wants_help": {"digital-access": "yes", "homelessness": "yes", "stress": "later"},
    }

    result = run("score", "short-screener", answers(document), "--json")

    found = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert list(found) == ["instrument", "domains", "needs"]
    assert found["instrument"] == "short-screener"
    assert found["needs"] == ["digital-access", "homelessness"]
    assert found["domains"][0] == {
        "domain": "homelessness", "result": "positive", "because": ["place-to-sleep"], "refused": [],
    }  # fmt: skip
    assert {"domain": "food-insecurity", "result": "incomplete", "because": [], "refused": ["food"]} in found["domains"]
    assert len(found["domains"]) == 13


def test_score_for_people_says_the_same(run: Run, answers: Callable[[object], str]) -> None:
    document = {"answers": [{"item": "place-to-sleep", "answer": "no"}], "wants_help": {"homelessness": "yes"}}

    lines = run("score", "short-screener", answers(document)).stdout.splitlines()

    assert lines[0] == "homelessness positive [place-to-sleep]"
    assert lines[-1] == "needs: homelessness"


def test_list_names_the_instruments_and_says_what_each_is(run: Run) -> None:
    lines = run("list").stdout.splitlines()

    assert lines[0] == "short-screener 1: A short check of daily needs (Not a validated instrument)"
    assert "HVS 1: Hunger Vital Sign (scored by code, no text)" in lines
    found = {one["name"]: one for one in json.loads(run("list", "--json").stdout)}
    shown = found["short-screener"]
    assert (shown["items"], shown["languages"], shown["origin"]) == (13, ["en", "es"], "shipped")
    assert found["AHC-HRSN"]["origin"] == "scoring-only"


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"", "Write JSON in UTF-8."),
        (b"\xff", "Write JSON in UTF-8."),
        (b"[" * 200_000, "Write JSON in UTF-8."),
        (b" " * (LARGEST_ANSWERS + 1), f"Use a file of at most {LARGEST_ANSWERS} bytes."),
        ([1], "Write a JSON object"),
        ({"answers": [{"item": "home", "answer": "SECRET"}]}, "answers[0].item: short-screener has no such question."),
        ({"answers": [{"item": "food", "answer": "SECRET"}]}, "answers[0].answer: food has no such answer. Use: none"),
    ],
)
def test_a_bad_file_is_one_line_for_each_fault_and_never_a_traceback(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answers: Callable[[object], str],
    document: object,
    said: str,
) -> None:
    command = ["resource-hub", "instrument", "score", "short-screener", answers(document), "--json"]
    monkeypatch.setattr("sys.argv", command)

    with pytest.raises(SystemExit) as ended:
        cli.main()

    shown = capsys.readouterr()
    assert (ended.value.code, shown.out) == (1, "")
    assert said in shown.err
    assert len(shown.err.splitlines()) == 1
    assert "SECRET" not in shown.err


def test_an_unknown_instrument_is_refused(run: Run, answers: Callable[[object], str]) -> None:
    refusal = run("score", "AHC", answers({})).exception

    assert isinstance(refusal, HubError)
    assert refusal.code == "no_such_instrument"


def test_a_missing_file_and_a_missing_word_are_wrong_usage(run: Run, tmp_path: Path) -> None:
    assert run("score", "short-screener", str(tmp_path / "none.json")).exit_code == 2
    assert run("score", "short-screener").exit_code == 2


QUESTIONNAIRE = {
    "resourceType": "Questionnaire",
    "name": "Weather",
    "version": "2",
    "status": "active",
    "copyright": "Ask the weather office.",
    "item": [{"linkId": "rain", "type": "boolean", "text": "Does it rain in?"}],
}


def test_terms_are_shown_and_nothing_is_stored_until_they_are_accepted(
    run: Run, answers: Callable[[object], str]
) -> None:
    file = answers(QUESTIONNAIRE)

    refusal = run("import", file).exception
    assert isinstance(refusal, HubError)
    assert (refusal.code, "Ask the weather office." in refusal.text) == ("terms_not_accepted", True)
    assert "Weather" not in run("list").stdout

    done = run("import", file, "--accept-notice")
    assert (done.exit_code, "Weather 2: imported" in done.stdout) == (0, True)
    assert "terms accepted: Ask the weather office." in done.stdout
    assert "was there already" in run("import", file).stdout


def test_a_changed_file_is_a_new_version_and_is_scored_by_name(run: Run, answers: Callable[[object], str]) -> None:
    run("import", answers(QUESTIONNAIRE), "--accept-notice")
    item = {"linkId": "rain", "type": "boolean", "text": "Does it rain in, or snow?"}
    changed = run("import", answers({**QUESTIONNAIRE, "item": [item]}), "--accept-notice", "--json")

    assert json.loads(changed.stdout)["version"] == "2-2"
    scored = run("score", "Weather", answers({"answers": [{"item": "rain", "answer": True}]}), "--json")
    assert json.loads(scored.stdout) == {"instrument": "Weather", "domains": [], "needs": []}


def test_a_questionnaire_that_is_not_understood_is_refused_with_its_path(
    run: Run, answers: Callable[[object], str]
) -> None:
    when = [{"question": "sun", "operator": "=", "answerBoolean": True}]
    item = {"linkId": "rain", "type": "boolean", "text": "Does it rain in?", "enableWhen": when}

    refusal = run("import", answers({**QUESTIONNAIRE, "item": [item]}), "--accept-notice").exception

    assert isinstance(refusal, HubError)
    assert [fault.field for fault in refusal.faults] == ["item[0].enableWhen[0]"]
