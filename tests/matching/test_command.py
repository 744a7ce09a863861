"""`resource-hub match` as people and programs run it."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from resource_hub import cli
from resource_hub.accounts.work import Work
from resource_hub.core.db import Database
from resource_hub.core.paths import bundled
from resource_hub.inventory.models import Market
from tests.factories import a_listing, a_market

Run = Callable[..., tuple[int, str, str]]
FOOD = ("--market", "here", "--near", "21201", "--need", "food-insecurity")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("command")


@pytest.fixture
def run(
    folder: Path,
    migrated_file: Path,
    work: Work,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Run]:
    """Run the command on a database with a pantry, elders' lunch, a ride, and a neighbour's market."""
    file = folder / "hub.db"
    database = Database.from_url(f"sqlite:///{file}")
    if not file.exists():
        shutil.copy(migrated_file, file)
        with database.write() as session:
            fill(replace(work, session=session))
    monkeypatch.setenv("RESOURCE_HUB_DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("RESOURCE_HUB_INSTANCE", str(folder))

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["resource-hub", "match", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    yield call
    database.engine.dispose()


def fill(work: Work) -> Market:
    market = a_market(work)
    a_listing(work, market, name="Pantry")
    a_listing(work, market, name="Elders' lunch", minimum_age=60.0)
    a_listing(work, market, name="Far pantry", at=(39.9, -76.6))
    a_listing(work, market, name="Ride", needs=("transportation-insecurity",))
    return market


def test_json_is_one_document_on_stdout_and_nothing_else(run: Run) -> None:
    status, out, err = run(*FOOD, "--json", "--at", "2026-11-21T15:00")

    found = json.loads(out)
    assert (status, err) == (0, "")
    assert [match["name"] for match in found["matches"]] == ["Pantry", "Elders' lunch", "Far pantry"]
    assert found["at"] == "2026-11-21T15:00:00-05:00"
    assert found["considered"] == 4
    assert "excluded" not in found


def test_facts_needs_and_limits_are_heard(run: Run) -> None:
    _status, out, _err = run(
        *FOOD, "--need", "transportation-insecurity", "--fact", "age=30", "--max-km", "5", "--by", "drive", "--json",
        "--show-excluded", "--limit", "1",
    )  # fmt: skip

    found = json.loads(out)
    assert len(found["matches"]) == 1
    assert found["matches"][0]["travel_mode"] == "drive"
    assert found["excluded_counts"] == {"inactive": 0, "outside_area": 0, "ineligible": 1, "too_far": 1}
    assert {(out["code"], out["fact"]) for out in found["excluded"]} == {("ineligible", "age"), ("too_far", None)}


def test_people_read_a_table(run: Run) -> None:
    status, out, _err = run(*FOOD, "--max-km", "5", "--show-excluded")

    assert status == 0
    assert re.search(r"1 +0\.\d{3} +0\.\d km  Pantry \(Pantry people\)", out)
    assert "? What age (for a baby, in months)?" in out
    assert "2 of 2 that fit, 4 considered. Not shown: 1 too far. Policy 2026-11.2." in out
    assert "Far pantry (Far pantry people): Farther away than asked for." in out


def test_an_empty_list_says_what_to_do(run: Run) -> None:
    _status, out, _err = run("--market", "here", "--near", "21201", "--need", "stress")

    assert "Nothing fits. Try another need" in out


def test_a_point_is_an_origin(run: Run) -> None:
    _status, out, _err = run("--market", "here", "--near", "39.2946,-76.6252", "--need", "food-insecurity", "--json")

    assert json.loads(out)["matches"][0]["distance_km"] == 0


def test_another_policy_is_named_on_the_answer(run: Run, folder: Path) -> None:
    other = folder / "other.toml"
    text = (bundled("seed") / "policy" / "2026-11.2.toml").read_text()
    other.write_text(text.replace('version = "2026-11.2"', 'version = "trial"').replace("prior = 0.6", "prior = 0.3"))

    _status, out, _err = run(*FOOD, "--json", "--policy", str(other))

    found = json.loads(out)
    assert found["policy"] == "trial"
    assert found["matches"][0]["factors"][2]["value"] == 0.3


def test_another_policy_says_what_it_changes(run: Run, folder: Path) -> None:
    other = folder / "patient.toml"
    text = (bundled("seed") / "policy" / "2026-11.2.toml").read_text()
    other.write_text(text.replace("half_minutes = 60", "half_minutes = 1"))
    compared = (*FOOD, "--limit", "2", "--policy", str(other))

    found = json.loads(run(*compared, "--json")[1])
    _status, table, _err = run(*compared)
    same = run(*FOOD, "--policy", str(bundled("seed") / "policy" / "2026-11.2.toml"))[1]

    assert found["compared_with"]["policy"] == "2026-11.2"
    for change in found["compared_with"]["changes"]:
        assert (change["was"], change["now"]) != (None, None)
        assert change["text"] in table
    assert "Compared with policy 2026-11.2: the list is the same." in same
    assert "compared_with" not in json.loads(run(*FOOD, "--json")[1])


def test_several_needs_are_planned_together(run: Run) -> None:
    needs = (*FOOD, "--need", "transportation-insecurity")
    found = json.loads(run(*needs, "--json")[1])

    first = found["baskets"][0]
    ids = {match["name"]: match["service_at_location_id"] for match in found["matches"]}
    assert first["needs"] == {"food-insecurity": ids["Pantry"], "transportation-insecurity": ids["Ride"]}
    assert set(first["service_at_location_ids"]) == {ids["Pantry"], ids["Ride"]}
    assert (first["trips"], first["handoffs"]) == (1, 2)
    assert first["text"] in run(*needs)[1]
    assert "Pantry (Pantry people)." in first["text"]
    assert first["text"].endswith("All of it in one visit.")
    assert "baskets" not in json.loads(run(*FOOD, "--json")[1])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--market", "nowhere", "--near", "21201", "--need", "stress"), "There is no market “nowhere”"),
        (("--market", "here", "--near", "99999", "--need", "stress"), "near: There is no such ZIP Code"),
        (("--market", "here", "--near", "91,0", "--need", "stress"), "near: Latitude goes from -90 to 90"),
        (("--market", "here", "--near", "21201", "--need", "bread"), "need: “bread” is not a need"),
        ((*FOOD, "--fact", "age=old"), "age: Use a number from 0 to 130."),
        ((*FOOD, "--fact", "shoe=43"), "shoe: There is no such fact"),
        ((*FOOD, "--at", "soon"), "at: Use a time like"),
        ((*FOOD, "--limit", "0"), "limit: Use a number above 0"),
        ((*FOOD, "--policy", "nowhere.toml"), "nowhere.toml: the policy file cannot be read"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(run: Run, words: tuple[str, ...], says: str) -> None:
    status, out, err = run(*words)

    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert says in err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--market", "here", "--near", "21201"),
        ("--market", "here", "--need", "food-insecurity"),
        (*FOOD, "--by", "boat"),
        (*FOOD, "--fact", "age"),
        (*FOOD, "--max-km", "far"),
        (*FOOD, "--sorted"),
    ],
)
def test_wrong_usage_ends_with_two(run: Run, words: tuple[str, ...]) -> None:
    status, out, err = run(*words)

    assert (status, out) == (2, "")
    assert "Usage: resource-hub match" in err
