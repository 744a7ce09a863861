"""Policies compared in the same worlds, one world for each draw of the assumptions."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import numpy as np

from resource_hub.evaluation.calibration import Calibration, calibration
from resource_hub.evaluation.simulation.assumptions import Assumptions
from resource_hub.evaluation.simulation.claims import Claim, claims
from resource_hub.evaluation.simulation.desk import make_desk
from resource_hub.evaluation.simulation.outcomes import checks, in_time, outcomes
from resource_hub.evaluation.simulation.policies import OURS, POLICIES, PRICED
from resource_hub.evaluation.simulation.record import Record
from resource_hub.evaluation.simulation.run import run
from resource_hub.evaluation.simulation.world import World, make_world
from resource_hub.matching.values import Policy
from resource_hub.matching.values.columns import Bools, Floats

# Whose requests the predicted chances are compared with: those at the top of our list, and those anywhere on it.
PREDICTED = (OURS, "random")
TODAY = "nearest"


@dataclass(frozen=True)
class Drawn:
    """One draw: the outcomes of each policy, and for some policies predicted chances with what happened.

    `checks` are figures under the order that people use today, the nearest first, to compare with published ones.
    """

    outcomes: Mapping[str, Mapping[str, float]]
    checks: Mapping[str, float]
    predictions: Mapping[str, tuple[Floats, Bools]]


@dataclass(frozen=True)
class Study:
    """All draws, the claims that they carry, and how good the predicted chances were."""

    seed: int
    assumptions: str
    policy: str
    draws: tuple[Drawn, ...]
    claims: tuple[Claim, ...]
    calibration: Mapping[str, Calibration | None]


def study(
    assumptions: Assumptions,
    policy: Policy,
    seed: int,
    draws: int,
    processes: int = 1,
    watch: Callable[[Iterable[Drawn]], Iterable[Drawn]] = iter,
) -> Study:
    """Compare all policies; the same seed gives the same answer with any number of processes.

    `watch` passes on the draws as they are done, in their order, to show how far the work is.
    """
    with _mapped(processes) as each:
        done = tuple(watch(each(partial(one_draw, assumptions, policy, seed), range(draws))))
    return Study(
        seed=seed,
        assumptions=assumptions.version,
        policy=policy.version,
        draws=done,
        claims=claims([drawn.outcomes for drawn in done]),
        calibration={name: _calibrated(name, done) for name in PREDICTED},
    )


def one_draw(assumptions: Assumptions, policy: Policy, seed: int, draw: int) -> Drawn:
    """Run every policy in the world of one draw."""
    world = make_world(assumptions, seed, draw)
    desk = make_desk(world, policy)
    records = {
        name: run(desk, order, priced=name in PRICED, predict=name in PREDICTED) for name, order in POLICIES.items()
    }
    return Drawn(
        {name: outcomes(world, record) for name, record in records.items()},
        checks(world, records[TODAY]),
        {name: _predictions(world, records[name]) for name in PREDICTED},
    )


@contextmanager
def _mapped(processes: int) -> Iterator[Callable[[Callable[[int], Drawn], Iterable[int]], Iterable[Drawn]]]:
    if processes == 1:
        yield map
        return
    # The tables are small: more threads inside of each process would only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield pool.map


def _predictions(world: World, record: Record) -> tuple[Floats, Bools]:
    """Return the chance that the formula gave each request, and whether that request brought help in time.

    Requests too late to be followed that long do not count, nor those to services that our list leaves out.
    """
    followed = world.size.days - world.size.in_time_days
    attempts = [one for one in record.attempts if one.day <= followed and not np.isnan(one.predicted)]
    after = np.array([one.helped_on - one.day for one in attempts])
    return np.array([one.predicted for one in attempts]), in_time(world, after)


def _calibrated(name: str, draws: tuple[Drawn, ...]) -> Calibration | None:
    predicted, helped = zip(*(drawn.predictions[name] for drawn in draws), strict=True)
    return calibration(np.concatenate(predicted), np.concatenate(helped).astype(np.bool_))
