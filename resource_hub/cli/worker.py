"""`resource-hub worker`: notices, holds, overdue work, prices, suggestions, questions to organizations, imports."""

import os
import signal
from collections.abc import Callable
from threading import Event

import click
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from resource_hub.accounts import service as accounts
from resource_hub.accounts.values import SYSTEM
from resource_hub.accounts.work import Work
from resource_hub.capacity import service as capacity
from resource_hub.cli.shared import Shell, pass_shell
from resource_hub.core.clock import utc_now
from resource_hub.core.ids import new_id
from resource_hub.exchange.importing.files import Store
from resource_hub.exchange.importing.running import clear_away, run_next
from resource_hub.exchange.notices.delivery import Delivery, Ways, deliver_due, waiting
from resource_hub.exchange.notices.senders import FileSender
from resource_hub.exchange.notices.smtp import SmtpSender
from resource_hub.exchange.notices.texts import FileTexts, WebhookTexts
from resource_hub.exchange.notices.undelivered import given_up
from resource_hub.handoff import pricing
from resource_hub.handoff import service as handoff
from resource_hub.handoff.episodes import service as episodes
from resource_hub.handoff.service import links, next_best
from resource_hub.inventory.service.links import ask_organizations
from resource_hub.matching.policy import current
from resource_hub.matching.suggesting import service as suggesting

SECONDS_BETWEEN_ROUNDS = 10
# A steward watches an import, so that it does not wait for the next round.
SECONDS_BETWEEN_IMPORTS = 1
BATCH = 100
# Each is written down in the market's audit chain, and whoever else writes there waits until the batch is done.
ASKED_TOGETHER = 10


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@pass_shell
def command(shell: Shell, *, once: bool) -> None:
    """Deliver notices, expire holds, raise overdue work, price places, suggest needs, ask organizations, import."""
    if once:
        click.echo(one_round(shell), err=True)
        return
    work_until(shell, Event())


def beside(parent: int) -> None:
    """Work as long as the process that started this one lives."""
    work_until(Shell(), Event(), lambda: os.getppid() == parent)


def work_until(shell: Shell, end: Event, wanted: Callable[[], bool] = lambda: True) -> None:
    """Do rounds until the event is set, as a signal does, or the work is not wanted any more."""
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda _number, _frame: end.set())
    said, rounds = "", 0
    while not end.is_set() and wanted():
        if rounds % (SECONDS_BETWEEN_ROUNDS // SECONDS_BETWEEN_IMPORTS) == 0:
            said = _say(said, _round_or_fault(shell))
        rounds += 1
        _imports_or_fault(shell)
        end.wait(SECONDS_BETWEEN_IMPORTS)


def one_round(shell: Shell) -> str:
    """Do what is due now and return what was done, as one line."""
    expired = _in_batches(shell, capacity.expire_holds)
    raised = _in_batches(shell, handoff.raise_overdue) + _in_batches(shell, episodes.raise_overdue)
    forgotten = _in_batches(shell, accounts.forget_requests)
    # Where no mail is sent nobody is asked: the links would run out unread.
    asked = _in_batches(shell, _ask, ASKED_TOGETHER) if ways_of(shell) else 0
    clear_away(shell.write, _uploads(shell))
    first = f"holds expired: {expired}, overdue raised: {raised}, next best proposed: {_propose(shell)}"
    then = f"requests forgotten: {forgotten}, organizations asked: {asked}, markets priced: {_price(shell)}"
    last = f"imports done: {_import(shell)}, looked through for needs: {_suggest(shell)}, {_deliver(shell)}"
    return f"{first}, {then}, {last}"


def _import(shell: Shell) -> int:
    """Do the imports that wait, one after the other; return how many."""
    done = 0
    while run_next(shell.read, shell.write, _uploads(shell)):
        done += 1
    return done


def _uploads(shell: Shell) -> Store:
    return Store(shell.settings.instance / "imports")


def _in_batches(shell: Shell, act: Callable[[Work, int], int], size: int = BATCH) -> int:
    """Repeat a piece of work, each batch in a transaction of its own so that no lock is kept for long."""
    total, done = 0, size
    while done == size:
        with shell.write() as work:
            done = act(work, size)
        total += done
    return total


def _ask(work: Work, limit: int) -> int:
    return ask_organizations(work, current().ask.terms, limit)


def _propose(shell: Shell) -> int:
    """Propose the next best service where nobody answers; only the writing keeps others waiting."""
    total, found = 0, BATCH
    while found == BATCH:
        with shell.read() as work:
            proposals = next_best.find_next_best(work, BATCH)
        found = len(proposals)
        for proposal in proposals:
            with shell.write() as work:
                total += next_best.propose(work, proposal)
    return total


def _price(shell: Shell) -> int:
    """Price the scarce places of each market that is due; only the writing keeps others waiting."""
    with shell.read() as work:
        learnt = [pricing.learn_prices(work, market) for market in pricing.markets_due(work)]
    priced = 0
    for one in learnt:
        with shell.write() as work:
            priced += pricing.store_prices(work, one)
    return priced


def _suggest(shell: Shell) -> int:
    """Look through the markets that are due for needs to suggest; only the writing keeps others waiting."""
    with shell.read() as work:
        found = [(market, suggesting.suggest_needs(work, market)) for market in suggesting.markets_due(work)]
    stored = 0
    for market, suggestions in found:
        with shell.write() as work:
            stored += suggesting.store(work, market, suggestions)
    return stored


def _deliver(shell: Shell) -> str:
    ways = ways_of(shell)
    with shell.read() as work:
        lost = given_up(work.session)
        left = f", given up: {lost}" if lost else ""
        if ways is None:
            # Notices stay queued rather than being written where nobody reads them.
            return f"notices waiting: {waiting(work.session)} (no sender is set up for production){left}"
    sent = failed = 0
    while (done := deliver_due(shell.database, ways, utc_now, BATCH)) != Delivery():
        sent, failed = sent + done.sent, failed + done.failed
    return f"notices sent: {sent}, to try again: {failed}{left}"


def ways_of(shell: Shell) -> Ways | None:
    """Return how notices go out by the settings; in development into files. None: in production nothing is set."""
    settings, folder = shell.settings, shell.settings.instance / "outbox"
    if settings.production and not settings.smtp_url:
        return None
    texts = WebhookTexts(settings.sms_url, settings.sms_token) if settings.sms_url else None
    return Ways(
        SmtpSender(settings.smtp_url, settings.mail_from) if settings.smtp_url else FileSender(folder),
        texts or (None if settings.production else FileTexts(folder)),
        settings.public_url,
        lambda session, handoff_id: _link(shell, session, handoff_id),
    )


def _link(shell: Shell, session: Session, handoff_id: str) -> str | None:
    work = Work(session, SYSTEM, utc_now(), shell.vault, new_id)
    return links.make_path(work, handoff_id)


def _round_or_fault(shell: Shell) -> str:
    try:
        return one_round(shell)
    except SQLAlchemyError as error:
        # A database that is away for a moment comes back; the error's own text could hold values.
        return f"the database does not answer ({type(error).__name__}); trying again"


def _imports_or_fault(shell: Shell) -> None:
    try:
        _import(shell)
    except SQLAlchemyError as error:
        click.echo(f"the database does not answer ({type(error).__name__}); trying again", err=True)


def _say(before: str, line: str) -> str:
    if line != before:
        click.echo(line, err=True)
    return line
