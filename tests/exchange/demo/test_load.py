from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_hub.accounts import audit
from resource_hub.accounts.models import User
from resource_hub.accounts.values import SYSTEM, Role
from resource_hub.accounts.work import Work
from resource_hub.core.db import Base, Database
from resource_hub.core.encryption import Vault
from resource_hub.core.errors import Refused
from resource_hub.core.ids import new_id
from resource_hub.exchange.demo.load import has_markets, load_demo
from resource_hub.exchange.demo.users import demo_accounts
from resource_hub.inventory.models import Market, Organization, Service, ServiceAtLocation
from tests.conftest import NOW
from tests.factories import a_market

# Sealed fields, hashes, the chain of the audit log and the codes of handoffs are different in every database on
# purpose.
_UNEQUAL = ("sealed_", "password_hash", "mac", "previous", "head", "code_index")


def _rows(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    return {
        name: sorted(
            map(tuple, session.execute(select(*(column for column in table.c if _is_equal(column.name))))), key=repr
        )
        for name, table in Base.metadata.tables.items()
    }


def _is_equal(column: str) -> bool:
    return not column.startswith(_UNEQUAL)


def test_another_database_gets_the_same_rows(shown: Session, work: Work) -> None:
    assert load_demo(work) == ["Milwaukee County", "Northern New Mexico"]
    first, second = _rows(shown), _rows(work.session)
    for table in first:
        assert first[table] == second[table], table
    assert len(first["service"]) >= 600
    assert len(first["referral"]) >= 10


def test_a_second_time_changes_nothing(demo: Database, vault: Vault) -> None:
    with demo.read() as session:
        before = _rows(session)
    with demo.write() as session:
        assert load_demo(Work(session, SYSTEM, NOW, vault, new_id)) == []
    with demo.read() as session:
        assert _rows(session) == before


def test_the_audit_log_is_whole(shown: Session, vault: Vault) -> None:
    assert audit.verify(shown, vault) == []


def test_a_market_of_the_same_name_is_left_alone(work: Work) -> None:
    mine = a_market(work, "northern-new-mexico")
    with pytest.raises(Refused) as refused:
        load_demo(work)
    assert refused.value.code == "demo_market_taken"
    slugs = set(work.session.scalars(select(Market.slug)))
    assert "milwaukee" not in slugs
    assert mine.slug in slugs


def test_it_is_known_whether_there_is_a_market(work: Work) -> None:
    assert not has_markets(work)
    a_market(work)
    assert has_markets(work)


def test_there_is_an_account_for_each_role(shown: Session) -> None:
    accounts = demo_accounts(shown)
    assert {account.role for account in accounts} == set(Role)
    assert all(account.email.endswith("@demo.example") for account in accounts)
    partners = {account.email: account.markets for account in accounts if account.role is Role.PARTNER}
    assert partners == {"partner@demo.example": ("milwaukee",), "partner-nm@demo.example": ("northern-new-mexico",)}


def test_the_partner_s_organization_gives_food_and_has_room(shown: Session) -> None:
    for email, slug in (("partner@demo.example", "milwaukee"), ("partner-nm@demo.example", "northern-new-mexico")):
        user = shown.scalars(select(User).where(User.email == email)).one()
        organization = shown.get_one(Organization, user.organization_id)
        assert shown.get_one(Market, organization.market_id).slug == slug
        query = select(func.count()).select_from(ServiceAtLocation).join(
            Service, Service.id == ServiceAtLocation.service_id
        ).where(Service.organization_id == organization.id, Service.status == "active")  # fmt: skip
        assert (shown.scalar(query) or 0) >= 3


def test_an_account_with_a_new_password_is_no_demo_account_any_more(demo: Database, vault: Vault) -> None:
    with demo.read() as session:
        admin = session.scalars(select(User).where(User.email == "admin@demo.example")).one()
        steward = session.scalars(select(User).where(User.email == "steward@demo.example")).one()
        admin.password_hash, steward.active = steward.password_hash, False
        session.flush()
        emails = {account.email for account in demo_accounts(session)}
        assert {"admin@demo.example", "steward@demo.example"} & emails == set()
        assert "coordinator@demo.example" in emails
