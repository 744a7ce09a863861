"""A linear classifier for every need at once, and the probabilities that its scores stand for.

Scores of texts with labels come from folds that did not see them, so that probabilities are those of texts without.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, cross_val_predict
from threadpoolctl import ThreadpoolController

from resource_hub.matching.suggesting.features import Features
from resource_hub.matching.values.columns import Bools, Floats, Ints

FOLDS, SEED = 5, 2026
# A market with fewer labelled services says nothing by itself; a need with fewer of them shares its curve with others.
LEAST_LABELLED, LEAST_OF_NEED = 40, 20
# What our vocabulary's judgement is worth where a market has no labels: intercept and slope of a logistic curve,
# as `python -m benchmarks.needs` finds them for two cities together.
NO_LABELS = (-3.4, 10.4)
# Where it is surest it was right less than 95 times in a hundred in both cities, so that nothing is ever near certain.
MOST_WITHOUT_LABELS = 0.9
_SHRINK = 1.0
# The smaller, the less a curve dares where labels are few.
_CAUTION = 3.0
_THREADS = ThreadpoolController()


@dataclass(frozen=True)
class Judged:
    """For each service and need: how probably it answers it; `weights` are those of the features, by need."""

    probability: Floats
    weights: Floats


def judge(known: Features, labelled: Ints, answers: Bools) -> Judged:
    """Learn from the rows `labelled` with their `answers` by need, and judge every row; a labelled one unseen."""
    if len(labelled) < LEAST_LABELLED:
        intercept, slope = NO_LABELS
        shape = known.prior.shape[1], known.matrix.shape[1]
        guessed = np.minimum(_logistic(intercept + slope * known.prior), MOST_WITHOUT_LABELS)
        return Judged(guessed, np.zeros(shape))
    usual = answers.mean(axis=0)
    targets = answers.astype(np.float64) - usual
    matrix = known.matrix[labelled]
    with _THREADS.limit(limits=1):
        # A constant beside the words stands for an intercept.
        kernel = (matrix @ matrix.T).toarray() + 1.0
        model = KernelRidge(alpha=_SHRINK, kernel="precomputed")
        folds = KFold(FOLDS, shuffle=True, random_state=SEED)
        unseen = cross_val_predict(model, kernel, targets, cv=folds)
        dual = np.asarray(model.fit(kernel, targets).dual_coef_)
        weights = np.asarray((matrix.T @ dual).T)
        scores = np.asarray(known.matrix @ weights.T) + dual.sum(axis=0)
    scores[labelled] = unseen
    return Judged(_probabilities(scores, known.prior, labelled, answers), weights)


def _probabilities(scores: Floats, prior: Floats, labelled: Ints, answers: Bools) -> Floats:
    """Turn scores into probabilities: a curve for each need that has labels enough, and one that the others share."""
    shared = _curve(scores[labelled].ravel(), prior[labelled].ravel(), answers.ravel())
    found = np.empty_like(scores)
    for need in range(scores.shape[1]):
        column, ours, said = scores[:, need], prior[:, need], answers[:, need]
        enough = LEAST_OF_NEED <= said.sum() <= len(said) - LEAST_OF_NEED
        curve = _curve(column[labelled], ours[labelled], said) if enough else shared
        found[:, need] = curve.predict_proba(np.column_stack([column, ours]))[:, 1] if curve else said.mean()
    return found


def _curve(scores: Floats, prior: Floats, said: Bools) -> LogisticRegression | None:
    if said.all() or not said.any():
        return None
    return LogisticRegression(C=_CAUTION, max_iter=1000).fit(np.column_stack([scores, prior]), said)


def _logistic(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-values)), dtype=np.float64)
