"""Many at once: no listing for two stewards, no report twice, no organization asked twice."""

import pytest
from sqlalchemy import func, select

from resource_hub.accounts.models import Notice
from resource_hub.accounts.values import SYSTEM, Actor, Role
from resource_hub.core.db import Database
from resource_hub.inventory.models import ErrorReport, Market, Organization, Service
from resource_hub.inventory.service.calls import take_next
from resource_hub.inventory.service.links import ask_organizations
from resource_hub.inventory.service.reports import report_error
from resource_hub.inventory.values import AskTerms, ReportKind
from tests.concurrency.conftest import OpenWork
from tests.concurrency.crowd import all_at_once
from tests.factories import a_listing, a_market, a_user


@pytest.fixture
def listings(open_work: OpenWork) -> tuple[str, list[str]]:
    """A market, and the services of four listings in it."""
    with open_work(SYSTEM) as work:
        market = a_market(work)
        return market.id, [a_listing(work, market, name=f"Number {number}").service.id for number in range(4)]


def test_five_stewards_and_four_listings(open_work: OpenWork, listings: tuple[str, list[str]]) -> None:
    market_id, services = listings
    with open_work(SYSTEM) as work:
        stewards = [a_user(work, Role.STEWARD, work.session.get_one(Market, market_id)) for _number in range(5)]

    def take(steward: Actor) -> str | None:
        with open_work(steward) as work:
            return take_next(work, services)

    taken = all_at_once(take, stewards)

    assert sorted(one for one in taken if isinstance(one, str)) == sorted(services)
    assert taken.count(None) == 1


def test_the_same_report_from_many_is_one_that_counts_them(
    open_work: OpenWork, real_database: Database, listings: tuple[str, list[str]]
) -> None:
    market_id, (service_id, *_others) = listings

    def report(_who: int) -> None:
        with open_work(SYSTEM) as work:
            report_error(work, work.session.get_one(Service, service_id), ReportKind.HOURS)

    assert all_at_once(report, range(6)) == [None] * 6
    with real_database.read() as session:
        assert session.scalars(select(ErrorReport.times)).all() == [6]
        assert session.get_one(Market, market_id).revision == 1


def test_two_workers_ask_each_organization_once(
    open_work: OpenWork, real_database: Database, listings: tuple[str, list[str]]
) -> None:
    def ask(_worker: int) -> int:
        with open_work(SYSTEM) as work:
            return ask_organizations(work, AskTerms(180, 90, 30))

    asked = all_at_once(ask, range(3))

    with real_database.read() as session:
        organizations = session.scalar(
            select(func.count()).select_from(Organization).where(Organization.email.is_not(None))
        )
        notices = session.scalars(select(Notice.organization_id)).all()
    assert len(notices) == len(set(notices)) == organizations
    assert sum(one for one in asked if isinstance(one, int)) == organizations
