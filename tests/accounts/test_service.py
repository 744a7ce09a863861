"""Users are added once, sign in with their own password, and are slowed down when they guess."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from resource_hub.accounts import queries, service
from resource_hub.accounts.errors import BadUser, EmailTaken, SignInFailed
from resource_hub.accounts.models import AuditRow, IdempotencyRecord
from resource_hub.accounts.rules import FREE_TRIES
from resource_hub.accounts.values import NewUser, Role
from resource_hub.accounts.work import Work
from resource_hub.core.db import insert_new
from tests.factories import a_market, an_organization

ROSA = NewUser("Rosa@Example.org ", "Rosa", Role.COORDINATOR, "correct horse battery")


def later(work: Work, **time: float) -> Work:
    return replace(work, now=work.now + timedelta(**time))


def test_a_user_signs_in_with_the_address_in_any_case_and_sees_their_markets_only(work: Work) -> None:
    market = a_market(work)
    service.add_user(work, replace(ROSA, market_ids=frozenset({market.id})))
    service.add_user(work, replace(ROSA, email="noise@example.org"))

    user = service.sign_in(work, "rosa@example.ORG", ROSA.password)

    assert user is not None
    assert queries.as_actor(user).market_ids == {market.id}
    assert work.session.scalars(select(AuditRow.action).order_by(AuditRow.position)).all()[-1] == "user.signed_in"


@pytest.mark.parametrize(("email", "password"), [("rosa@example.org", "wrong"), ("nobody@example.org", ROSA.password)])
def test_a_wrong_password_and_an_unknown_address_look_the_same(work: Work, email: str, password: str) -> None:
    service.add_user(work, ROSA)

    assert service.sign_in(work, email, password) is None


def test_guessing_is_slowed_down_and_the_right_password_waits_too(work: Work) -> None:
    service.add_user(work, ROSA)
    for _ in range(FREE_TRIES):
        service.sign_in(work, ROSA.email, "wrong")

    with pytest.raises(SignInFailed):
        service.sign_in(later(work, seconds=1), ROSA.email, ROSA.password)

    assert service.sign_in(later(work, minutes=16), ROSA.email, ROSA.password) is not None


def test_an_inactive_user_does_not_sign_in(work: Work) -> None:
    service.add_user(work, ROSA).active = False

    assert service.sign_in(work, ROSA.email, ROSA.password) is None


def test_signing_out_everywhere_ends_older_sessions(work: Work) -> None:
    user = service.add_user(work, ROSA)
    epoch = user.session_epoch
    assert queries.find_actor(work.session, user.id, epoch)

    service.sign_out_everywhere(work, user.id)

    assert queries.find_actor(work.session, user.id, epoch) is None


def test_an_address_is_taken_once(work: Work) -> None:
    service.add_user(work, ROSA)

    with pytest.raises(EmailTaken):
        service.add_user(work, replace(ROSA, email="rosa@example.org"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "not an address"}, "email"),
        ({"email": "a" * 250 + "@example.org"}, "email"),
        ({"name": " "}, "name"),
        ({"password": "short"}, "password"),
        ({"role": Role.PARTNER}, "organization"),
    ],
)
def test_bad_values_are_named(work: Work, change: dict[str, Any], field: str) -> None:
    with pytest.raises(BadUser) as refusal:
        service.add_user(work, replace(ROSA, **change))

    assert [fault.field for fault in refusal.value.faults] == [field]


def test_a_partner_belongs_to_an_organization(work: Work) -> None:
    organization = an_organization(work, a_market(work))

    user = service.add_user(work, replace(ROSA, role=Role.PARTNER, organization_id=organization.id))

    assert queries.as_actor(user).organization_id == organization.id


def test_a_request_is_forgotten_a_week_after_its_answer(work: Work) -> None:
    for key, days in (("old", 8), ("young", 6)):
        row = {"key": key, "request_mac": "none", "created_at": work.now - timedelta(days=days)}
        assert insert_new(work.session, IdempotencyRecord, row)

    assert service.forget_requests(work, 10) == 1
    assert work.session.scalars(select(IdempotencyRecord.key)).all() == ["young"]
