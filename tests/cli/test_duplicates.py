"""`resource-hub duplicates` as people and programs run it."""

import json
import shutil
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.cli import hub
from resource_hub.cli.shared import Shell
from resource_hub.inventory.errors import BadPairs
from resource_hub.inventory.queries.duplicates import count_waiting
from resource_hub.inventory.rules.duplicates.pairs import LONGEST_LINE, read_pair
from tests.factories import a_market
from tests.inventory.duplicates.two import two

PAIR = {"a": {"name": "Harbor Table", "city": "Baltimore"}, "b": {"name": "The Harbor Table", "city": "Baltimore"}}


def run(file: Path, *words: str) -> Result:
    return CliRunner().invoke(hub, ["duplicates", "score", str(file), *words])


def write(folder: Path, *lines: object) -> Path:
    file = folder / "pairs.jsonl"
    written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    file.write_bytes(b"\n".join(written) + b"\n")
    return file


def test_the_answer_is_a_list_in_the_order_of_the_lines(tmp_path: Path) -> None:
    file = write(tmp_path, PAIR, b"", {"a": {"name": "Harbor Table"}, "b": {"name": "Legal Aid", "phone": None}})
    done = run(file, "--json")
    assert done.exit_code == 0
    first, second = json.loads(done.stdout)
    assert set(first) == {"score", "same", "reasons"}
    assert (first["same"], second["same"]) == (True, False)


def test_people_read_a_line_for_each_pair(tmp_path: Path) -> None:
    assert "same" in run(write(tmp_path, PAIR)).stdout


@pytest.mark.parametrize(
    "line",
    [
        b"{", b"[]", b"5", b"\xff\xfe", b'{"a": {}}', b'{"a": [], "b": {}}', b'{"a": {"name": {}}, "b": {}}',
        b"[" * 50_000, b'{"a": {"name": "' + b"x" * LONGEST_LINE + b'"}, "b": {}}', b"9" * 5000,
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_nothing_is_answered(line: bytes, tmp_path: Path) -> None:
    done = run(write(tmp_path, PAIR, line, PAIR), "--json")
    assert isinstance(done.exception, BadPairs)
    assert [fault.field for fault in done.exception.faults] == ["line 2"]
    assert done.stdout == ""


def test_a_zip_code_written_as_a_number_keeps_its_zeros() -> None:
    one, _other = read_pair(b'{"a": {"postal_code": 1013}, "b": {}}', 1)
    assert one.postal_code == "01013"


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "name", "phone"]), inner),
)


@given(JSON)
def test_any_json_is_a_pair_or_a_bad_line(document: object) -> None:
    is_pair = isinstance(document, dict) and {"a", "b"} <= document.keys()
    with nullcontext() if is_pair else pytest.raises(BadPairs, match="line 7"), suppress(*[BadPairs] * is_pair):
        read_pair(json.dumps(document).encode(), 7)


def test_find_answers_with_ids_and_fills_the_queue(
    migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESOURCE_HUB_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("RESOURCE_HUB_DATABASE_URL", f"sqlite:///{tmp_path}/hub.db")
    shell = Shell()
    shutil.copy(migrated_file, tmp_path)
    with shell.write() as work:
        pair = two(work, a_market(work))
        ids = sorted((pair.kept.organization.id, pair.gone.organization.id))
    done = CliRunner().invoke(hub, ["duplicates", "find", "--market", "here", "--json"], catch_exceptions=False)
    found = json.loads(done.stdout)
    assert {one["kind"] for one in found} == {"organization", "location", "service"}
    assert set(found[0]) == {"kind", "ids", "score", "reasons"}
    assert ids in [one["ids"] for one in found]
    assert "look the same" in CliRunner().invoke(hub, ["duplicates", "find", "--market", "here"]).stdout
    with shell.read() as work:
        assert count_waiting(work.session, work.actor) == len(found)
    shell.database.engine.dispose()
