"""Runs the benchmark of the ranking and sums it up as one document."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from resource_hub.evaluation.bench.match import brute
from resource_hub.evaluation.bench.match.changing import lost, seen_after
from resource_hub.evaluation.bench.match.engine import Top, same
from resource_hub.evaluation.bench.match.stage import Stage, cast, stage
from resource_hub.evaluation.bench.match.together import PROCESSES, kept, rates
from resource_hub.evaluation.bench.timing import Figures, in_turn

QUESTIONS = 400
_CHECKED = 40


def run(services: int, questions: int = QUESTIONS) -> dict[str, Any]:
    """Time every engine on the same questions in turn, and check what they answer against brute force.

    Brute force is slow and would push everything else out of the processor's caches: it is timed alone, on fewer
    questions.
    """
    on = stage(services, questions)
    with ExitStack() as stack:
        actors = cast(on, stack)
        timed = in_turn(actors.engines, questions)
        folder = Path(stack.enter_context(TemporaryDirectory()))
        kept(on, folder)
        together = rates(folder, questions, actors.server)
        capacity = _capacity(on, folder)
    truth, seconds = _by_brute_force(on, min(questions, _CHECKED))
    figures = {name: Figures.of(times) for name, times in {**timed.seconds, "brute": seconds}.items()}
    agreeing = {name: _agreeing(answers, timed.answers["index"]) for name, answers in timed.answers.items()}
    return {
        "services": services,
        "queries": questions,
        "checked": len(truth),
        "exact": _agreeing(timed.answers["index"], truth) == 1 and set(agreeing.values()) == {1.0},
        "agreeing": agreeing,
        "engines": {name: asdict(one) for name, one in figures.items()},
        "together": {"processes": PROCESSES, "questions_per_second": together},
        "capacity": capacity,
        "ratios": ratios(figures) | _together(together),
        "missing": actors.missing,
    }


def ratios(figures: Mapping[str, Figures]) -> dict[str, float]:
    """Return how many times the mean of one engine is that of another."""
    pairs = [(name, "index") for name in figures if name not in {"index", "c_loop"}]
    pairs += [("index", "c_loop")] if "c_loop" in figures else []
    return {f"{slow}/{fast}": round(figures[slow].mean_us / figures[fast].mean_us, 2) for slow, fast in pairs}


def _capacity(on: Stage, folder: Path) -> dict[str, Any]:
    seen = seen_after(folder, len(on.index))
    return {"seen_after": asdict(Figures.of(seen)), **lost(folder, len(on.index), len(on.questions))}


def _together(rates: Mapping[str, float]) -> dict[str, float]:
    """Return how many times the questions a second of each peer are those of the index."""
    return {
        f"index/{name} together": round(rates["index"] / rate, 2)
        for name, rate in rates.items()
        if name != "index" and rate
    }


def _by_brute_force(on: Stage, questions: int) -> tuple[list[Top], list[float]]:
    answers, seconds = [], []
    for query in on.questions[:questions]:
        begun = perf_counter()
        answers.append(brute.best(on.directory, query, on.policy))
        seconds.append(perf_counter() - begun)
    return answers, seconds


def _agreeing(answers: list[Top], truth: list[Top]) -> float:
    """Return the share of answers that are the true ones."""
    pairs = list(zip(answers, truth, strict=False))
    return sum(same(*pair) for pair in pairs) / len(pairs)
