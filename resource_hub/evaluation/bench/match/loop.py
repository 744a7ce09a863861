"""The loop in C as an engine: compiled when it is asked for, called over the same windows as the index searches."""

import ctypes
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from resource_hub.evaluation.bench.match.engine import Top, origin_of
from resource_hub.evaluation.bench.match.loop_data import Block, columns_of, hours_of, question_of
from resource_hub.evaluation.bench.peers import Missing
from resource_hub.matching.index.table import Index, Postings
from resource_hub.matching.index.verdicts import Judge, Verdicts
from resource_hub.matching.rules import cells
from resource_hub.matching.rules.assess import local_day
from resource_hub.matching.rules.capacity import ceiling
from resource_hub.matching.rules.decay import amount_of
from resource_hub.matching.rules.distance import farthest_km
from resource_hub.matching.rules.fit import NEED_CODES
from resource_hub.matching.rules.freshness import listing_right
from resource_hub.matching.values import Floats, Ints, Policy, Query, Rooms
from resource_hub.matching.values.ranking import Truth

_SOURCE = Path(__file__).with_name("loop.c")
# All that -ffast-math allows, but for what loads with it and rounds small numbers to zero in the whole process.
_MATH = ("-fno-math-errno", "-fno-trapping-math", "-ffinite-math-only", "-fno-signed-zeros", "-fassociative-math",
         "-freciprocal-math")  # fmt: skip
_FLAGS = ("-O3", "-march=native", *_MATH, "-shared", "-fPIC")
_FIRST_KM, _ALL_KM = 4.0, 21_000.0
_WINDOW = 6
_SLACK = 1e-5

Ranges = tuple[Ints, Ints]


def compiled(folder: Path) -> ctypes.CDLL:
    """Compile the loop into a folder and load it; says so where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise Missing("install a C compiler (cc, gcc or clang)")
    library = folder / "loop.so"
    command = [compiler, *_FLAGS, str(_SOURCE), "-o", str(library), "-lm"]
    made = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - compiles our own source
    if made.returncode:
        raise Missing(f"the C compiler refused: {made.stderr.strip().splitlines()[0]}")
    return ctypes.CDLL(str(library))


class Loop:
    """Answers questions by number: over the windows of the index, or over every row that answers the need."""

    def __init__(
        self, library: ctypes.CDLL, index: Index, rooms: Rooms, questions: Sequence[Query], policy: Policy
    ) -> None:
        first = questions[0]
        self._best_of, self._index, self._policy, self._questions = library.best_of, index, policy, questions
        self._judge = Judge(index)
        self._columns, self._hours = columns_of(index, rooms, first, policy), hours_of(index, first)
        columns, today = index.columns, local_day(first.at, index.columns.zone)
        right = listing_right(columns.verified, columns.reported, today, policy)
        self._peaks = [_peak(index, right, need) for need in range(len(NEED_CODES))]

    def by_windows(self, number: int) -> Top:
        """Search as the index does: a first window, what comes from afar, then as far as something better may be."""
        scan, need = self._scan(number)
        origin, near = origin_of(self._questions[number]), self._index.near
        of = near.of(need)
        km = _FIRST_KM
        ranges = cells.within(near.keys[of], origin, km)
        while int((ranges[1] - ranges[0]).sum()) < _WINDOW * scan.limit and km < _ALL_KM:
            km = min(2 * km, _ALL_KM)
            ranges = cells.within(near.keys[of], origin, km)
        scan.over(near, of.start, ranges, far=False)
        self._from_afar(scan, need)
        reach = self._reach(scan.least, need)
        if reach > km:
            scan.found = 0
            scan.over(near, of.start, cells.within(near.keys[of], origin, min(reach, _ALL_KM)), far=False)
            self._from_afar(scan, need)
        return scan.top()

    def by_all(self, number: int) -> Top:
        """Look at every row that answers the need."""
        scan, need = self._scan(number)
        of = self._index.near.of(need)
        scan.over(self._index.near, of.start, (np.array([0]), np.array([of.stop - of.start])), far=False)
        self._from_afar(scan, need)
        return scan.top()

    def _scan(self, number: int) -> tuple["_Scan", int]:
        query = self._questions[number]
        verdicts: Verdicts = self._judge.verdicts(query, self._policy)
        question = question_of(query, verdicts, self._hours, self._policy)
        return _Scan(self._best_of, self._columns, question, verdicts, query.limit), NEED_CODES.index(query.needs[0])

    def _from_afar(self, scan: "_Scan", need: int) -> None:
        of = self._index.far.of(need)
        places = np.flatnonzero(scan.verdicts.served[self._index.far.keys[of]] > Truth.NO)
        scan.over(self._index.far, of.start, (places, places + 1), far=True)

    def _reach(self, least: float, need: int) -> float:
        travel, accept = self._policy.travel, self._policy.accept
        peak = self._peaks[need] * ceiling(accept, accept.prior)
        share = (least - _SLACK) / peak if peak else 1.0
        return farthest_km(amount_of(share, travel.half_minutes, travel.limit), travel, None)


class _Scan:
    """One question's pass over postings, with the best rows so far."""

    def __init__(
        self, best_of: Callable[..., int], columns: Block, question: Block, verdicts: Verdicts, limit: int
    ) -> None:
        self._best_of, self._columns, self._question = best_of, columns, question
        self.verdicts, self.limit, self.found = verdicts, limit, 0
        self._rows, self._scores = np.zeros(limit, dtype=np.uint32), np.zeros(limit, dtype=np.float32)

    def over(self, postings: Postings, start: int, ranges: Ranges, *, far: bool) -> None:
        """Pass over ranges, counted from `start`."""
        first, last = (np.ascontiguousarray(ends + start, dtype=np.int64) for ends in ranges)
        arrays = (postings.rows, postings.weights, first, last)
        self.found = self._best_of(
            self._columns.address,
            self._question.address,
            *(ctypes.c_void_p(array.ctypes.data) for array in arrays),
            len(first),
            far,
            self.limit,
            self.found,
            ctypes.c_void_p(self._rows.ctypes.data),
            ctypes.c_void_p(self._scores.ctypes.data),
        )

    @property
    def least(self) -> float:
        """The score of the last of the best; 0 while there are too few."""
        return float(self._scores[-1]) if self.found == self.limit else 0.0

    def top(self) -> Top:
        """Return the best rows."""
        return Top(self._rows[: self.found].astype(np.int64), self._scores[: self.found].astype(np.float64))


def _peak(index: Index, right: Floats, need: int) -> float:
    near = index.near
    return float((near.weights[near.of(need)] * right[near.rows[near.of(need)]]).max(initial=0))
