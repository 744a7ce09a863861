import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from resource_hub.cli import hub
from resource_hub.core.errors import Fault, HubError


@pytest.fixture(autouse=True)
def instance(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOURCE_HUB_INSTANCE", str(tmp_path))
    monkeypatch.setenv("RESOURCE_HUB_DATABASE_URL", f"sqlite:///{tmp_path}/hub.db")
    shutil.copy(migrated_file, tmp_path)


def run(*words: str) -> Result:
    return CliRunner().invoke(hub, ["market", *words])


def faults(result: Result) -> list[str]:
    assert isinstance(result.exception, HubError)
    return [fault.field for fault in result.exception.faults or (Fault(result.exception.code, "", ""),)]


def test_a_market_is_added_and_listed() -> None:
    added = run(
        "add", "baltimore", "--name", "Baltimore", "--state", "md", "--county", "Baltimore", "--postal-code", "21201"
    )
    assert (added.exit_code, added.stdout) == (0, "")
    assert "import PATH --market baltimore" in added.stderr
    assert json.loads(run("list", "--json").stdout) == [
        {
            "slug": "baltimore",
            "name": "Baltimore",
            "state": "MD",
            "time_zone": "America/New_York",
            "counties": ["baltimore"],
            "postal_codes": ["21201"],
            "services": 0,
        }
    ]
    assert run("list").stdout == "baltimore\tBaltimore\tMD\tAmerica/New_York\t0 services\n"


def test_refusals_name_what_is_wrong_and_add_nothing() -> None:
    run("add", "here", "--name", "Here", "--state", "MD")
    assert faults(run("add", "here", "--name", "Here", "--state", "MD")) == ["market_taken"]
    wrong = run(
        "add",
        "There!",
        "--name",
        "There",
        "--state",
        "MD",
        "--county",
        "Balto",
        "--postal-code",
        "94103",
        "--time-zone",
        "Mars",
    )
    assert faults(wrong) == ["slug", "time-zone", "county", "postal-code"]
    assert len(json.loads(run("list", "--json").stdout)) == 1


def test_wrong_usage_is_status_2() -> None:
    assert run("add", "here", "--name", "Here").exit_code == 2


def test_a_care_team_is_an_organization_that_is_there() -> None:
    run("add", "baltimore", "--name", "Baltimore", "--state", "MD")

    assert faults(run("care-team", "baltimore", "nobody")) == ["no_such_organization"]
    assert faults(run("care-team", "nowhere", "nobody")) == ["no_such_market"]
