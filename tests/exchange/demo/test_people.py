import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_hub.accounts.queries import as_actor, find_user
from resource_hub.accounts.work import Work
from resource_hub.core.db import Database
from resource_hub.core.encryption import Vault
from resource_hub.core.ids import new_id
from resource_hub.exchange.demo.answers import answers_for
from resource_hub.exchange.demo.recipes import read_people
from resource_hub.handoff.models import Outcome, Referral
from resource_hub.handoff.queries import lists
from resource_hub.handoff.values.words import NextAction, Status
from resource_hub.inventory.models import Market
from resource_hub.people import queries as people
from resource_hub.people.models import PersonRecord
from resource_hub.screening import instruments
from resource_hub.screening import queries as screening
from resource_hub.screening.rules import scoring
from resource_hub.screening.values import Result
from tests.conftest import NOW

_recorded_by_care_teams = PersonRecord.organization_id.is_(None)


def _as(session: Session, vault: Vault, email: str) -> Work:
    user = find_user(session, email)
    assert user
    return Work(session, as_actor(user), NOW, vault, new_id)


def test_the_worklist_has_overdue_work_first_and_work_in_time(shown: Session, vault: Vault) -> None:
    rows = lists.worklist(_as(shown, vault, "coordinator@demo.example"))
    assert len(rows) >= 8
    overdue = [row.overdue for row in rows]
    assert overdue == sorted(overdue, reverse=True)
    assert set(overdue) == {True, False}
    assert {NextAction.GET_ANSWER, NextAction.OFFER_NEXT_BEST, NextAction.FOLLOW_UP} <= {
        row.next_action for row in rows
    }


@pytest.mark.parametrize("email", ["partner@demo.example", "partner-nm@demo.example"])
def test_a_partner_has_something_to_answer_and_something_that_runs(shown: Session, vault: Vault, email: str) -> None:
    rows = lists.inbox(_as(shown, vault, email))
    assert Status.REQUESTED in {row.status for row in rows}
    assert {row.status for row in rows} - {Status.REQUESTED}
    assert all(row.person_name and row.needs for row in rows)


def test_handoffs_stand_in_many_states_and_one_was_closed(shown: Session) -> None:
    statuses = set(shown.scalars(select(Referral.status)))
    assert statuses >= {"requested", "accepted", "in-progress", "on-hold", "completed", "rejected", "failed"}
    assert shown.scalars(select(Outcome.need_met)).all() == ["yes"]


def test_everything_was_done_before_now_and_in_order(shown: Session) -> None:
    for referral in shown.scalars(select(Referral)):
        person = shown.get_one(PersonRecord, referral.person_id)
        assert person.created_at < referral.requested_at < NOW


def test_people_are_of_both_markets_and_sealed(demo: Database, vault: Vault) -> None:
    with demo.read() as session:
        work = _as(session, vault, "social-worker@demo.example")
        records = session.scalars(select(PersonRecord).where(_recorded_by_care_teams)).all()
        slugs = {session.get_one(Market, record.market_id).slug for record in records}
        names = {people.get_person(work, record.id).name for record in records}
        assert slugs == {"milwaukee", "northern-new-mexico"}
        assert names == {recipe.name for recipe in read_people()}
        assert all(name.encode() not in record.sealed_name for record in records for name in names)


def test_partners_have_sent_people_to_the_care_team(shown: Session, vault: Vault) -> None:
    received = lists.inbox(_as(shown, vault, "coordinator@demo.example"))
    sent = lists.sent(_as(shown, vault, "partner@demo.example"))

    assert received
    assert {row.referral_id for row in sent} & {row.referral_id for row in received}


def test_routes_are_fictional(shown: Session, vault: Vault) -> None:
    work = _as(shown, vault, "social-worker@demo.example")
    for person_id in shown.scalars(select(PersonRecord.id).where(_recorded_by_care_teams)):
        for route in people.get_person(work, person_id).routes:
            if route.kind in {"phone", "text"}:
                assert route.value[5:10] == "55501"
            assert "@" not in route.value or route.value.endswith(".example")


def test_a_screened_person_has_the_risks_and_wishes_of_their_story(shown: Session, vault: Vault) -> None:
    work = _as(shown, vault, "social-worker@demo.example")
    by_number = {
        people.get_person(work, person_id).record_number: person_id
        for person_id in shown.scalars(select(PersonRecord.id).where(_recorded_by_care_teams))
    }
    for recipe in read_people():
        person_id = by_number[recipe.record_number]
        screened = screening.latest_screening(work, person_id)
        if not recipe.wants:
            assert screened is None
            continue
        assert screened
        positive = {found.domain for found in screened.results if found.result is Result.POSITIVE}
        assert positive == set(recipe.risks)
        needs = {need.code: str(need.wants_help) for need in screening.needs_of(work, person_id)}
        assert needs == recipe.wants


def test_answers_show_exactly_the_risks_asked_for() -> None:
    instrument = instruments.load(instruments.SHORT_SCREENER)
    for domain in instrument.domains:
        results = scoring.score(instrument, answers_for(instrument, frozenset({domain}), frozenset()))
        assert {found.domain for found in results if found.result is Result.POSITIVE} == {domain}


def test_a_refusal_leaves_its_domain_open() -> None:
    instrument = instruments.load(instruments.SHORT_SCREENER)
    results = scoring.score(instrument, answers_for(instrument, frozenset(), frozenset({"stress"})))
    assert {found.domain: found.result for found in results}["stress"] is Result.INCOMPLETE
    assert Result.POSITIVE not in {found.result for found in results}
