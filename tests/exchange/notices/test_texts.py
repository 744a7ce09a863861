"""An organization without an e-mail address gets a text message; each fits into one and names nobody."""

import json
from collections.abc import Mapping
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from resource_hub.accounts import outbox
from resource_hub.accounts.models import Notice
from resource_hub.accounts.work import Work
from resource_hub.core.db import Database
from resource_hub.exchange.notices.delivery import Delivery, Ways, deliver_due
from resource_hub.exchange.notices.message import LONGEST_TEXT, Letter, short_text
from resource_hub.exchange.notices.senders import NotSent
from resource_hub.exchange.notices.texts import FileTexts, TextMessage, WebhookTexts, number_of
from resource_hub.inventory.models import Organization, Phone
from tests.exchange.notices.test_delivery import Postman, clock_at
from tests.factories import a_market, an_organization, stamps

HELLO = TextMessage("handoff.requested:r-1", "+14105550142", "Update: https://hub.example.org/")


class Gateway:
    """Keeps the messages it is given."""

    def __init__(self) -> None:
        self.messages: list[TextMessage] = []

    def send(self, message: TextMessage) -> None:
        self.messages.append(message)


@pytest.fixture
def organization(work: Work) -> Organization:
    market = a_market(work)
    organization = an_organization(work, market)
    organization.email = None
    voice, fax = (Phone(**stamps(work, market), organization_id=organization.id, number="410-555-0100", type=kind)
                  for kind in ("voice", "fax"))  # fmt: skip
    work.session.add_all([voice, fax])
    outbox.notify_organization(work, organization.id, "handoff.requested", "handoff.requested:r-1", handoff_id="r-1")
    work.session.commit()
    return organization


def has_number(work: Work, organization: Organization, number: str, kind: str = "text") -> None:
    market_id = {"id": work.new_id(), "market_id": organization.market_id}
    work.session.add(
        Phone(**market_id, created_at=work.now, changed_at=work.now, organization_id=organization.id,
              number=number, type=kind)
    )  # fmt: skip
    work.session.commit()


def test_without_an_address_a_text_brings_the_link(database: Database, work: Work, organization: Organization) -> None:
    has_number(work, organization, "(410) 555-0142", "Text")
    gateway = Gateway()
    ways = Ways(Postman(), gateway, "https://hub.example.org", lambda _session, handoff: f"/answer/{handoff}-token")

    assert deliver_due(database, ways, clock_at(work.now)) == Delivery(sent=1)

    words = "Resource Hub: you have an update / tiene una novedad: https://hub.example.org/answer/r-1-token"
    assert gateway.messages == [TextMessage("handoff.requested:r-1", "+14105550142", words)]
    (notice,) = work.session.scalars(select(Notice).execution_options(populate_existing=True))
    assert notice.path is None


@pytest.mark.parametrize(("number", "kind"), [("410-555-0142", "voice"), ("410-555-0142", "fax"), ("12", "text")])
def test_a_number_that_takes_no_texts_is_called_by_people(
    database: Database, work: Work, organization: Organization, number: str, kind: str
) -> None:
    has_number(work, organization, number, kind)
    gateway = Gateway()

    assert deliver_due(database, Ways(Postman(), gateway), clock_at(work.now)) == Delivery(failed=1)

    assert gateway.messages == []
    (error,) = work.session.scalars(select(Notice.last_error))
    assert error == "no_address"


@given(st.text("abcDEF-._/012", max_size=200))
def test_a_text_is_never_longer_than_one_message(path: str) -> None:
    text = short_text(Letter("handoff.moved", f"https://hub.example.org{path}"))

    assert text is None or (len(text) <= LONGEST_TEXT and text.endswith(path))
    assert (text is None) == (len(path) > LONGEST_TEXT - len("https://hub.example.org"))


def test_a_letter_outside_of_the_alphabet_is_no_text() -> None:
    assert short_text(Letter("handoff.moved", "https://hub.example.org/ñandú")) is None


def test_the_gateway_is_told_whom_what_and_which(tmp_path: Path) -> None:
    calls: list[tuple[str, object, Mapping[str, str]]] = []

    def post(url: str, body: bytes, headers: Mapping[str, str], _seconds: float) -> None:
        calls.append((url, json.loads(body), headers))

    WebhookTexts("https://sms.example.org/send", "t0ken", post).send(HELLO)

    ((url, body, headers),) = calls
    assert url == "https://sms.example.org/send"
    assert body == {"id": HELLO.key, "to": HELLO.to, "text": HELLO.text}
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer t0ken", HELLO.key)


@pytest.mark.parametrize(
    ("failure", "code"),
    [(HTTPError("https://x.example", 429, "slow down", Message(), None), "sms_429"), (TimeoutError(), "sms_away")],
)
def test_a_gateway_that_fails_is_tried_again_later(failure: Exception, code: str) -> None:
    def post(*_args: object) -> None:
        raise failure

    with pytest.raises(NotSent) as caught:
        WebhookTexts("https://sms.example.org/send", post=post).send(HELLO)

    assert caught.value.code == code


def test_in_development_it_is_a_file(tmp_path: Path) -> None:
    sender = FileTexts(tmp_path / "outbox")
    sender.send(HELLO)
    sender.send(HELLO)

    (file,) = (tmp_path / "outbox").iterdir()
    assert (file.name, file.read_text()) == ("handoff.requested.r-1.sms", f"To: {HELLO.to}\n\n{HELLO.text}\n")


def test_numbers_are_read_as_people_write_them() -> None:
    assert [number_of(text) for text in ("(410) 555-0142", "+14105550142", "call us", "911", "")] == [
        "+14105550142", "+14105550142", None, None, None,
    ]  # fmt: skip
