"""Runs the benchmark of finding misspelt words and sums it up as one document."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from resource_hub.evaluation.bench.find.engines import Engine, ours, scan, tantivy
from resource_hub.evaluation.bench.find.texts import Question, questions, texts
from resource_hub.evaluation.bench.peers import Missing
from resource_hub.evaluation.bench.timing import Figures, in_turn

QUESTIONS = 400
_SCANNED = 20


def run(services: int, asked: int = QUESTIONS) -> dict[str, Any]:
    """Time the engines on the same questions in turn; the scan of all texts is slow and timed alone, on fewer."""
    known = texts(services)
    sought = questions(known, asked)
    engines: dict[str, Engine] = {"ours": ours(known, sought)}
    missing: dict[str, str] = {}
    try:
        engines["tantivy"] = tantivy(known, sought)
    except Missing as why:
        missing["tantivy"] = str(why)
    timed = in_turn(engines, asked)
    scanned = in_turn({"scan": scan(known, sought)}, min(asked, _SCANNED), warm_up=1)
    figures = {name: Figures.of(times) for name, times in {**timed.seconds, **scanned.seconds}.items()}
    answers = {**timed.answers, **scanned.answers}
    return {
        "services": services,
        "queries": asked,
        "engines": {name: asdict(one) for name, one in figures.items()},
        "recall_at_10": {name: _recall(sought, found) for name, found in answers.items()},
        "ratios": _ratios(figures),
        "missing": missing,
    }


def _recall(sought: Sequence[Question], found: Sequence[list[int]]) -> float:
    """Return the share of questions whose text is among the ten."""
    pairs = list(zip(sought, found, strict=False))
    return round(sum(one.sought in rows for one, rows in pairs) / len(pairs), 4)


def _ratios(figures: Mapping[str, Figures]) -> dict[str, float]:
    return {
        f"{name}/ours": round(one.p50_us / figures["ours"].p50_us, 2) for name, one in figures.items() if name != "ours"
    }
