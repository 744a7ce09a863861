"""Real directories: every row accounted for, nothing changed the second time."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from resource_hub.accounts.work import Work
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Report, Request
from resource_hub.inventory import queries, service
from resource_hub.inventory.models import EligibilityRule, Location, Service, ServiceNeed
from resource_hub.inventory.values import NewMarket

pytestmark = [pytest.mark.shared, pytest.mark.slow]


def assert_accounted(report: Report) -> None:
    loaded = report.loaded
    sums = Counter[str]()
    for tally in (loaded.created, loaded.updated, loaded.unchanged, loaded.skipped):
        sums.update(tally)
    assert dict(sums) == dict(loaded.read)
    assert not any(problem.fatal for problem in loaded.problems)


def rows_in(file: Path) -> int:
    usual = csv.field_size_limit(1_000_000)
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            return sum(1 for _row in csv.DictReader(text))
    finally:
        csv.field_size_limit(usual)


def count(work: Work, table: type[Service | Location]) -> int:
    return work.session.scalar(select(func.count()).select_from(table)) or 0


def test_baltimore(work: Work, shared_data: Path) -> None:
    folder = shared_data / "baltimore_ohana_csv"
    market = service.add_market(work, NewMarket("baltimore", "Baltimore", "MD"))
    report = import_directory(work, Request(folder, "baltimore"))
    read = report.loaded.read
    assert (read["organization"], read["location"], read["service"]) == (748, 1482, 1876)
    assert read["phone"] == rows_in(folder / "phones.csv")
    assert read["address"] == rows_in(folder / "addresses.csv") + rows_in(folder / "mail_addresses.csv")
    assert report.loaded.created["organization"] == 748
    assert report.loaded.created["location"] == 1482
    # One service was made up to test, and belongs to nobody.
    assert (report.loaded.created["service"], report.loaded.skipped["service"]) == (1875, 1)
    assert_accounted(report)
    with_needs = work.session.scalar(select(func.count(func.distinct(ServiceNeed.service_id))))
    assert with_needs is not None
    assert with_needs > 1500
    assert _oldest_known_age(work) == {("age", "approved")}

    again = import_directory(work, Request(folder, "baltimore"))
    assert (again.loaded.created, again.loaded.updated) == ({}, {})
    assert_accounted(again)
    assert (market.revision, count(work, Service)) == (1, 1875)


def _oldest_known_age(work: Work) -> set[tuple[str, str]]:
    known = select(EligibilityRule.fact, EligibilityRule.status).join(Service, Service.id == EligibilityRule.service_id)
    seniors = known.where(Service.eligibility_description.in_(["Ages 60 and over.", "Persons ages 60 and up."]))
    return {(fact, status) for fact, status in work.session.execute(seniors)}


def test_san_mateo(work: Work, shared_data: Path) -> None:
    folder = shared_data / "san_mateo_ohana_csv"
    service.add_market(work, NewMarket("san-mateo", "San Mateo", "CA", counties=("San Mateo",)))
    report = import_directory(work, Request(folder, "san-mateo"))
    created = report.loaded.created
    assert (created["organization"], created["location"], created["service"]) == (1367, 343, 325)
    assert created["taxonomy_term"] == 327
    assert_accounted(report)
    again = import_directory(work, Request(folder, "san-mateo"))
    assert (again.loaded.created, again.loaded.updated) == ({}, {})


def test_the_official_hsds_examples(work: Work, shared_data: Path) -> None:
    service.add_market(work, NewMarket("example", "Example", "MD"))
    report = import_directory(work, Request(shared_data / "hsds/v3.2.3_official_examples/csv", "example"))
    assert report.loaded.created["service"] == 1
    codes = Counter(problem.code for problem in report.loaded.problems)
    assert (codes["unknown_organization"], codes["over_maximum"], codes["out_of_range"]) == (3, 1, 1)
    assert_accounted(report)
    assert queries.count_services(work.session) == {queries.get_market(work.session, "example").id: 1}
