"""People of every role press anything on the demo at once, while two workers work: is anything of ours at fault.

Run: `python -m benchmarks.crowd --seconds 300 [--database URL]`, where URL is a PostgreSQL server; without it, SQLite.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import cycle, islice
from threading import Event
from time import monotonic

import click
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from benchmarks.crowd.walking import Account, Seen, Walker
from resource_hub.accounts import audit
from resource_hub.app import create_app
from resource_hub.capacity.models import Room
from resource_hub.cli.shared import Shell
from resource_hub.cli.worker import one_round
from resource_hub.core.clock import utc_now
from resource_hub.core.db import Database
from resource_hub.evaluation.bench.demo import demo
from resource_hub.exchange.demo.users import demo_accounts
from resource_hub.settings import Settings

WORKERS, SECONDS_BETWEEN_ROUNDS = 2, 3


@click.command()
@click.option("--seconds", default=300, show_default=True, help="When everybody goes home.")
@click.option("--people", default=12, show_default=True, help="How many press things at the same time.")
@click.option("--care", default=0.8, show_default=True, help="The share of forms that are filled in with care.")
@click.option("--database", default=None, help="A PostgreSQL server; it gets a database of its own for the run.")
@click.option("--seed", default=0, show_default=True, help="For what they press.")
def measure(seconds: int, people: int, care: float, database: str | None, seed: int) -> None:
    """Print what they were answered, as JSON; exit status 1 where something of ours was at fault."""
    with demo(database) as (settings, opened):
        end = monotonic() + seconds
        seen = crowd(settings, opened, (people, care, seed), lambda: monotonic() > end)
        with opened.read() as session:
            faults = [*seen.faults, *faults_of(session, settings)]
    report = {
        "answers": {str(status): times for status, times in sorted(seen.answers.items())},
        "written": seen.written.total(),
        "forms": len(seen.written),
        "busy": dict(seen.busy),
        "faults": faults,
    }
    click.echo(json.dumps(report, indent=2))
    sys.exit(1 if faults else 0)


def crowd(settings: Settings, database: Database, size: tuple[int, float, int], over: Callable[[], bool]) -> Seen:
    """Let so many people, with so much care, press things until it is over; return what all of them saw."""
    people, care, seed = size
    app = create_app(settings, database=database)
    with database.read() as session:
        accounts: list[Account | None] = [None, *((one.email, one.password) for one in demo_accounts(session))]
    today, ended = utc_now().date().isoformat(), Event()
    walkers = [
        Walker(app, account, random.Random(f"{seed} {number}"), care, today)  # noqa: S311 - what somebody presses
        for number, account in enumerate(islice(cycle(accounts), people))
    ]
    with ThreadPoolExecutor(people + WORKERS) as pool:
        workers = [pool.submit(_work, settings, database, ended) for _number in range(WORKERS)]
        done = [pool.submit(_press, walker, over) for walker in walkers]
        for one in done:
            one.exception()
        ended.set()
    faults = Counter(f"a person: {type(error).__name__}" for one in done if (error := one.exception()))
    faults += Counter(f"a worker: {type(error).__name__}" for one in workers if (error := one.exception()))
    each = [walker.seen for walker in walkers]
    return Seen(
        sum((one.answers for one in each), Counter()),
        sum((one.written for one in each), Counter()),
        sum((one.busy for one in each), Counter()),
        sum((one.faults for one in each), faults),
    )


def faults_of(session: Session, settings: Settings) -> list[str]:
    """Return what is wrong in the database afterwards, one line each."""
    broken = audit.verify(session, settings.vault())
    overfull = session.scalar(select(func.count()).select_from(Room).where(Room.free < 0))
    return [
        *(f"audit chain {one.chain}: row {one.position} {one.reason}" for one in broken),
        *([f"{overfull} rooms with less than no place"] if overfull else []),
    ]


def _press(walker: Walker, over: Callable[[], bool]) -> None:
    while not over():
        walker.walk(over)


def _work(settings: Settings, database: Database, ended: Event) -> None:
    shell = Shell()
    shell.settings, shell.database = settings, database
    while not ended.wait(SECONDS_BETWEEN_ROUNDS):
        # Who waits too long for what others hold comes again in the next round.
        with suppress(OperationalError):
            one_round(shell)


if __name__ == "__main__":
    measure()
