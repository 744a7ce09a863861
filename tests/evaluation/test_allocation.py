"""Policies against hindsight: the optimum is exact, prices come near it, and nobody looks ahead."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.cli.bench.allocate import command
from resource_hub.cli.shared import Shell
from resource_hub.evaluation.allocation import policies
from resource_hub.evaluation.allocation.forecast import forecasts
from resource_hub.evaluation.allocation.instance import BadInstance, Instance, from_document, read
from resource_hub.evaluation.allocation.optimum import optimum
from resource_hub.evaluation.allocation.placements import FAMILIES, make
from resource_hub.matching.values.allocation import Cases

SMALL = {
    "places": {"near": 1, "far": 2},
    "history": [],
    "arrivals": [
        {"weights": {"near": 0.9, "far": 0.8}},
        {"size": 1, "weights": {"near": 0.9, "far": 0.1}},
        {"size": 2, "weights": {"far": 0.5}},
    ],
}


def best_by_trying(instance: Instance) -> float:
    """The greatest total over every way to place the cases."""
    best = 0.0
    for choice in product(range(-1, len(instance.room)), repeat=len(instance.arrivals)):
        used, total = np.zeros(len(instance.room)), 0.0
        for case, place in enumerate(choice):
            if place >= 0:
                used[place] += instance.arrivals.sizes[case]
                total += instance.arrivals.worth[case, place]
        if (used <= instance.room).all():
            best = max(best, total)
    return best


@pytest.mark.parametrize("seed", range(15))
def test_the_optimum_is_what_trying_everything_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    worth = np.where(rng.random((6, 3)) < 0.3, -np.inf, rng.random((6, 3)) - 0.1)
    cases = Cases(worth, rng.integers(1, 4, 6).astype(np.float64))
    instance = Instance(("a", "b", "c"), rng.integers(0, 5, 3).astype(np.float64), cases, cases)
    assert abs(optimum(instance.arrivals, instance.room) - best_by_trying(instance)) < 1e-6


def test_a_small_instance_by_the_command(tmp_path: Path) -> None:
    (tmp_path / "instance.json").write_text(json.dumps(SMALL))
    done = CliRunner().invoke(command, ["--instance", str(tmp_path / "instance.json"), "--json"], obj=Shell())
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert abs(found["optimum"] - 1.7) < 1e-9
    assert found["policies"].keys() == {"random", "greedy", "priced"}
    assert abs(found["policies"]["greedy"] - 1.0) < 1e-9
    assert all(total <= 1.7 + 1e-9 for total in found["policies"].values())


def test_prices_come_near_hindsight_where_greed_does_not() -> None:
    instance = make("small", seed=3)
    best = optimum(instance.arrivals, instance.room)
    priced, greedy = policies.priced(instance), policies.greedy(instance)
    assert best >= priced >= 0.95 * best
    assert priced >= greedy + 0.05 * best
    assert greedy > policies.random(instance)


def test_prices_do_not_look_ahead() -> None:
    """What is done with the first arrivals is the same whatever comes after them, and however much."""
    instance = make("small", seed=1)

    def chosen(arrivals: Cases) -> list[int | None]:
        choose, room, found = policies.Priced(instance.history, instance.room), instance.room.copy(), []
        for number in range(1, 41):
            place = choose(arrivals.first(number), room)
            found.append(place)
            if place is not None:
                room[place] -= arrivals.sizes[number - 1]
        return found

    other = instance.arrivals.first(40).then(instance.history)
    assert chosen(instance.arrivals) == chosen(other) == chosen(instance.arrivals.first(40))


def test_no_policy_uses_more_room_than_there_is() -> None:
    instance = make("small", seed=2)
    room, choose = instance.room.copy(), policies.Priced(instance.history, instance.room)
    for number in range(1, len(instance.arrivals) + 1):
        place = choose(instance.arrivals.first(number), room)
        if place is not None:
            assert np.isfinite(instance.arrivals.worth[number - 1, place])
            room[place] -= instance.arrivals.sizes[number - 1]
            assert room[place] >= 0


def test_the_same_seed_makes_the_same_instance() -> None:
    for name in FAMILIES:
        assert np.array_equal(make(name, 7).arrivals.worth, make(name, 7).arrivals.worth)


def test_how_much_is_to_come() -> None:
    assert [one.units for one in forecasts(past=150, room=100, seen=0, left=100)] == [97.5]
    assert [one.units for one in forecasts(past=0, room=100, seen=20, left=80)] == [77.5]
    room_is_right, past_is_right = forecasts(past=400, room=100, seen=50, left=60)
    assert (room_is_right.units, past_is_right.units) == (52.5, 350)
    assert room_is_right.chance + past_is_right.chance == 1


def test_late_in_the_year_half_of_the_room_left_is_expected_to_be_asked_for() -> None:
    assert [one.units for one in forecasts(past=0, room=100, seen=98, left=6)] == [3]


@given(st.floats(0, 1e4), st.floats(1, 1e3), st.floats(0, 1e4), st.floats(0, 1))
def test_no_more_than_the_room_left_or_the_past_is_expected(past: float, room: float, seen: float, free: float) -> None:
    for one in forecasts(past, room, seen, left=free * room):
        assert 0 <= one.units <= max(free * room, past)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"places": None}, "places"),
        ({"places": {"near": -1, "far": 2}}, "places.near"),
        ({"places": {"near": True, "far": 2}}, "places.near"),
        ({"arrivals": None}, "arrivals"),
        ({"arrivals": [3]}, "arrivals[0]"),
        ({"arrivals": [{"size": 0, "weights": {}}]}, "arrivals[0].size"),
        ({"arrivals": [{"weights": {"moon": 1}}]}, "arrivals[0].weights.moon"),
        ({"history": [{"weights": {"near": "1"}}]}, "history[0].weights.near"),
        ({"history": [{"weights": {"near": float("nan")}}]}, "history[0].weights.near"),
        ({"history": [{"weights": {"near": 10**400}}]}, "history[0].weights.near"),
    ],
)
def test_what_is_no_instance_is_refused_with_its_place(change: dict[str, Any], where: str) -> None:
    with pytest.raises(BadInstance) as refusal:
        from_document(SMALL | change)
    assert where in {fault.field for fault in refusal.value.faults}


def test_a_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "instance.json").write_text("{")
    with pytest.raises(BadInstance) as refusal:
        read(tmp_path / "instance.json")
    assert refusal.value.faults[0].field == "instance.json"


def test_without_history_arrivals_or_room_there_is_an_answer() -> None:
    changes: list[dict[str, Any]] = [
        {"arrivals": []},
        {"places": {"near": 0, "far": 0}},
        {"places": {}, "arrivals": [{"weights": {}}]},
    ]
    for change in changes:
        instance = from_document(SMALL | change)
        assert optimum(instance.arrivals, instance.room) == 0
        assert [policies.random(instance), policies.greedy(instance), policies.priced(instance)] == [0, 0, 0]
