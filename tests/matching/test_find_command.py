"""`resource-hub find` as people and programs run it."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from resource_hub import cli
from resource_hub.accounts.work import Work
from resource_hub.core.db import Database
from resource_hub.matching.models import ZeroResult
from tests.factories import a_listing, a_market

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("find")


@pytest.fixture
def database(folder: Path, migrated_file: Path, work: Work) -> Iterator[Database]:
    """A database with a pantry, a house that is safe, and a neighbour's market."""
    file = folder / "hub.db"
    database = Database.from_url(f"sqlite:///{file}")
    if not file.exists():
        shutil.copy(migrated_file, file)
        with database.write() as session:
            there = replace(work, session=session)
            market = a_market(there)
            a_listing(there, market, name="Pantry", description="Groceries.")
            a_listing(there, market, name="Safe House", needs=("intimate-partner-violence",))
    yield database
    database.engine.dispose()


@pytest.fixture
def run(folder: Path, database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("RESOURCE_HUB_DATABASE_URL", f"sqlite:///{folder / 'hub.db'}")
    monkeypatch.setenv("RESOURCE_HUB_INSTANCE", str(folder))

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["resource-hub", "find", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call


def test_json_has_the_contracts_shape(run: Run) -> None:
    status, out, err = run("foood pantry near me", "--market", "here", "--json")

    document = json.loads(out)
    assert (status, err) == (0, "")
    assert list(document) == ["query", "corrected", "needs", "safety", "matches"]
    assert document["corrected"] == "food pantry near me"
    assert document["needs"][0] == {"code": "food-insecurity", "weight": 1.0}
    assert document["safety"] is None
    assert [match["name"] for match in document["matches"]] == ["Pantry"]
    assert document["matches"][0]["distance_km"] is None


def test_near_and_limit_are_as_in_match(run: Run) -> None:
    _status, out, _err = run("pantry", "--market", "here", "--near", "21201", "--limit", "1", "--json")

    assert json.loads(out)["matches"][0]["distance_km"] is not None


def test_safety_help_comes_before_everything_else(run: Run) -> None:
    status, out, _err = run("mi esposo me pega", "--market", "here")

    lines = out.splitlines()
    assert status == 0
    assert lines[0].startswith("! National Domestic Violence Hotline: 1-800-799-7233.")
    assert any("Safe House" in line for line in lines[2:])
    safety = json.loads(run("mi esposo me pega", "--market", "here", "--json")[1])["safety"]
    assert safety["rule"] == "violence"
    assert all(set(line) == {"name", "phone", "text"} for line in safety["help"])


def test_a_search_without_a_result_says_so_and_is_counted_without_its_words(run: Run, database: Database) -> None:
    status, out, _err = run("xqzvw", "--market", "here")

    assert status == 0
    assert "Nothing fits." in out
    with database.read() as session:
        [row] = session.scalars(select(ZeroResult))
        assert (row.need, row.searches) == ("sdoh-category-unspecified", 1)


@pytest.mark.parametrize("words", ["", "x" * 201, "🙂"])
def test_what_cannot_be_read_is_refused_in_one_line(run: Run, words: str) -> None:
    status, out, err = run(words, "--market", "here", "--json")

    assert (status, out) == (1, "")
    assert err.startswith("query: ")
    assert err.count("\n") == 1


def test_an_unknown_market_is_refused(run: Run) -> None:
    assert run("pantry", "--market", "nowhere")[0] == 1
