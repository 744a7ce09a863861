import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from resource_hub.cli import hub
from resource_hub.inventory.errors import BadRows, NoSuchMarket

SERVICES = "id,organization_id,location_id,name\n7,1,,Pantry\n"


@pytest.fixture(autouse=True)
def instance(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOURCE_HUB_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("RESOURCE_HUB_DATABASE_URL", f"sqlite:///{tmp_path}/hub.db")
    shutil.copy(migrated_file, tmp_path)
    CliRunner().invoke(hub, ["market", "add", "here", "--name", "Here", "--state", "MD"], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "organizations.csv").write_text("id,name\n1,Harbor Table\n")
    (folder / "services.csv").write_text(SERVICES)
    return folder


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(hub, ["import", *(str(word) for word in words)])


def services() -> int:
    (market,) = json.loads(CliRunner().invoke(hub, ["market", "list", "--json"]).stdout)
    return int(market["services"])


def test_the_report_has_the_shape_of_the_contract(folder: Path) -> None:
    done = run(folder, "--market", "here", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "read": {"organization": 1, "service": 1, "service_at_location": 1},
        "created": {"organization": 1, "service": 1, "service_at_location": 1},
        "updated": {},
        "unchanged": {},
        "skipped": {},
        "problems": [],
        "problem_counts": {},
    }
    again = json.loads(run(folder, "--market", "here", "--json").stdout)
    assert (again["created"], again["updated"]) == ({}, {})
    assert again["unchanged"] == again["read"]


def test_a_dry_run_changes_nothing(folder: Path) -> None:
    done = run(folder, "--market", "here", "--dry-run")
    assert "created: 1 organization, 1 service" in done.stdout
    assert "Nothing was changed" in done.stdout
    assert services() == 0


def test_bad_rows_refuse_all_or_are_left_out(folder: Path, tmp_path: Path) -> None:
    (folder / "services.csv").write_text(SERVICES + "8,1,,\n9,404,,Lost\n")
    report = tmp_path / "problems.csv"
    refused = run(folder, "--market", "here", "--json", "--report", report)
    assert isinstance(refused.exception, BadRows)
    assert [fault.field for fault in refused.exception.faults] == [
        "services.csv, row 3, name",
        "services.csv, row 4, organization_id",
        "import",
    ]
    document = json.loads(refused.stdout)
    assert (document["created"], document["skipped"]) == ({}, document["read"])
    assert document["problems"][0] == {
        "file": "services.csv",
        "row": 3,
        "field": "name",
        "code": "missing",
        "value_shown": False,
        "text": "A service needs an id and a name.",
    }
    assert document["problem_counts"]["missing"] == 1
    with report.open(newline="") as file:
        assert [row["row"] for row in csv.DictReader(file)][:2] == ["3", "4"]
    assert services() == 0
    assert run(folder, "--market", "here", "--skip-bad-rows").exit_code == 0
    assert services() == 1


def test_an_unknown_market_and_a_wrong_path(folder: Path, tmp_path: Path) -> None:
    assert isinstance(run(folder, "--market", "nowhere").exception, NoSuchMarket)
    assert run(tmp_path / "nothing", "--market", "here").exit_code == 2
    assert run(folder, "--market", "here", "--format", "xml").exit_code == 2
    assert run(folder, "--market", "here", "--report", tmp_path / "nowhere" / "problems.csv").exit_code == 2
    assert services() == 0


def test_progress_is_quiet_in_a_pipe(folder: Path) -> None:
    assert run(folder, "--market", "here", "--json").stderr == ""
