"""Notices are delivered at least once, say nothing about anybody, and wait longer after each failure."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from resource_hub.accounts import outbox
from resource_hub.accounts.models import Notice
from resource_hub.accounts.values import Role
from resource_hub.accounts.work import Work
from resource_hub.core.db import Database
from resource_hub.exchange.notices.delivery import (
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    Delivery,
    Ways,
    deliver_due,
    wait_after,
    waiting,
)
from resource_hub.exchange.notices.message import Letter, message, valid_addresses
from resource_hub.exchange.notices.senders import FileSender, NotSent
from resource_hub.inventory.models import Organization
from tests.conftest import NOW
from tests.factories import a_market, a_user, an_organization

LETTER = Letter("handoff.moved", "/desk/")


class Postman:
    """Keeps what it is given; refuses the first so many times."""

    def __init__(self, refusals: int = 0) -> None:
        self.mails: list[EmailMessage] = []
        self.refusals = refusals

    def send(self, mail: EmailMessage) -> None:
        if self.refusals:
            self.refusals -= 1
            raise NotSent("away")
        self.mails.append(mail)


@pytest.fixture
def organization(work: Work) -> Organization:
    return an_organization(work, a_market(work))


@pytest.fixture
def notice(work: Work, organization: Organization) -> Notice:
    outbox.notify_organization(work, organization.id, "handoff.requested", "handoff.requested:r-1")
    work.session.commit()
    return work.session.scalars(select(Notice)).one()


def clock_at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def test_a_notice_is_sent_once_and_marked(database: Database, work: Work, notice: Notice) -> None:
    postman = Postman()

    first = deliver_due(database, Ways(postman), clock_at(work.now))
    second = deliver_due(database, Ways(postman), clock_at(work.now + timedelta(days=9)))

    assert (first, second) == (Delivery(sent=1), Delivery())
    (mail,) = postman.mails
    assert (mail["To"], mail["Message-ID"]) == (
        "info@harbor.example",
        "<handoff.requested.r-1@resource-hub.invalid>",
    )
    work.session.refresh(notice)
    assert (notice.delivered_at, notice.next_attempt_at, notice.attempts) == (work.now, None, 1)


def test_it_says_in_two_languages_that_there_is_something_and_where(database: Database, notice: Notice) -> None:
    postman = Postman()
    deliver_due(database, Ways(postman), clock_at(notice.created_at))

    text = postman.mails[0].get_content()

    assert text.split("\n") == [
        "You have an update in Resource Hub.",
        "Sign in and open this page: /partner/",
        "",
        "Tiene una novedad en Resource Hub.",
        "Inicie sesión y abra esta página: /partner/",
        "",
    ]


def test_an_organization_with_users_is_told_through_them(
    database: Database, work: Work, notice: Notice, organization: Organization
) -> None:
    market = a_market(work, "more")
    a_user(work, Role.PARTNER, market, organization=organization, email="ana@harbor.example")
    a_user(work, Role.PARTNER, market, organization=an_organization(work, market), email="noise@other.example")
    work.session.commit()
    postman = Postman()

    deliver_due(database, Ways(postman), clock_at(work.now))

    assert postman.mails[0]["To"] == "ana@harbor.example"


def test_a_user_is_sent_to_the_desk(database: Database, work: Work) -> None:
    user = a_user(work, Role.COORDINATOR, a_market(work), email="rosa@example.org")
    assert user.user_id
    outbox.notify_user(work, user.user_id, "handoff.moved", "k")
    work.session.commit()
    postman = Postman()

    deliver_due(database, Ways(postman), clock_at(work.now))

    assert postman.mails[0]["To"] == "rosa@example.org"
    assert "/desk/" in postman.mails[0].get_content()


def test_a_failure_is_tried_again_later_and_says_why(database: Database, work: Work, notice: Notice) -> None:
    postman = Postman(refusals=1)

    assert deliver_due(database, Ways(postman), clock_at(work.now)) == Delivery(failed=1)
    work.session.refresh(notice)
    assert (notice.last_error, notice.delivered_at) == ("away", None)
    assert deliver_due(database, Ways(postman), clock_at(work.now + timedelta(seconds=59))) == Delivery()
    assert deliver_due(database, Ways(postman), clock_at(work.now + timedelta(seconds=60))) == Delivery(sent=1)


@pytest.mark.parametrize("email", [None, "", "call us", "a@b@c", "x@nodots", "a@b.org\nBcc: c@d.org"])
def test_without_an_address_a_notice_waits(
    database: Database, work: Work, notice: Notice, organization: Organization, email: str | None
) -> None:
    organization.email = email
    work.session.commit()
    postman = Postman()

    assert deliver_due(database, Ways(postman), clock_at(work.now)) == Delivery(failed=1)

    work.session.refresh(notice)
    assert (notice.last_error, postman.mails) == ("no_address", [])
    assert waiting(work.session) == 1


def test_after_many_attempts_it_is_given_up(database: Database, work: Work, notice: Notice) -> None:
    postman, now = Postman(refusals=99), work.now
    for _ in range(MOST_ATTEMPTS + 3):
        deliver_due(database, Ways(postman), clock_at(now))
        now += LONGEST_WAIT

    work.session.refresh(notice)
    assert (notice.attempts, notice.next_attempt_at, notice.last_error) == (MOST_ATTEMPTS, None, "away")


def test_a_worker_that_dies_while_sending_leaves_the_notice_to_the_next(
    database: Database, work: Work, notice: Notice
) -> None:
    class Dies:
        def send(self, mail: EmailMessage) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver_due(database, Ways(Dies()), clock_at(work.now))

    assert deliver_due(database, Ways(Postman()), clock_at(work.now + timedelta(minutes=1))) == Delivery(sent=1)


@given(st.integers(1, MOST_ATTEMPTS - 2))
def test_each_wait_is_at_least_as_long_as_the_one_before(attempts: int) -> None:
    wait, longer = wait_after(attempts), wait_after(attempts + 1)

    assert wait
    assert longer
    assert timedelta(minutes=1) <= wait <= longer <= LONGEST_WAIT


@given(st.text(min_size=1, max_size=120))
def test_any_key_makes_a_message_id(key: str) -> None:
    mail = message(key, ["a@example.org"], LETTER, NOW)

    assert message_from_bytes(mail.as_bytes(), policy=policy.default)["To"] == "a@example.org"


def test_addresses_are_taken_only_where_there_is_one() -> None:
    assert valid_addresses([" a@example.org ", "a@example.org, b@example.org", None]) == ["a@example.org"]


class TestFileSender:
    def test_it_writes_a_file_that_mail_programs_open_and_replaces_it(self, tmp_path: Path, now: datetime) -> None:
        sender = FileSender(tmp_path / "outbox")
        mail = message("handoff.moved:r-1:2", ["a@example.org"], LETTER, now)

        sender.send(mail)
        sender.send(mail)

        (file,) = (tmp_path / "outbox").iterdir()
        assert file.name == "handoff.moved.r-1.2.eml"
        read = message_from_bytes(file.read_bytes(), policy=policy.default)
        assert read["Subject"] == "Resource Hub: an update / una novedad"

    def test_a_folder_that_cannot_be_written_is_no_crash(self, tmp_path: Path, now: datetime) -> None:
        (tmp_path / "outbox").write_text("a file, not a folder")

        with pytest.raises(NotSent):
            FileSender(tmp_path / "outbox").send(message("k", ["a@example.org"], LETTER, now))
