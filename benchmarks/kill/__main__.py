"""Kills the whole server, again and again, while clients send handoffs; then looks whether anything is lost or doubled.

Run: `python -m benchmarks.kill --cycles 100 [--database URL]`, where URL is a PostgreSQL server; without it, SQLite.
"""

import json
import random
import sys
from collections import Counter

import click
from sqlalchemy import select

from benchmarks.kill import counting
from benchmarks.kill.killing import kill_again_and_again, nursery, server_of
from benchmarks.kill.serving import DEFECTS
from resource_hub.accounts.models import User
from resource_hub.accounts.queries import as_actor
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.core.clock import utc_now
from resource_hub.core.ids import new_id
from resource_hub.evaluation.bench.demo import demo

WHO = ("coordinator@demo.example", "demo-coordinator")
_ASKED = select(User).where(User.email == WHO[0])


@click.command()
@click.option("--cycles", default=100, show_default=True, help="How often the server is killed.")
@click.option("--clients", default=8, show_default=True, help="How many send at the same time.")
@click.option("--database", default=None, help="A PostgreSQL server; it gets a database of its own for the run.")
@click.option("--linger", default=0.02, show_default=True, help="Seconds between the commit and the answer.")
@click.option("--defect", type=click.Choice(list(DEFECTS)), help="A defect to plant, which has to be found.")
@click.option("--seed", default=0, show_default=True, help="For the moments at which the server is killed.")
def measure(cycles: int, clients: int, database: str | None, linger: float, defect: str | None, seed: int) -> None:
    """Print what was sent and what is wrong, as JSON; exit status 1 when anything is."""
    with demo(database) as (settings, opened), nursery() as process:
        with opened.write() as session:
            work = Work(session, SYSTEM, utc_now(), settings.vault(), new_id)
            pairs = counting.prepare(work, as_actor(session.scalars(_ASKED).one()), clients, people=max(2, cycles))
        with opened.read() as session:
            before = counting.places_of(session)
        server, chance = server_of(process, settings, linger, defect), random.Random(seed)  # noqa: S311 - when to kill
        told = kill_again_and_again(server, WHO, pairs, cycles, chance, lambda cycle: click.echo(cycle, err=True))
        with opened.read() as session:
            faults = counting.faults_of(session, settings.vault(), told, before)
    report = {
        "cycles": cycles,
        "handoffs": sum(len(one.handoffs) for one in told),
        "messages": sum(len(one.messages) for one in told),
        "answers": dict(sum((one.answers for one in told), Counter())),
        "faults": len(faults),
        "first_faults": faults[:5],
    }
    click.echo(json.dumps(report, indent=2))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    measure()
