"""The statements for PostgreSQL with PostGIS.

What does not depend on the question is worked out and stored beforehand, one line for each need of a row, lying in
the order of a composite GiST index on need and geometry.
"""

from math import cos, log, radians
from typing import LiteralString

from psycopg.sql import SQL, Composed

from resource_hub.matching.values import Policy

TABLES: tuple[LiteralString, ...] = (
    "CREATE EXTENSION IF NOT EXISTS postgis",
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "DROP SCHEMA IF EXISTS hub_bench CASCADE",
    "CREATE SCHEMA hub_bench",
    """CREATE UNLOGGED TABLE hub_bench.loaded (id int, need smallint, base real, area int, conditions smallint,
        terms smallint, longitude float8, latitude float8, aside float8)""",
    """CREATE UNLOGGED TABLE hub_bench.anywhere (id int, need smallint, base real, area int, conditions smallint,
        terms smallint)""",
)
INDEXES: tuple[LiteralString, ...] = (
    """CREATE UNLOGGED TABLE hub_bench.near AS
        SELECT id, need, base, area, conditions, terms, aside,
            ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)::geometry(Point, 4326) AS geom
        FROM hub_bench.loaded ORDER BY need, ST_GeoHash(ST_SetSRID(ST_MakePoint(longitude, latitude), 4326))""",
    "DROP TABLE hub_bench.loaded",
    "CREATE INDEX ON hub_bench.near USING gist (need, geom)",
    "CREATE INDEX by_area ON hub_bench.anywhere (need, area, base) INCLUDE (id, conditions, terms)",
    "CLUSTER hub_bench.anywhere USING by_area",
    "VACUUM ANALYZE hub_bench.near",
    "VACUUM ANALYZE hub_bench.anywhere",
)
# Candidates are a few thousand rows at most: starting workers or a compiler costs more. A generic plan saves planning.
TUNING: tuple[LiteralString, ...] = (
    "SET jit = off",
    "SET max_parallel_workers_per_gather = 0",
    "SET plan_cache_mode = force_generic_plan",
    "SET work_mem = '64MB'",
    "SET synchronous_commit = off",
)
BY_NEED: LiteralString = "SELECT need, max(base)::float8 FROM hub_bench.near GROUP BY need"

_NEAR: LiteralString = """
    SELECT id, base * (%(chances)s::float8[])[conditions + 1] * (%(terms)s::float8[])[terms + 1]
        * ({limit} + (1 - {limit}) * exp(-{rate} *
            least({walk_fixed} + km * {walk_pace}, {transit_fixed} + km * {transit_pace}))) AS score
    FROM (
        SELECT id, base, conditions, terms, sqrt(power(ST_DistanceSphere(geom, {point}) / 1000, 2) + aside) AS km
        FROM hub_bench.near
        WHERE need = %(need)s::smallint AND geom && ST_Expand({point}, {across}, {up})
            AND area = ANY(%(areas)s::int[]) AND (%(chances)s::float8[])[conditions + 1] > 0
        OFFSET 0
    ) AS there"""
_ANYWHERE: LiteralString = """
    SELECT id, base * (%(chances)s::float8[])[conditions + 1] * (%(terms)s::float8[])[terms + 1] AS score
    FROM hub_bench.anywhere
    WHERE need = %(need)s::smallint AND area = ANY(%(areas)s::int[])
        AND (%(chances)s::float8[])[conditions + 1] > 0
    ORDER BY score DESC LIMIT 10"""
_WITHIN: LiteralString = """
    SELECT id, score FROM ({near} UNION ALL ({anywhere})) AS found ORDER BY score DESC LIMIT 10"""
# The first look finds ten; the tenth says beyond which distance nothing can be better, and the second looks so far.
_BOUNDED: LiteralString = """
    WITH first AS MATERIALIZED ({first}),
    anywhere AS MATERIALIZED ({anywhere}),
    tenth AS MATERIALIZED (
        SELECT coalesce((
            SELECT score FROM (SELECT score FROM first UNION ALL SELECT score FROM anywhere) AS seen
            ORDER BY score DESC OFFSET 9 LIMIT 1
        ), 0) / %(best)s::float8 AS share
    ),
    minutes AS MATERIALIZED (
        SELECT CASE WHEN share > {limit} THEN -ln((share - {limit}) / (1 - {limit})) / {rate} END AS most FROM tenth
    ),
    reach AS MATERIALIZED (
        SELECT coalesce(greatest((most - {walk_fixed}) / {walk_pace}, (most - {transit_fixed}) / {transit_pace}), 20000)
            AS km FROM minutes
    ),
    box AS MATERIALIZED (
        SELECT CASE WHEN km > {wide} THEN 360 ELSE km / {degree} END AS up,
            CASE WHEN km > {wide} THEN 360 ELSE km / {degree} / cos(radians(%(latitude)s::float8)) END AS across
        FROM reach
    )
    SELECT id, score FROM ({second} UNION ALL SELECT id, score FROM anywhere) AS found ORDER BY score DESC LIMIT 10"""

# A degree is a little longer than this; wider than that the whole earth is looked through.
_KM_PER_DEGREE, _WIDE_KM = 111.0, 200.0


def box(km: float, latitude: float) -> tuple[float, float]:
    """Return the half sides, across and up, in degrees, of a box that holds everything within so many kilometres."""
    if km > _WIDE_KM:
        return 360.0, 360.0
    up = km / _KM_PER_DEGREE
    return up / cos(radians(latitude)), up


def within(policy: Policy) -> Composed:
    """Return the statement that looks within a given box."""
    near = _near(policy, SQL("%(across)s::float8"), SQL("%(up)s::float8"))
    return SQL(_WITHIN).format(near=near, anywhere=SQL(_ANYWHERE))


def bounded(policy: Policy) -> Composed:
    """Return the statement that looks around first and then as far as something better may be."""
    return SQL(_BOUNDED).format(
        first=_near(policy, SQL("%(across)s::float8"), SQL("%(up)s::float8")),
        second=_near(policy, SQL("(SELECT across FROM box)"), SQL("(SELECT up FROM box)")),
        anywhere=SQL(_ANYWHERE),
        wide=_WIDE_KM,
        degree=_KM_PER_DEGREE,
        **_travel(policy),
    )


def _near(policy: Policy, across: SQL, up: SQL) -> Composed:
    point = SQL("ST_SetSRID(ST_MakePoint(%(longitude)s::float8, %(latitude)s::float8), 4326)")
    return SQL(_NEAR).format(point=point, across=across, up=up, **_travel(policy))


def _travel(policy: Policy) -> dict[str, float]:
    travel = policy.travel
    ways = {"walk": travel.walk, "transit": travel.transit}
    fixed = {f"{name}_fixed": way.fixed_minutes for name, way in ways.items()}
    pace = {f"{name}_pace": 60 * way.detour / way.km_per_hour for name, way in ways.items()}
    return {"limit": travel.limit, "rate": log(2) / travel.half_minutes, **fixed, **pace}
