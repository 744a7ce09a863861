"""Stewards look at two records side by side, merge them, keep them apart or put them off, and undo a merge."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from resource_hub.accounts.values import Actor, Role
from resource_hub.accounts.work import Work
from resource_hub.inventory.models import DuplicatePair, Market, RecordMerge
from resource_hub.inventory.service.duplicates import find_duplicates, remember
from resource_hub.inventory.values import RecordKind
from tests.factories import a_market, a_user
from tests.inventory.duplicates.two import Two, two
from tests.web.conftest import page, send

SignedIn = Callable[[Actor], FlaskClient]
QUEUE = "/steward/duplicates"


@pytest.fixture
def market(work: Work) -> Market:
    return a_market(work)


@pytest.fixture
def pair(work: Work, market: Market) -> Two:
    found = two(work, market)
    remember(work, market, find_duplicates(work, market))
    return found


@pytest.fixture
def steward(work: Work, market: Market, signed_in: SignedIn) -> FlaskClient:
    return signed_in(a_user(work, Role.STEWARD, market))


def row(work: Work, kind: RecordKind) -> DuplicatePair:
    query = select(DuplicatePair).where(DuplicatePair.kind == kind)
    return work.session.scalars(query.execution_options(populate_existing=True)).one()


def answer(steward: FlaskClient, pair: DuplicatePair, decision: str, **more: str) -> str:
    at = f"{QUEUE}/{pair.id}"
    shown = page(steward.get(at))
    seen = {name: shown.hidden(name) for name in ("seen.first", "seen.second")}
    sent = send(steward, at, decision=decision, **{**seen, **more})
    return page(steward.get(sent.location) if sent.location else sent).text


def test_the_page_counts_shows_both_records_and_says_in_words_what_differs(steward: FlaskClient, pair: Two) -> None:
    shown = page(steward.get(QUEUE))
    assert shown.heading == "Duplicates"
    assert "3 pairs wait for you" in shown.text
    assert "Harbor Table" in shown.text
    assert "The Harbor Table, Inc." in shown.text
    assert "differs" in shown.text
    assert "Open handoffs" in shown.text


def test_the_same_makes_one_of_them_as_the_steward_chose_and_undo_brings_both_back(
    work: Work, steward: FlaskClient, pair: Two
) -> None:
    found = row(work, RecordKind.ORGANIZATION)
    kept = "second" if found.second_id == pair.gone.organization.id else "first"
    shown = answer(steward, found, "same", kept=kept, **{"take.name": "first" if kept == "second" else "second"})
    assert "The two records are one now" in shown
    work.session.expire_all()
    assert pair.kept.organization.merged_into == pair.gone.organization.id
    assert pair.gone.organization.name == "Harbor Table"

    merge = work.session.scalars(select(RecordMerge)).one()
    undone = send(steward, QUEUE, f"{QUEUE}/merges/{merge.id}/undo")
    assert "there are two records again" in page(steward.get(undone.location)).text
    work.session.expire_all()
    assert not pair.kept.organization.merged_into
    again = send(steward, QUEUE, f"{QUEUE}/merges/{merge.id}/undo")
    assert "undone already" in page(steward.get(again.location)).text


def test_different_and_later_are_remembered(work: Work, steward: FlaskClient, pair: Two) -> None:
    assert "2 pairs wait" in answer(steward, row(work, RecordKind.ORGANIZATION), "different")
    assert "2 pairs wait" in answer(steward, row(work, RecordKind.LOCATION), "later")
    assert row(work, RecordKind.LOCATION).status == "later"


def test_a_second_steward_is_told_that_the_first_has_decided(work: Work, steward: FlaskClient, pair: Two) -> None:
    found = row(work, RecordKind.ORGANIZATION)
    answer(steward, found, "same")
    assert "Somebody else merged one of these records" in answer(steward, found, "same")
    assert "Somebody else decided" in answer(steward, found, "different")


def test_a_page_that_is_older_than_a_record_is_refused(work: Work, steward: FlaskClient, pair: Two) -> None:
    found = row(work, RecordKind.ORGANIZATION)
    for seen in ("2020-01-01T00:00:00+00:00", "2020-01-01", "no time"):
        assert "Look at the pair again" in answer(steward, found, "same", **{"seen.first": seen})
    assert not pair.gone.organization.merged_into


@pytest.mark.parametrize("fields", [{"decision": ""}, {"decision": "x"}, {"decision": "same", "kept": "third"}])
def test_odd_answers_are_refused_with_words(
    work: Work, steward: FlaskClient, pair: Two, fields: dict[str, str]
) -> None:
    found = row(work, RecordKind.ORGANIZATION)
    sent = send(steward, f"{QUEUE}/{found.id}", **fields)
    assert sent.status_code == 422
    assert "Something needs mending" in page(sent).text


def test_what_is_outside_is_not_there_and_others_may_not(
    work: Work, market: Market, pair: Two, signed_in: SignedIn
) -> None:
    found = row(work, RecordKind.ORGANIZATION)
    stranger = signed_in(a_user(work, Role.STEWARD, a_market(work, "elsewhere", noise=False)))
    assert stranger.get(f"{QUEUE}/{found.id}").status_code == 404
    assert "No pair waits" in page(stranger.get(QUEUE)).text
    assert send(stranger, QUEUE, f"{QUEUE}/{found.id}", decision="same").status_code in {400, 404}
    lead = signed_in(a_user(work, Role.PROGRAMME_LEAD, market))
    assert lead.get(QUEUE).status_code == 200
    coordinator = signed_in(a_user(work, Role.COORDINATOR, market))
    assert coordinator.get(QUEUE).status_code == 403


def test_old_addresses_of_a_merged_service_lead_to_the_one_that_stayed(
    work: Work, steward: FlaskClient, client: FlaskClient, pair: Two
) -> None:
    pair.gone.service_at_location.location_id = pair.kept.location.id
    work.session.flush()
    found = row(work, RecordKind.SERVICE)
    kept = "first" if found.first_id == pair.kept.service.id else "second"
    answer(steward, found, "same", kept=kept)
    for who, at, now in (
        (client, "/services", (pair.gone.service_at_location.id, pair.kept.service_at_location.id)),
        (steward, "/steward/listings", (pair.gone.service.id, pair.kept.service.id)),
    ):
        moved = who.get(f"{at}/{now[0]}")
        assert moved.status_code == 301
        assert moved.location.endswith(f"{at}/{now[1]}")
        assert who.get(f"{at}/{now[1]}").status_code == 200
