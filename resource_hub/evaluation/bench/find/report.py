"""Runs the benchmark of finding misspelt words and sums it up as one document."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
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
    spelt_right = [replace(one, words=one.meant) for one in sought]
    own = ours(known, [*sought, *spelt_right])
    engines: dict[str, Engine] = {"ours": own}
    findable = [one.sought in own(number) for number, one in enumerate(spelt_right, asked)]
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
        "findable": sum(findable),
        "recall_at_10": {name: _recall(sought, findable, found) for name, found in answers.items()},
        "ratios": _ratios(figures),
        "missing": missing,
    }


def _recall(sought: Sequence[Question], findable: Sequence[bool], found: Sequence[list[int]]) -> float:
    """Return of the questions that find their text when spelt right, the share that do so as they are."""
    hits = [one.sought in rows for one, there, rows in zip(sought, findable, found, strict=False) if there]
    return round(sum(hits) / len(hits), 4)


def _ratios(figures: Mapping[str, Figures]) -> dict[str, float]:
    return {
        f"{name}/ours": round(one.p50_us / figures["ours"].p50_us, 2) for name, one in figures.items() if name != "ours"
    }
