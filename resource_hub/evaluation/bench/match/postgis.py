"""PostgreSQL with PostGIS as an engine: loads the directory once, then answers through one prepared statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

import numpy as np
import psycopg
from psycopg.sql import SQL

from resource_hub.core.geography import Point
from resource_hub.evaluation.bench.match import statements
from resource_hub.evaluation.bench.match.engine import Top, origin_of
from resource_hub.evaluation.bench.match.worth import Stored
from resource_hub.evaluation.bench.peers import VARIABLE, Missing, bench_server
from resource_hub.matching.index.verdicts import Judge, Verdicts
from resource_hub.matching.rules.decay import amount_of
from resource_hub.matching.rules.distance import farthest_km
from resource_hub.matching.rules.fit import NEED_CODES
from resource_hub.matching.values import Columns, Floats, Ints, Policy, Query
from resource_hub.matching.values.ranking import Truth

RADIUS_KM = 50.0
_FIRST_LOOK_KM = 2.0

Values = dict[str, object]


@dataclass(frozen=True)
class Asked:
    """What to send for a question: its values, and the boxes of the two statements."""

    values: Values
    look: Values
    whole: Values


def server() -> str:
    """Return the address of a PostgreSQL server with PostGIS; says what is missing."""
    address = bench_server()
    try:
        with psycopg.connect(address, autocommit=True) as connection:
            for name in ("postgis", "btree_gist"):
                connection.execute(SQL("CREATE EXTENSION IF NOT EXISTS {}").format(SQL(name)))
    except psycopg.Error as error:
        raise Missing(f"the server of {VARIABLE} cannot be used: {str(error).strip().splitlines()[0]}") from error
    return address


def load(address: str, columns: Columns, stored: Stored, policy: Policy) -> None:
    """Write the directory into tables of their own, indexed and in the order of the index."""
    weights = np.where(columns.active[:, None], columns.weights[columns.of.needs], 0)
    row, need = np.nonzero(weights)
    fixed = stored.fixed[row]
    base = weights[row, need] * stored.worth[row] * np.nan_to_num(fixed, nan=1.0)
    of = columns.of
    known: list[Floats | Ints] = [row, need, base, of.areas[row], of.eligibility[row], of.terms[row]]
    near, aside = np.isnan(fixed), np.where(columns.approximate[row], policy.travel.approximate_km**2, 0.0)
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements.TABLES:
            connection.execute(statement)
        places = [columns.longitude[row], columns.latitude[row], aside]
        _copy(connection, "COPY hub_bench.loaded FROM STDIN", [column[near] for column in known + places])
        _copy(connection, "COPY hub_bench.anywhere FROM STDIN", [column[~near] for column in known])
        for statement in statements.INDEXES:
            connection.execute(statement)


def asked(
    judge: Judge, questions: Sequence[Query], tenths: Sequence[float], best: Floats, policy: Policy
) -> list[Asked]:
    """Return what to send for each question, judged and written out beforehand, so that no time is taken for it.

    The box of a question holds `RADIUS_KM`, or more where its true tenth score says that more is needed.
    """
    return [
        _asked(query, judge.verdicts(query, policy), tenth, float(best[NEED_CODES.index(query.needs[0])]), policy)
        for query, tenth in zip(questions, tenths, strict=True)
    ]


def best_by_need(address: str, needs: int) -> Floats:
    """Return the most that any row is worth for each need when no way has to be made."""
    result = np.zeros(needs)
    with psycopg.connect(address) as connection:
        for need, most in connection.execute(statements.BY_NEED):
            result[need] = most
    return result


class Postgis:
    """A connection that answers questions by number with one of the two statements."""

    def __init__(self, address: str, policy: Policy, asked: Sequence[Asked], *, bounded: bool) -> None:
        self._statement = statements.bounded(policy) if bounded else statements.within(policy)
        self._asked = [one.values | (one.look if bounded else one.whole) for one in asked]
        self._connection = psycopg.connect(address, autocommit=True, prepare_threshold=0)
        for statement in statements.TUNING:
            self._connection.execute(statement)
        self._text = self._statement.as_string(self._connection)

    def __call__(self, number: int) -> Top:
        found = self._connection.execute(self._text, self._asked[number]).fetchall()
        rows, scores = zip(*found, strict=True) if found else ((), ())
        return Top(np.array(rows, dtype=np.int64), np.array(scores))

    def close(self) -> None:
        self._connection.close()


def _asked(query: Query, verdicts: Verdicts, tenth: float, best: float, policy: Policy) -> Asked:
    point = origin_of(query)
    values: Values = {
        "need": NEED_CODES.index(query.needs[0]),
        "chances": _array(np.where(verdicts.eligible > Truth.NO, verdicts.chance, 0.0)),
        "terms": _array(verdicts.terms),
        "areas": _array(np.flatnonzero(verdicts.served > Truth.NO)),
        "longitude": point.longitude,
        "latitude": point.latitude,
        "best": max(best, tenth),
    }
    needed = _reach_km(tenth, best, policy)
    return Asked(values, _box(_FIRST_LOOK_KM, point), _box(max(RADIUS_KM, needed), point))


def _box(km: float, point: Point) -> Values:
    across, up = statements.box(km, point.latitude)
    return {"across": across, "up": up}


def _reach_km(tenth: float, best: float, policy: Policy) -> float:
    """Return the distance beyond which nothing can be better than the tenth."""
    travel = policy.travel
    return farthest_km(amount_of(tenth / best if best else 1.0, travel.half_minutes, travel.limit), travel, None)


def _array(values: Floats | Ints) -> str:
    return "{" + ",".join(str(value) for value in values.tolist()) + "}"


def _copy(connection: psycopg.Connection, statement: LiteralString, columns: Sequence[Floats | Ints]) -> None:
    lines = zip(*(column.tolist() for column in columns), strict=True)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in lines:
            copy.write_row(line)
