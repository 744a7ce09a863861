"""`resource-hub worker`: delivers the outbox, expires holds, raises overdue work, prices places, asks organizations."""

import signal
from collections.abc import Callable
from threading import Event

import click
from sqlalchemy.exc import SQLAlchemyError

from resource_hub.accounts import service as accounts
from resource_hub.accounts.work import Work
from resource_hub.capacity import service as capacity
from resource_hub.cli.shared import Shell, pass_shell
from resource_hub.core.clock import utc_now
from resource_hub.exchange.notices.delivery import Delivery, deliver_due, waiting
from resource_hub.exchange.notices.senders import FileSender
from resource_hub.handoff import pricing
from resource_hub.handoff import service as handoff
from resource_hub.handoff.episodes import service as episodes
from resource_hub.inventory.service.links import ask_organizations
from resource_hub.matching.policy import current

SECONDS_BETWEEN_ROUNDS = 10
BATCH = 100


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@pass_shell
def command(shell: Shell, *, once: bool) -> None:
    """Deliver the outbox, expire holds, raise overdue work, price places, ask organizations; again and again."""
    if once:
        click.echo(one_round(shell), err=True)
        return
    end = Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda _number, _frame: end.set())
    said = ""
    while not end.is_set():
        said = _say(said, _round_or_fault(shell))
        end.wait(SECONDS_BETWEEN_ROUNDS)


def one_round(shell: Shell) -> str:
    """Do what is due now and return what was done, as one line."""
    expired = _in_batches(shell, capacity.expire_holds)
    raised = _in_batches(shell, handoff.raise_overdue) + _in_batches(shell, episodes.raise_overdue)
    forgotten = _in_batches(shell, accounts.forget_requests)
    # Where no mail is sent nobody is asked: the links would run out unread.
    asked = 0 if shell.settings.production else _in_batches(shell, _ask)
    done = f"holds expired: {expired}, overdue raised: {raised}, requests forgotten: {forgotten}"
    done = f"{done}, organizations asked: {asked}"
    return f"{done}, markets priced: {_price(shell)}, {_deliver(shell)}"


def _in_batches(shell: Shell, act: Callable[[Work, int], int]) -> int:
    """Repeat a piece of work, each batch in a transaction of its own so that no lock is kept for long."""
    total, done = 0, BATCH
    while done == BATCH:
        with shell.write() as work:
            done = act(work, BATCH)
        total += done
    return total


def _ask(work: Work, limit: int) -> int:
    return ask_organizations(work, current().ask.terms, limit)


def _price(shell: Shell) -> int:
    """Price the scarce places of each market that is due; only the writing keeps others waiting."""
    with shell.read() as work:
        learnt = [pricing.learn_prices(work, market) for market in pricing.markets_due(work)]
    priced = 0
    for one in learnt:
        with shell.write() as work:
            priced += pricing.store_prices(work, one)
    return priced


def _deliver(shell: Shell) -> str:
    if shell.settings.production:
        # Notices stay queued rather than being written where nobody reads them.
        with shell.read() as work:
            return f"notices waiting: {waiting(work.session)} (no sender is set up for production)"
    sender = FileSender(shell.settings.instance / "outbox")
    sent = failed = 0
    while (done := deliver_due(shell.database, sender, utc_now, BATCH, shell.settings.public_url)) != Delivery():
        sent, failed = sent + done.sent, failed + done.failed
    return f"notices sent: {sent}, to try again: {failed}"


def _round_or_fault(shell: Shell) -> str:
    try:
        return one_round(shell)
    except SQLAlchemyError as error:
        # A database that is away for a moment comes back; the error's own text could hold values.
        return f"the database does not answer ({type(error).__name__}); trying again"


def _say(before: str, line: str) -> str:
    if line != before:
        click.echo(line, err=True)
    return line
