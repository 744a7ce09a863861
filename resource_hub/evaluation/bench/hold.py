"""How many places can be held a second by several processes, and that none is ever sold twice."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.capacity.models import Hold, Room
from resource_hub.capacity.service import hold
from resource_hub.core.clock import utc_now
from resource_hub.core.db import Database
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from resource_hub.evaluation.bench.crowd import crowd
from resource_hub.evaluation.bench.demo import demo
from resource_hub.evaluation.bench.peers import Missing, bench_server
from resource_hub.handoff.models import Referral

PROCESSES = 4
MANY = 100
_SECONDS, _ROUNDS = 1.0, 3
_REFERRALS = 20_000
_PLENTY, _FEW = 1_000_000, 50
_BARE = "UPDATE room SET free = free - 1 WHERE service_at_location_id = {} AND free > 0"

Act = Callable[[int], object]


def run(services: int = MANY) -> dict[str, Any]:
    """Measure on SQLite, and on PostgreSQL where a server is named; `services` is how many places "many" are."""
    result: dict[str, Any] = {"processes": PROCESSES, "databases": {}, "missing": {}}
    result["databases"]["sqlite"] = _measured(services, None)
    try:
        result["databases"]["postgresql"] = _measured(services, bench_server())
    except Missing as why:
        result["missing"]["postgresql"] = str(why)
    result["oversold"] = sum(one["oversold"] for one in result["databases"].values())
    return result


def _measured(services: int, server: str | None) -> dict[str, Any]:
    with demo(server) as (_settings, database), ExitStack() as stack:
        url = database.engine.url.render_as_string(hide_password=False)
        places = _prepared(database)[: services + 2]
        ways = {
            "one_place": (holding, "one", places[:1]),
            "many_places": (holding, "many", places[2:]),
            "bare_update": (updating, "bare", places[1:2]),
        }
        crowds = {
            name: stack.enter_context(crowd(PROCESSES, _SECONDS, make, url, prefix, of))
            for name, (make, prefix, of) in ways.items()
        }
        counts = dict.fromkeys(crowds, 0)
        for _ in range(_ROUNDS):
            for name, one in crowds.items():
                counts[name] += one.round()
        rates = {name: round(count / (_ROUNDS * _SECONDS), 1) for name, count in counts.items()}
        return {"per_second": rates, "ratios": _ratios(rates), "oversold": _oversold(database, url, places)}


def holding(number: int, url: str, prefix: str, places: Sequence[str]) -> Act:
    """Hold one place after the other, each for a referral of its own, committed one by one."""
    database, vault = Database.from_url(url), Vault((bytes(32),))

    def act(turn: int) -> object:
        now = utc_now()
        with database.write() as session:
            work = Work(session, SYSTEM, now, vault, new_id)
            referral = f"{prefix}-{number}-{turn}"
            return hold(work, referral, places[(turn + number) % len(places)], now + timedelta(days=3))

    return act


def updating(_number: int, url: str, _prefix: str, places: Sequence[str]) -> Act:
    """Take one place less by the driver alone: the least that a hold can cost."""
    database = Database.from_url(url)
    sign = "?" if database.engine.dialect.name == "sqlite" else "%s"
    connection = database.engine.raw_connection()
    statement = _BARE.format(sign)

    def act(_turn: int) -> object:
        cursor = connection.cursor()
        cursor.execute(statement, (places[0],))
        connection.commit()
        return cursor.rowcount

    return act


def _prepared(database: Database) -> list[str]:
    """Give places of the demo plenty of room and write referrals to hold them for; return the places."""
    with database.write() as session:
        places = list(session.scalars(select(Room.service_at_location_id).order_by(Room.service_at_location_id)))
        plenty = {"status": "capacity", "free": _PLENTY, "maximum": None}
        session.execute(update(Room).values(plenty))
        like = session.execute(select(Referral.__table__).limit(1)).mappings().one()
        each = _REFERRALS // PROCESSES
        names = [
            f"{prefix}-{number}-{turn}"
            for prefix in ("one", "many", "few")
            for number in range(PROCESSES)
            for turn in range(each)
        ]
        session.execute(insert(Referral), [{**like, "id": name, "status": "completed"} for name in names])
    return places


def _oversold(database: Database, url: str, places: Sequence[str]) -> int:
    """Let everybody try for a place with little room until nothing is left; return how many were held too many."""
    place = places[:1]
    with database.write() as session:
        session.execute(update(Room).where(Room.service_at_location_id.in_(place)).values(free=_FEW))
        before = session.scalar(_held(place)) or 0
    with crowd(PROCESSES, _SECONDS, holding, url, "few", place) as everybody:
        while _left(database, place):
            everybody.round()
    with database.read() as session:
        return max((session.scalar(_held(place)) or 0) - before - _FEW, 0)


def _left(database: Database, place: Sequence[str]) -> int:
    with database.read() as session:
        return session.scalar(select(Room.free).where(Room.service_at_location_id.in_(place))) or 0


def _held(places: Sequence[str]) -> Any:
    return select(func.count()).where(Hold.service_at_location_id.in_(places), Hold.counted)


def _ratios(rates: Mapping[str, float]) -> dict[str, float]:
    bare = rates["bare_update"] or 1
    return {f"{name}/bare_update": round(rate / bare, 3) for name, rate in rates.items() if name != "bare_update"}
