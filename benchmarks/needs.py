"""`python -m benchmarks.needs`: suggested needs against two real directories' own labels, each service unseen.

The labels are the needs that the crosswalk gives for a service's terms. Five folds of services; a service's own terms
are no part of what is read. Printed as tables, or with `--json` as one document.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, f1_score
from sklearn.model_selection import KFold

from benchmarks.relevance.city import CITIES, opened
from resource_hub.core.codes import NEEDS
from resource_hub.matching import vocabulary
from resource_hub.matching.rules.wording.normal import stems
from resource_hub.matching.suggesting.classifier import NO_LABELS, judge
from resource_hub.matching.suggesting.features import Features, features
from resource_hub.matching.values.columns import Bools, Floats, Ints
from resource_hub.matching.values.wording import Text

FOLDS, SEED = 5, 7
NEIGHBOURS, K1, B = 15, 1.2, 0.75
LEAST_POSITIVES = 5
PRECISE = 0.95


@dataclass(frozen=True)
class Verdict:
    """How well probabilities agree with labels, over all pairs of service and need (micro) or by need (macro)."""

    micro_f1: float
    macro_f1: float
    micro_ap: float
    macro_ap: float
    brier: float
    calibration_error: float
    approvable: float
    precision_at_95: float
    recall_at_95: float


Method = Callable[["Task", Ints], Floats]


@dataclass(frozen=True)
class Task:
    """A city's labelled services: what is read of them, and the needs that they answer."""

    texts: tuple[Text, ...]
    known: Features
    answers: Bools


def ours(task: Task, train: Ints) -> Floats:
    """Judge by the classifier."""
    return judge(task.known, train, task.answers[train]).probability


def few_labels(task: Task, train: Ints) -> Floats:
    """Judge by the classifier that has a tenth of the labels."""
    return ours(task, train[: len(train) // 10])


def keywords(task: Task, _train: Ints) -> Floats:
    """Judge by our own vocabulary alone."""
    intercept, slope = NO_LABELS
    return np.asarray(1 / (1 + np.exp(-(intercept + slope * task.known.prior))))


def neighbours(task: Task, train: Ints) -> Floats:
    """Judge by the labels of the nearest services by BM25."""
    words = [stems(f"{text.name} {text.organization} {text.description} {text.keywords}") for text in task.texts]
    counts: Any = CountVectorizer(analyzer=list).fit_transform(words).tocsr().astype(np.float64)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    known_in = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log(1 + (len(words) - known_in + 0.5) / (known_in + 0.5))
    told = counts.copy()
    row = np.repeat(np.arange(len(words)), np.diff(counts.indptr))
    told.data = counts.data * (K1 + 1) / (counts.data + K1 * (1 - B + B * lengths[row] / lengths.mean()))
    told.data *= rarity[counts.indices]
    asked = counts.copy()
    asked.data[:] = 1.0
    near = (asked @ told[train].T).toarray()
    best = np.argsort(-near, axis=1, kind="stable")[:, :NEIGHBOURS]
    weight = np.take_along_axis(near, best, axis=1) + 1e-9
    weight /= weight.sum(axis=1, keepdims=True)
    return np.minimum((weight[:, :, None] * task.answers[train][best]).sum(axis=1), 1.0)


METHODS: dict[str, Method] = {
    "classifier": ours,
    "classifier, a tenth of the labels": few_labels,
    "BM25 neighbours": neighbours,
    "keywords": keywords,
}


def task_of(texts: tuple[Text, ...]) -> Task:
    """Return the labelled services of a city."""
    labelled = tuple(text for text in texts if text.needs or text.terms)
    answers = np.array([[need in dict(text.needs) for need in NEEDS] for text in labelled])
    return Task(labelled, features(vocabulary.current(), labelled), answers)


def unseen(task: Task, method: Method) -> Floats:
    """Return probabilities of every service by what the other folds teach."""
    found = np.zeros(task.answers.shape)
    for train, test in KFold(FOLDS, shuffle=True, random_state=SEED).split(task.answers):
        found[test] = method(task, np.random.default_rng(SEED).permutation(train))[test]
    return found


def verdict(answers: Bools, found: Floats) -> Verdict:
    """Compare probabilities with labels; by need only where there are a few."""
    said, told = answers.ravel(), found.ravel()
    kept = [need for need in range(answers.shape[1]) if answers[:, need].sum() >= LEAST_POSITIVES]
    pairs = [(answers[:, need], found[:, need]) for need in kept]
    order = np.argsort(-told, kind="stable")
    precision = np.cumsum(said[order]) / np.arange(1, len(said) + 1)
    precise = np.flatnonzero(precision >= PRECISE)
    sure = told >= PRECISE
    return Verdict(
        micro_f1=f1_score(said, told >= 1 / 2),
        macro_f1=float(np.mean([f1_score(one, other >= 1 / 2, zero_division=0) for one, other in pairs])),
        micro_ap=average_precision_score(said, told),
        macro_ap=float(np.mean([average_precision_score(one, other) for one, other in pairs])),
        brier=brier_score_loss(said, told),
        calibration_error=_calibration_error(said, told),
        approvable=float(said[order][: precise[-1] + 1].sum() / said.sum()) if len(precise) else 0.0,
        precision_at_95=float(said[sure].mean()) if sure.any() else float("nan"),
        recall_at_95=float(said[sure].sum() / said.sum()),
    )


def _calibration_error(said: Bools, told: Floats) -> float:
    bins = np.minimum((told * 10).astype(int), 9)
    return float(
        sum(
            (bins == number).mean() * abs(said[bins == number].mean() - told[bins == number].mean())
            for number in range(10)
            if (bins == number).any()
        )
    )


def main() -> None:
    """Compare every method on every city."""
    report: dict[str, dict[str, Verdict]] = {}
    priors, answers = [], []
    for source in CITIES:
        with opened(source, hidden=False) as city:
            task = task_of(city.labelled)
        priors.append(task.known.prior.ravel())
        answers.append(task.answers.ravel())
        report[source.slug] = {name: verdict(task.answers, unseen(task, method)) for name, method in METHODS.items()}
    if "--json" in sys.argv:
        print(json.dumps(report, default=asdict, indent=2))
        return
    for slug, verdicts in report.items():
        print(f"\n{slug}")
        for name, one in verdicts.items():
            print(f"  {name:34}" + "  ".join(f"{key} {value:.3f}" for key, value in asdict(one).items()))
    curve = LogisticRegression(C=10.0).fit(np.concatenate(priors)[:, None], np.concatenate(answers))
    print(f"\nvocabulary alone, both cities: intercept {curve.intercept_[0]:.2f}, slope {curve.coef_[0, 0]:.2f}")


if __name__ == "__main__":
    main()
