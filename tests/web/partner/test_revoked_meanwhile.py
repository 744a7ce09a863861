"""A page that is still open when the person takes their permission back: whatever is pressed on it is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Table, select

from resource_hub.accounts.models import AuditRow, IdempotencyRecord
from resource_hub.accounts.work import Work
from resource_hub.core.db import Base
from resource_hub.handoff import service
from resource_hub.handoff.models import Referral
from resource_hub.handoff.service.links import make_path
from resource_hub.handoff.values.words import Status
from resource_hub.people import consent
from tests.conftest import as_actor
from tests.handoff.stories import NAME, Story, a_handoff
from tests.web.conftest import Page, page

SECRETS = (NAME, "Maria", "Quintero", "555-0142", "4105550142", "walker", "Friday at the side door")
# What is written when somebody asks in vain: that they did, and what they were answered.
SET_APART = {AuditRow.__tablename__, IdempotencyRecord.__tablename__}
OUTCOME = {"contacted": "yes", "received": "yes", "need_met": "yes", "experience": "good"}
ATTEMPT = {"route": "phone", "result": "no_answer"}

ON_THE_ACCOUNTS_PAGE: Mapping[str, tuple[str, dict[str, str]]] = {
    "begin": ("move", {"target": "in-progress"}),
    "put on hold": ("move", {"target": "on-hold", "reason": "at_capacity"}),
    "complete": ("move", {"target": "completed"}),
    "fail": ("move", {"target": "failed", "reason": "could_not_contact"}),
    "appointment": ("appointment", {"at": "2026-11-27T10:00"}),
    "attempt": ("attempts", ATTEMPT),
    "message": ("messages", {"text": "When does Maria come?"}),
    "outcome": ("outcome", OUTCOME),
}
ON_THE_LINKS_PAGE: Mapping[str, tuple[str, dict[str, str]]] = {
    "attempt": ("attempt", ATTEMPT),
    "begin": ("resume", {}),
    "pause": ("pause", {"days": "7"}),
    "helped": ("end", {"ending": "helped"}),
    "not reached": ("end", {"ending": "not_reached"}),
    "question": ("question", {"text": "When does Maria come?"}),
    "room": ("room", {"status": "capacity", "available": "3"}),
}


@dataclass(frozen=True)
class Revoked:
    """An accepted handoff whose page an organization has open, by account or by link; then the consent was revoked."""

    client: FlaskClient
    at: str
    shown: Page

    def press(self, to: str, fields: Mapping[str, str]) -> Page:
        """Press a button of the page that is still open, and go where it leads."""
        names = [name for name in ("csrf_token", "idempotency_key", "position") if f'name="{name}"' in self.shown.html]
        hidden = {name: self.shown.hidden(name) for name in names}
        return page(self.client.post(f"{self.at}/{to}", data={**hidden, **fields}))


@pytest.fixture
def revoked(work: Work, story: Story, partner: FlaskClient, client: FlaskClient) -> Callable[[str], Revoked]:
    """Open the page of an accepted handoff with an appointment and a message, then take the consent back."""

    def revoke(way: str) -> Revoked:
        referral_id = a_handoff(work, story)
        desk, staff = as_actor(work, story.coordinator), as_actor(work, story.partner)
        side, at = _way_in(desk, referral_id, partner if way == "account" else None, client)
        service.move(staff, referral_id, Status.ACCEPTED)
        service.set_appointment(staff, referral_id, work.now + timedelta(days=7))
        service.write_message(desk, referral_id, "Friday at the side door")
        shown = page(side.get(at))
        assert NAME in shown.text
        consent.revoke(desk, work.session.get_one(Referral, referral_id).consent_id)
        return Revoked(side, at, shown)

    return revoke


@pytest.fixture
def requested(work: Work, story: Story, partner: FlaskClient, client: FlaskClient) -> Callable[[str], Revoked]:
    """Open the page of a request that waits for an answer, then take the consent back."""

    def revoke(way: str) -> Revoked:
        referral_id = a_handoff(work, story)
        desk = as_actor(work, story.coordinator)
        side, at = _way_in(desk, referral_id, partner if way == "account" else None, client)
        shown = page(side.get(at))
        assert shown.status == 200
        consent.revoke(desk, work.session.get_one(Referral, referral_id).consent_id)
        return Revoked(side, at, shown)

    return revoke


def _way_in(desk: Work, referral_id: str, partner: FlaskClient | None, anybody: FlaskClient) -> tuple[FlaskClient, str]:
    link = make_path(desk, referral_id)
    assert link
    return (partner, f"/partner/handoffs/{referral_id}") if partner else (anybody, link)


def written(work: Work) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of the database."""
    work.session.expire_all()
    tables: list[Table] = [table for table in Base.metadata.sorted_tables if table.name not in SET_APART]
    return {table.name: sorted(map(tuple, work.session.execute(select(table))), key=repr) for table in tables}


def assert_nobody_is_shown(shown: Page) -> None:
    assert [secret for secret in SECRETS if secret in shown.html] == []


@pytest.mark.parametrize("act", ON_THE_ACCOUNTS_PAGE)
def test_with_an_account_nothing_is_changed_and_that_is_said(
    work: Work, revoked: Callable[[str], Revoked], act: str
) -> None:
    opened = revoked("account")
    before = written(work)

    answer = opened.press(*ON_THE_ACCOUNTS_PAGE[act])

    assert answer.status == 404
    assert "The person’s consent has ended. Nothing was changed. Call whoever sent this request." in answer.text
    assert_nobody_is_shown(answer)
    assert written(work) == before


@pytest.mark.parametrize("act", ON_THE_LINKS_PAGE)
def test_by_link_nothing_is_changed_and_that_is_said(work: Work, revoked: Callable[[str], Revoked], act: str) -> None:
    opened = revoked("link")
    before = written(work)

    answer = opened.press(*ON_THE_LINKS_PAGE[act])

    assert answer.status == 409
    assert "This link was taken back. Nothing was changed. Call whoever sent it." in answer.text
    assert_nobody_is_shown(answer)
    assert written(work) == before


@pytest.mark.parametrize("act", ["accept", "decline"])
@pytest.mark.parametrize("way", ["account", "link"])
def test_an_answer_that_comes_too_late_is_refused(
    work: Work, requested: Callable[[str], Revoked], way: str, act: str
) -> None:
    opened = requested(way)
    before = written(work)
    to, name = ("move", "target") if way == "account" else ("answer", "answer")
    why = {} if act == "accept" else {"reason": "out_of_area"}

    answer = opened.press(to, {name: "accepted" if act == "accept" else "rejected", **why})

    assert "Nothing was changed. Call whoever sent" in answer.text
    assert answer.status == (404 if way == "account" else 409)
    assert_nobody_is_shown(answer)
    assert written(work) == before


@pytest.mark.parametrize(
    ("path", "status"), [("", 200), ("/packet", 200), ("/appointment.ics", 404), ("?done=moved", 200)]
)
def test_what_is_opened_again_shows_nobody(revoked: Callable[[str], Revoked], path: str, status: int) -> None:
    opened = revoked("account")

    shown = page(opened.client.get(opened.at + path))

    assert shown.status == status
    assert_nobody_is_shown(shown)
    assert "Nov 27" not in shown.text


def test_lists_figures_and_the_file_show_nobody(revoked: Callable[[str], Revoked]) -> None:
    opened = revoked("account")

    shown = [page(opened.client.get(path)) for path in ("/partner/", "/partner/figures", "/partner/sent")]
    token = opened.shown.hidden("csrf_token")
    file = page(opened.client.post("/partner/requests.csv", data={"csrf_token": token}))

    assert [one.status for one in (*shown, file)] == [200] * 4
    for one in (*shown, file):
        assert_nobody_is_shown(one)
    (line,) = file.html.splitlines()[1:]
    assert line.endswith(",no")


@pytest.mark.parametrize("way", ["open", "key"])
def test_the_link_is_over_whoever_opens_it(revoked: Callable[[str], Revoked], way: str) -> None:
    opened = revoked("link")

    shown = page(opened.client.get(opened.at if way == "open" else f"{opened.at}?done=answer"))

    assert (shown.status, "This link was taken back" in shown.text) == (409, True)
    assert_nobody_is_shown(shown)
