"""The best that could have been done by somebody who knew every arrival: a mixed integer program, solved by HiGHS."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, vstack

from resource_hub.matching.values.allocation import Cases
from resource_hub.matching.values.columns import Bools, Floats, Ints

# Two totals closer than this share are the same.
_EQUAL = 1e-6
# How far below the best a single choice may lie in the first, small program, as a share of the bound.
_FIRST = 5e-4
# Seconds for a program, and the solver's word for one that took longer: then the best found stands.
_SECONDS = 30
_OUT_OF_TIME = 1


def optimum(cases: Cases, room: Floats) -> float:
    """Return the greatest total worth under the room, each case in one place or none.

    The linear program gives a bound, and for each choice what it loses at least. Choices that lose much are left out;
    where the best of the rest is no further below the bound than they are, none of them could have been better.
    """
    case, place = np.nonzero(np.isfinite(cases.worth) & (cases.worth > 0) & (cases.sizes[:, None] <= room))
    worth = cases.worth[case, place]
    if not len(worth):
        return 0.0
    rows = _rows(case, place, cases, len(room))
    limits = np.concatenate([np.ones(len(cases)), room])
    with _quiet():
        relaxed = linprog(-worth, A_ub=rows, b_ub=limits, bounds=(0, None), method="highs")
        bound = -relaxed.fun
        loses = np.maximum(-(worth + rows.T @ relaxed.ineqlin.marginals), 0)
        if np.allclose(relaxed.x, relaxed.x.round(), atol=1e-7):
            return float(bound)
        return _whole(worth, rows, limits, bound, loses)


def _whole(worth: Floats, rows: csr_matrix, limits: Floats, bound: float, loses: Floats) -> float:
    share = _FIRST
    while True:
        kept: Bools = loses <= share * bound
        found = linprog(
            -worth[kept], A_ub=rows[:, kept], b_ub=limits, bounds=(0, 1), method="highs", integrality=1,
            options={"mip_rel_gap": _EQUAL, "time_limit": _SECONDS},
        )  # fmt: skip
        total = 0.0 if found.x is None else float(worth[kept] @ found.x.round())
        if kept.all() or total >= bound * (1 - share) or found.status == _OUT_OF_TIME:
            return total
        share *= 10


def _rows(case: Ints, place: Ints, cases: Cases, places: int) -> csr_matrix:
    each = np.arange(len(case))
    once = csr_matrix((np.ones(len(case)), (case, each)), shape=(len(cases), len(case)))
    takes = csr_matrix((cases.sizes[case], (place, each)), shape=(places, len(case)))
    return vstack([once, takes]).tocsr()


@contextmanager
def _quiet() -> Iterator[None]:
    """Send what the solver prints by itself to stderr: stdout is for the answer."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
