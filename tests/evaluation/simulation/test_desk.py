from dataclasses import replace

import numpy as np
import pytest

from resource_hub.evaluation.simulation.desk import Desk, acceptance
from resource_hub.evaluation.simulation.knowledge import CAPACITY, NO_CAPACITY, WAITLIST, Knowledge
from resource_hub.evaluation.simulation.listed import columns_of, minutes, moment, query_of
from resource_hub.evaluation.simulation.policies import ours
from resource_hub.evaluation.simulation.run import run
from resource_hub.matching.rules.acceptance import usual
from resource_hub.matching.rules.assess import assess
from resource_hub.matching.values.acceptance import Acceptance
from resource_hub.matching.values.columns import Floats, Ints
from tests.evaluation.simulation.small import a_desk, a_world


@pytest.fixture(scope="module")
def desk() -> Desk:
    return a_desk(a_world(services=80))


def some_knowledge(desk: Desk) -> Knowledge:
    """Statements of every kind and age, and answers."""
    knowledge = Knowledge(desk.world, desk.policy.acceptance.half_life_days)
    rng = np.random.default_rng(0)
    for service in range(len(desk.world.services)):
        status, day = int(rng.choice([CAPACITY, NO_CAPACITY, WAITLIST])), float(rng.uniform(-10, 9))
        waiting = 9.0 if status == WAITLIST else float("nan")
        knowledge.said(service, day, status, free=float(rng.integers(4)), waiting_days=waiting)
        for need in range(len(desk.world.needs)):
            knowledge.learn(service, need, float(rng.uniform(0, 9)), accepted=bool(rng.random() < 0.5))
        if service % 3 == 0:
            knowledge.rooms.free[service] = float("nan")
            for wish in range(int(rng.integers(4))):
                knowledge.hold(service, wish)
    return knowledge


@pytest.mark.parametrize("day", [0.0, 3.4, 10.0])
def test_the_parts_put_together_are_what_the_program_itself_says(desk: Desk, day: float) -> None:
    knowledge, columns = some_knowledge(desk), columns_of(desk.world, int(day))
    for wish in range(len(desk.world.wishes)):
        need = desk.world.wishes[wish].need
        query = replace(query_of(desk.world, wish), at=moment(day))
        answers = knowledge.answers[need]
        fade = np.exp2(-np.maximum(minutes(int(day)) - answers.as_of, 0) / 1440 / desk.policy.acceptance.half_life_days)
        row = np.arange(len(columns))
        zero = np.zeros(len(columns), dtype=np.int64)
        mean = usual(zero, answers.answered * fade, answers.accepted * fade, 1, desk.policy)
        learnt = Acceptance(
            mean, row, zero, answers.answered * fade, answers.accepted * fade, row, knowledge.open.astype(np.int64)
        )
        said = assess(columns, knowledge.rooms, query, desk.policy, acceptance=learnt)
        rows = desk.judged[wish].rows
        assert np.array_equal(rows, np.flatnonzero(said.passed))
        np.testing.assert_allclose(desk.factors(wish, day, knowledge), said.factors[:, rows], rtol=1e-12)


def test_what_is_kept_from_one_list_to_the_next_is_never_stale(desk: Desk) -> None:
    knowledge = some_knowledge(desk)
    before = desk.factors(0, 3.0, knowledge)
    service = next(row for row in desk.judged[0].rows.tolist() if not knowledge.open[row])
    knowledge.said(service, 3.0, WAITLIST, free=0, waiting_days=40.0)
    knowledge.learn(service, desk.world.wishes[0].need, 3.0, accepted=False)
    after = desk.factors(0, 3.0, knowledge)
    place = desk.judged[0].rows.tolist().index(service)
    assert (after[[2, 4], place] < before[[2, 4], place]).all()


def test_a_yes_raises_and_a_no_lowers_what_is_believed(desk: Desk) -> None:
    knowledge = Knowledge(desk.world, 180)
    knowledge.learn(0, 0, 0.0, accepted=True)
    knowledge.learn(1, 0, 0.0, accepted=False)
    believed = acceptance(knowledge.answers[0], minutes(0), desk.policy)
    assert believed[0] > believed[2] > believed[1]


def test_a_request_is_open_where_nobody_counts_until_it_is_over(desk: Desk) -> None:
    knowledge = Knowledge(desk.world, 180)
    knowledge.said(1, 0.0, CAPACITY, free=2, waiting_days=float("nan"))
    for service in (0, 1):
        knowledge.hold(service, 7)
        knowledge.hold(service, 8)
    assert knowledge.open[:2].tolist() == [2, 0]
    assert knowledge.rooms.free[1] == 0
    for _twice in range(2):
        knowledge.over(0, 7)
        knowledge.over(1, 7)
    assert knowledge.open[:2].tolist() == [1, 0]


def test_a_person_has_one_request_open_at_a_time(desk: Desk) -> None:
    seen: list[float] = []

    def watched(at: Desk, knowledge: Knowledge, wish: int, day: float) -> tuple[Ints, Floats]:
        assert (knowledge.open >= 0).all()
        seen.append(float(knowledge.open.sum()))
        return ours(at, knowledge, wish, day)

    assert run(desk, watched).attempts
    assert 0 < max(seen) <= len(desk.world.wishes)


def test_nobody_is_sent_after_the_one_who_still_waits(desk: Desk) -> None:
    knowledge = Knowledge(desk.world, 180)
    rows, before = ours(desk, knowledge, 0, 3.0)
    first = int(rows[before.argmax()])
    for wish in range(1, 6):
        knowledge.hold(first, wish)
    rows, after = ours(desk, knowledge, 0, 3.0)
    assert int(rows[after.argmax()]) != first


def test_the_ranking_knows_only_what_was_told(desk: Desk) -> None:
    hidden = replace(
        desk.world, goes=1 - desk.world.goes, luck={name: 1 - value for name, value in desk.world.luck.items()}
    )
    assert np.array_equal(a_desk(hidden).judged[0].follow_through, desk.judged[0].follow_through)
    assert run(desk, ours).attempts[0].service == run(replace(desk, world=hidden), ours).attempts[0].service
