"""A worker is killed between sending and marking: the notice comes again as the same message, and no third time."""

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import URL, select

from resource_hub.accounts import outbox
from resource_hub.accounts.models import Notice
from resource_hub.accounts.values import SYSTEM
from resource_hub.core.db import Database
from resource_hub.exchange.notices.delivery import Delivery, Ways, deliver_due
from resource_hub.exchange.notices.senders import FileSender
from tests.concurrency.conftest import OpenWork
from tests.concurrency.crowd import all_at_once
from tests.conftest import NOW
from tests.handoff.stories import a_story

KEYS = ("test:1", "test:2")


class Recording(FileSender):
    """Writes files as in development, and remembers what it was given."""

    def __init__(self, folder: Path, then: Callable[[], None] = lambda: None) -> None:
        super().__init__(folder)
        self.sent: list[str] = []
        self._then = then

    def send(self, mail: EmailMessage) -> None:
        super().send(mail)
        self.sent.append(str(mail["Message-ID"]))
        self._then()


@pytest.fixture
def queued(open_work: OpenWork) -> None:
    """Two notices that are due now."""
    with open_work(SYSTEM) as work:
        organization = a_story(work).pantry.organization.id
        for key in KEYS:
            outbox.notify_organization(work, organization, "test", key)


def killed_after_sending(url: URL, folder: Path) -> int:
    """Let a process of its own deliver until it has sent one and is killed; return the signal it died of."""
    child = os.fork()
    if child == 0:
        database = Database.from_url(url.render_as_string(hide_password=False))
        ways = Ways(Recording(folder, lambda: os.kill(os.getpid(), signal.SIGKILL)))
        deliver_due(database, ways, lambda: NOW)
        os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def delivered(database: Database) -> dict[str, bool]:
    with database.read() as session:
        rows = session.execute(select(Notice.dedup_key, Notice.delivered_at).where(Notice.kind == "test"))
        return {key: at is not None for key, at in rows}


@pytest.mark.usefixtures("queued")
def test_what_was_sent_and_not_marked_is_sent_again_and_is_one_message(
    real_url: URL, real_database: Database, tmp_path: Path
) -> None:
    real_database.engine.dispose()
    folder = tmp_path / "outbox"
    assert killed_after_sending(real_url, folder) == signal.SIGKILL
    (sent,) = (file.name for file in folder.glob("*.eml"))
    assert delivered(real_database) == dict.fromkeys(KEYS, False)

    # Right afterwards the claim of the killed one still holds; the other notice is nobody's.
    next_one = Recording(folder)
    assert deliver_due(real_database, Ways(next_one), lambda: NOW) == Delivery(sent=1)
    later = [Recording(folder), Recording(folder)]
    all_at_once(lambda sender: deliver_due(real_database, Ways(sender), lambda: NOW + timedelta(minutes=1)), later)

    again = [key for sender in later for key in sender.sent]
    assert [key.strip("<>").partition("@")[0] + ".eml" for key in again] == [sent]
    assert delivered(real_database) == dict.fromkeys(KEYS, True)
    assert len(list(folder.glob("*.eml"))) == len(KEYS)
    assert deliver_due(real_database, Ways(Recording(folder)), lambda: NOW + timedelta(days=9)) == Delivery()
