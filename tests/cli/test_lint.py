import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from resource_hub.cli import hub
from resource_hub.cli import lint as command
from resource_hub.exchange.hsds.lint.laws.values import Answer, Request
from resource_hub.exchange.tabular.errors import BadFile
from tests.exchange.hsds.lint.good import key, tables, write


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOURCE_HUB_ENV", "production")
    monkeypatch.setenv("RESOURCE_HUB_DATABASE_URL", "nothing of the kind")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    feed = tables()
    phone = feed["phones"][0]
    feed["phones"] = [{**phone, "id": key(700 + number), "service_id": key(90)} for number in range(5)]
    feed["languages"][0]["code"] = "xx"
    return write(tmp_path / "feed", feed)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(hub, ["lint", *(str(word) for word in words)])


def test_a_feed_without_a_fault_ends_with_0(tmp_path: Path) -> None:
    done = run(write(tmp_path, tables()))
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "found: 0 errors, 0 warnings, 0 hints"


def test_warnings_alone_end_with_0(tmp_path: Path) -> None:
    feed = tables()
    feed["languages"][0]["code"] = "xx"
    done = run(write(tmp_path, feed))
    assert done.exit_code == 0
    assert "warning bad_language  languages.csv, code" in done.stdout


def test_findings_of_a_kind_stand_together_and_errors_end_with_1(broken: Path) -> None:
    done = run(broken)
    assert done.exit_code == 1
    assert done.stderr == "5 errors: the feed breaks the standard.\n"
    lines = done.stdout.splitlines()
    assert lines[:3] == [
        "error broken_reference  phones.csv, service_id  (5 times)",
        "  row 2, row 3, row 4: No row of services.csv has this id. Add the row, or correct the id.",
        "  … and 2 more",
    ]
    assert lines[-1] == "found: 5 errors, 1 warning, 0 hints"


def test_the_document_has_every_finding_and_counts(broken: Path) -> None:
    done = run(broken, "--json")
    assert done.exit_code == 1
    document: dict[str, Any] = json.loads(done.stdout)
    assert document["counts"] == {"error": 5, "warning": 1, "hint": 0}
    assert document["rules"] == {"broken_reference": 5, "bad_language": 1}
    assert document["read"]["phone"] == 5
    assert (document["kind"], document["profile"], document["left_out"]) == ("tables", "core", 0)
    assert [finding["where"] for finding in document["findings"]][:2] == ["row 2", "row 3"]
    assert set(document["findings"][0]) == {"severity", "code", "file", "where", "field", "text"}


@pytest.mark.parametrize("target", ["no/such/folder", "ftp://feed.example/hsds", "https://me:secret@feed.example/"])
def test_wrong_usage_ends_with_2(target: str) -> None:
    assert run(target).exit_code == 2


def test_a_file_that_is_no_feed_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "feed.pdf"
    path.write_bytes(b"%PDF")
    done = run(path)
    assert done.exit_code == 1
    assert isinstance(done.exception, BadFile)
    assert done.exception.faults[0].field == "feed.pdf"


def test_an_api_is_asked_as_often_as_was_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Request] = []

    class Silent:
        def __init__(self, base: object) -> None: ...

        def __call__(self, request: Request) -> Answer:
            asked.append(request)
            return Answer(0, reason="nothing answers there")

    monkeypatch.setattr(command, "Http", Silent)
    done = run("https://feed.example/hsds", "--max-requests", "3", "--json")
    assert done.exit_code == 1
    document = json.loads(done.stdout)
    assert (document["kind"], document["requests"], len(asked)) == ("API", 3, 3)
