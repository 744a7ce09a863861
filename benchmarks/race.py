"""Many at once on one hot place that fills and empties again and again: nobody ever gets what is not there.

Run: `python -m benchmarks.race [--database URL]`, where URL is a PostgreSQL server; without it, SQLite.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from time import monotonic

import click
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.capacity import service as capacity
from resource_hub.capacity.models import Hold, Room
from resource_hub.capacity.values import Held, HoldOutcome, HoldState, NoCapacity
from resource_hub.core.clock import utc_now
from resource_hub.core.db import Database
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from resource_hub.evaluation.bench.demo import demo
from resource_hub.handoff.models import Referral

PLACES = 10
SECONDS_BETWEEN_LINES = 10
COUNTED = ("held", "given_back", "full", "busy", "overbooked")
READ_THEN_WRITE = "read-then-write"
Try = Callable[[Database, str, str], tuple[HoldOutcome, int]]


@click.command()
@click.option("--attempts", default=100_000, show_default=True, help="How often somebody tries, in all.")
@click.option("--clients", default=64, show_default=True, help="How many try at the same time.")
@click.option("--seconds", default=600, show_default=True, help="When the race ends, whatever was done.")
@click.option("--database", default=None, help="A PostgreSQL server; it gets a database of its own for the run.")
@click.option("--defect", type=click.Choice([READ_THEN_WRITE]), help="A defect to plant, which has to be found.")
def measure(attempts: int, clients: int, seconds: int, database: str | None, defect: str | None) -> None:
    """Print what came of the attempts, as JSON; exit status 1 when a place was given too often or got lost."""
    with demo(database) as (_settings, opened):
        say("the demo is loaded")
        place = prepare(opened, clients, attempts // clients)
        began = monotonic()
        say(f"{attempts} attempts are prepared")
        seen = race(opened, place, (clients, attempts // clients), seconds, careless if defect else careful, say)
        lasted = monotonic() - began
        report = {
            "attempts": seen["held"] + seen["full"] + seen["busy"],
            "per_second": round((seen["held"] + seen["full"]) / lasted),
            **{name: seen[name] for name in COUNTED},
            "places_lost": lost(opened, place),
        }
    click.echo(json.dumps(report, indent=2))
    sys.exit(1 if report["overbooked"] or report["places_lost"] else 0)


def prepare(database: Database, clients: int, attempts: int) -> str:
    """Give the first service of the database ten places, and write what the clients hold them for; return it."""
    with database.write() as session:
        place = session.scalars(select(Room.service_at_location_id).order_by(Room.service_at_location_id)).first()
        holds = select(Hold.service_at_location_id).where(Hold.state == HoldState.HELD)
        if place is None or place in set(session.scalars(holds)):
            message = "the race needs a place that nobody holds"
            raise RuntimeError(message)
        values = {"status": "capacity", "free": PLACES, "maximum": PLACES}
        session.execute(update(Room).where(Room.service_at_location_id == place).values(values))
    for client in range(clients):
        with database.write() as session:
            _add_referrals(session, [_referral(client, turn) for turn in range(attempts)])
    return place


def say(line: str) -> None:
    """Say on standard error how far it is: a large race takes half an hour on a busy machine."""
    click.echo(line, err=True)


def _add_referrals(session: Session, names: list[str]) -> None:
    like = session.execute(select(Referral.__table__).limit(1)).mappings().one()
    session.execute(insert(Referral), [{**like, "id": name, "status": "completed"} for name in names])


def _referral(client: int, turn: int) -> str:
    return f"race-{client}-{turn}"


def race(
    database: Database,
    place: str,
    size: tuple[int, int],
    seconds: float,
    attempt: Try,
    tell: Callable[[str], None] = lambda _line: None,
) -> Counter[str]:
    """Let so many try so often at most; return how often places were held, given back, full, or overbooked."""
    url, last = database.engine.url.render_as_string(hide_password=False), monotonic() + seconds
    clients, attempts = size
    # All that is counted is there from the beginning, so that it can be summed up while the clients go on.
    counts = [Counter(dict.fromkeys(COUNTED, 0)) for _ in range(clients)]

    def one(client: int) -> None:
        own, mine = Database.from_url(url), list[str]()
        for turn in range(attempts):
            if monotonic() > last:
                break
            try:
                _turn(own, place, _referral(client, turn), attempt, mine, counts[client])
            except OperationalError:
                counts[client]["busy"] += 1
        own.engine.dispose()

    with ThreadPoolExecutor(clients) as pool:
        running = [pool.submit(one, client) for client in range(clients)]
        while wait(running, SECONDS_BETWEEN_LINES).not_done:
            tell(", ".join(f"{name} {number}" for name, number in sum(counts, Counter()).items()))
        for done in running:
            done.result()
    return sum(counts, Counter())


def _turn(database: Database, place: str, referral_id: str, attempt: Try, mine: list[str], seen: Counter[str]) -> None:
    """Give back what was got in the turn before, then try again."""
    if mine:
        with database.write() as session:
            capacity.release(_work(session), mine[0])
        mine.clear()
        seen["given_back"] += 1
    outcome, holding = attempt(database, place, referral_id)
    if not isinstance(outcome, Held):
        seen["full"] += 1
        return
    mine.append(referral_id)
    seen["held"] += 1
    seen["overbooked"] += holding > PLACES


def careful(database: Database, place: str, referral_id: str) -> tuple[HoldOutcome, int]:
    """Hold a place as a handoff does; return also how many hold one at that moment.

    Whoever got one has the place's row until the commit, so that nothing comes in between.
    """
    with database.write() as session:
        outcome = capacity.hold(_work(session), referral_id, place, utc_now() + timedelta(days=3))
        return outcome, _holding(session, place) if isinstance(outcome, Held) else 0


def careless(database: Database, place: str, referral_id: str) -> tuple[HoldOutcome, int]:
    """Read how many places are free, and write one less later: the defect that has to be found."""
    room = Room.service_at_location_id == place
    with database.read() as session:
        free = session.scalars(select(Room.free).where(room)).one() or 0
    if not free:
        return NoCapacity(), 0
    now = utc_now()
    row = {"id": new_id(), "referral_id": referral_id, "service_at_location_id": place, "state": HoldState.HELD}
    with database.write() as session:
        session.execute(update(Room).where(room).values(free=free - 1))
        session.execute(insert(Hold).values(**row, counted=True, held_at=now, expires_at=now + timedelta(days=3)))
        return Held(row["id"], counted=True), _holding(session, place)


def lost(database: Database, place: str) -> int:
    """Return by how many what is held and what is free differ from the places there are."""
    with database.read() as session:
        free = session.scalars(select(Room.free).where(Room.service_at_location_id == place)).one() or 0
        return abs(PLACES - free - _holding(session, place))


def _holding(session: Session, place: str) -> int:
    query = select(func.count()).where(
        Hold.service_at_location_id == place, Hold.counted, Hold.state.in_((HoldState.HELD, HoldState.USED))
    )
    return session.scalar(query) or 0


def _work(session: Session) -> Work:
    return Work(session, SYSTEM, utc_now(), Vault((bytes(32),)), new_id)


if __name__ == "__main__":
    measure()
