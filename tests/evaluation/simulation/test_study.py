import json

import pytest
from click.testing import CliRunner

from resource_hub.cli import hub
from resource_hub.evaluation.simulation import assumptions, report
from resource_hub.evaluation.simulation.policies import POLICIES
from resource_hub.evaluation.simulation.study import study
from resource_hub.matching.policy import current
from tests.evaluation.simulation.small import small


def test_the_same_seed_gives_the_same_answer_with_any_number_of_processes() -> None:
    tiny = small(services=12, people_a_week=6)
    one, two = (report.document(study(tiny, current(), 3, 3, processes)) for processes in (1, 2))
    assert one == two
    assert one["policies"] != report.document(study(tiny, current(), 4, 3))["policies"]


def test_each_draw_is_the_same_however_many_follow() -> None:
    few, more = (study(small(services=12, people_a_week=6), current(), 3, draws) for draws in (1, 2))
    assert few.draws[0].outcomes == more.draws[0].outcomes


def test_the_command_prints_one_json_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assumptions, "read", small)
    answer = CliRunner().invoke(hub, ["simulate", "--seed", "2", "--draws", "2", "--processes", "1", "--json"])
    found = json.loads(answer.stdout)
    assert (found["seed"], found["draws"]) == (2, 2)
    assert set(found["policies"]) == set(POLICIES)
    assert all(set(number) == {"mean", "p05", "p95"} for one in found["policies"].values() for number in one.values())
    assert {"claim", "holds_in", "made"} <= set(found["claims"][0])
    assert 0 < found["checks"]["accepted_then_helped"]["mean"] < 1
    assert found["calibration"]["ours"]["count"] > 0


def test_the_command_prints_tables_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assumptions, "read", small)
    answer = CliRunner().invoke(hub, ["simulate", "--draws", "1", "--processes", "1"])
    assert answer.exit_code == 0
    for words in ("served in time", "ours_without_accept", "Not shown:", "Brier"):
        assert words in answer.stdout
