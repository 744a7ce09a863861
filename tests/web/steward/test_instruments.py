"""Bringing an instrument on a page: its questions and terms first, stored only when they are accepted."""

import json
import re
from collections.abc import Callable
from html import unescape
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Market
from resource_hub.screening.models import InstrumentTerms
from tests.exchange.fhir.questionnaires import of
from tests.factories import a_market, a_user
from tests.web.conftest import page, send

DOCUMENT = of(
    {"linkId": "rain", "type": "boolean", "text": "Does it rain in?"}, copyright="Ask the weather office.", version="3"
)
AT = "/steward/instruments"


SignedIn = Callable[[Actor], FlaskClient]


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def steward(work: Work, market: Market, signed_in: SignedIn) -> FlaskClient:
    return signed_in(a_user(work, Role.STEWARD, market))


@pytest.fixture
def lead(work: Work, market: Market, signed_in: SignedIn) -> FlaskClient:
    return signed_in(a_user(work, Role.PROGRAMME_LEAD, market))


def check(client: FlaskClient, content: bytes) -> str:
    shown = client.get(AT).get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown)
    assert token is not None
    sent = {"csrf_token": token[1], "file": (BytesIO(content), "weather.json")}
    return client.post(f"{AT}/check", data=sent, content_type="multipart/form-data").get_data(as_text=True)


def stored(work: Work) -> int:
    return work.session.scalar(select(func.count()).select_from(InstrumentTerms)) or 0


def test_the_questions_and_the_terms_are_shown_before_anything_is_stored(steward: FlaskClient, work: Work) -> None:
    shown = check(steward, json.dumps(DOCUMENT).encode())

    assert "Ask the weather office." in shown
    assert "1. Does it rain in?" in shown
    assert stored(work) == 0
    carried = re.search(r'name="document"[^>]*value="([^"]*)"', shown)
    assert carried is not None

    refused = send(steward, AT, document=unescape(carried[1]))
    assert (refused.status_code, stored(work)) == (422, 0)
    done = send(steward, AT, document=unescape(carried[1]), accepted="y")
    assert (done.status_code, stored(work)) == (303, 1)
    listed = page(steward.get(AT))
    assert "Some" in listed.text
    link = re.search(rf'href="({AT}/[0-9a-f-]+)"', listed.html)
    assert link is not None
    assert "Does it rain in?" in page(steward.get(link[1])).text


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b'{"resourceType": "Bundle"}', b"[" * 100_000])
def test_what_is_no_questionnaire_is_said_on_the_page(steward: FlaskClient, work: Work, content: bytes) -> None:
    shown = check(steward, content)

    assert "Something needs mending" in shown
    assert stored(work) == 0


def test_terms_are_accepted_by_stewards_alone(lead: FlaskClient, work: Work) -> None:
    assert lead.get(AT).status_code == 200
    assert send(lead, "/steward/", AT, document="{}", accepted="y").status_code == 403
