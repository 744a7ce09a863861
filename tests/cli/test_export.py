"""`resource-hub export`: as it is typed."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from resource_hub import cli
from resource_hub.core.errors import HubError


@pytest.fixture
def run(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A command beside a database with one empty market."""
    monkeypatch.setenv("RESOURCE_HUB_DATABASE_URL", f"sqlite:///{tmp_path}/hub.db")
    monkeypatch.setenv("RESOURCE_HUB_INSTANCE", str(tmp_path / "instance"))
    shutil.copy(migrated_file, tmp_path)
    runner = CliRunner()
    added = runner.invoke(cli.hub, ["market", "add", "here", "--name", "Here", "--state", "MD"])
    assert added.exit_code == 0, added.output
    return runner


def export(run: CliRunner, *words: str) -> int:
    return run.invoke(cli.hub, ["export", *words]).exit_code


@pytest.mark.sqlite
class TestExport:
    def test_an_empty_market_in_every_format(self, run: CliRunner, tmp_path: Path) -> None:
        formats = {"datapackage": "out.zip", "json": "out.json", "ndjson": "out.ndjson"}

        for layout, name in formats.items():
            assert export(run, str(tmp_path / name), "--market", "here", "--format", layout) == 0
        assert (tmp_path / "out.json").read_text() == "[\n]\n"
        assert (tmp_path / "out.ndjson").read_text() == ""

    def test_wrong_words(self, run: CliRunner, tmp_path: Path) -> None:
        assert export(run, str(tmp_path / "out"), "--market", "here", "--format", "xml") == 2
        assert export(run, str(tmp_path / "out"), "--market", "here") == 2

    def test_refusals(self, run: CliRunner, tmp_path: Path) -> None:
        (tmp_path / "out.json").write_text("dear")
        words = ["export", str(tmp_path / "out.json"), "--format", "json", "--market"]

        taken = run.invoke(cli.hub, [*words, "here"]).exception
        nowhere = run.invoke(cli.hub, [*words, "nowhere"]).exception

        assert isinstance(taken, HubError)
        assert taken.code == "path_taken"
        assert isinstance(nowhere, HubError)
        assert nowhere.code == "no_such_market"
        assert (tmp_path / "out.json").read_text() == "dear"
        assert export(run, str(tmp_path / "out.json"), "--format", "json", "--market", "here", "--force") == 0
