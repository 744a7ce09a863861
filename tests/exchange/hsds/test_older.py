"""HSDS 1.1 and 2.0 as tables: what they say is kept under the names of today."""

import json
import zipfile
from pathlib import Path

from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.exchange.tabular.service import import_directory
from resource_hub.exchange.tabular.values import Format, Request
from resource_hub.inventory.models import (
    Accessibility,
    Address,
    Attribute,
    CostOption,
    EligibilityRule,
    Language,
    Market,
    Organization,
    Phone,
    Schedule,
    ScheduleException,
    Service,
    ServiceArea,
    ServiceNeed,
    TaxonomyTerm,
)
from tests.exchange.hsds.conftest import Import, assert_accounted, problems

TABLES: dict[str, object] = {
    "organizations.csv": "id,name,description,url\n1,Harbor Table,Food,harbor.example\n",
    "services.csv": "id,organization_id,name,status,fees\n1,1,Pantry,active,Free\n",
    "locations.csv": "id,organization_id,name,latitude,longitude\n1,1,House,39.29,-76.61\n",
    "services_at_location.csv": "id,service_id,location_id\n1,1,1\n",
    "physical_addresses.csv": "id,location_id,address_1,city,state_province,postal_code,country\n"
    "1,1,1 Light St,Baltimore,MD,21201,US\n",
    "postal_addresses.csv": "id,location_id,address_1,city,state_province,postal_code,country\n"
    "1,1,PO Box 1,Baltimore,MD,21201,US\n",
    "regular_schedules.csv": "id,service_id,weekday,opens_at,closes_at\n1,1,Monday,09:00,17:00\n2,1,2,9 am,5 pm\n",
    "holiday_schedules.csv": "id,location_id,closed,start_date,end_date\n"
    "1,1,true,2026-12-24,2026-12-25\n2,9,true,2026-12-24,\n",
    "eligibility.csv": "id,service_id,eligibility\n1,1,Ages 60 and older.\n2,404,Anyone\n3,,x\n",
    "services_taxonomy.csv": "id,service_id,taxonomy_id,taxonomy_detail\n1,1,t2,fruit\n",
    "taxonomy.csv": "id,name,parent_id,parent_name,vocabulary\nt2,Fruit,t1,Food Pantry,Open Eligibility\n"
    "t1,Food Pantry,,,Open Eligibility\n",
    "service_areas.csv": "id,service_id,service_area\n1,1,Harford County\n",
    "payments_accepted.csv": "id,service_id,payment\n1,1,Cash\n",
    "languages.csv": 'id,service_id,language\n1,1,"English, Spanish"\n2,1,Klingon\n',
    "accessibility_for_disabilities.csv": "id,location_id,accessibility,details\n1,1,ramp,at the back\n",
    "phones.csv": "id,service_id,number,type\n1,1,211,voice\n2,1,410-555-0100 ask for Ann,textphone\n3,1,988,beeper\n",
}


def test_every_table_of_1_1_finds_its_place(run: Import, work: Work, market: Market) -> None:
    report = run(TABLES)
    assert (report.format, report.refused) == (Format.HSDS, False)
    assert_accounted(report)
    service = work.session.scalars(select(Service).where(Service.market_id == market.id)).one()
    assert (service.fees, service.eligibility_description) == ("Free", "Ages 60 and older.")
    assert work.session.scalars(select(EligibilityRule)).one().value == 60
    organization = work.session.scalars(select(Organization).where(Organization.market_id == market.id)).one()
    assert organization.website == "http://harbor.example"
    addresses = work.session.scalars(select(Address).where(Address.market_id == market.id))
    assert {(row.address_type, row.address_1) for row in addresses} == {
        ("physical", "1 Light St"),
        ("postal", "PO Box 1"),
    }
    hours = {(row.byday, row.opens_at, row.freq) for row in work.session.scalars(select(Schedule))}
    assert hours == {("MO", "09:00", "WEEKLY"), ("TU", "09:00", "WEEKLY")}
    closed = work.session.scalars(select(ScheduleException))
    assert {(row.on_date.day, row.service_id) for row in closed} == {(24, service.id), (25, service.id)}
    fruit = work.session.scalars(select(TaxonomyTerm).where(TaxonomyTerm.name == "Fruit")).one()
    link = work.session.scalars(select(Attribute).where(Attribute.market_id == market.id)).one()
    assert (link.link_id, link.taxonomy_term_id, link.value) == (service.id, fruit.id, "fruit")
    assert (fruit.taxonomy, bool(fruit.parent_id)) == ("Open Eligibility", True)
    needs = work.session.scalars(select(ServiceNeed.need).where(ServiceNeed.market_id == market.id))
    assert needs.all() == ["food-insecurity"]
    assert work.session.scalars(select(ServiceArea)).one().extent == "Harford County"
    assert work.session.scalars(select(CostOption)).one().amount_description == "Cash"
    assert work.session.scalars(select(Accessibility)).one().description == "ramp"


def test_what_cannot_be_right_is_reported_row_by_row(run: Import, work: Work) -> None:
    report = run(TABLES)
    found = {
        (problem.origin.file, problem.origin.row, problem.field, problem.code) for problem in report.loaded.problems
    }
    assert found == {
        ("eligibility.csv", 3, "service_id", "unknown_service"),
        ("eligibility.csv", 4, "service_id", "missing"),
        ("holiday_schedules.csv", 3, "service_id", "no_owner"),
        ("languages.csv", 2, "name", "several_languages"),
        ("languages.csv", 3, "name", "unknown_language"),
        ("phones.csv", 3, "number", "words_in_number"),
        ("phones.csv", 4, "type", "unknown_phone_type"),
    }
    numbers = {(row.number, row.type, row.description) for row in work.session.scalars(select(Phone))}
    assert numbers == {("211", "voice", None), ("(410) 555-0100", "tty", "ask for Ann"), ("988", "voice", None)}
    spoken = {(row.name, row.code) for row in work.session.scalars(select(Language))}
    assert spoken == {("English", "en"), ("Spanish", "es"), ("Klingon", None)}


def test_the_second_time_nothing_changes(run: Import) -> None:
    first, again = run(TABLES), run(TABLES)
    assert (again.loaded.created, again.loaded.updated) == ({}, {})
    assert again.loaded.unchanged == first.loaded.created


def test_a_package_names_its_files_itself(work: Work, market: Market, tmp_path: Path) -> None:
    resources = [{"name": "organization", "path": "data/cbo.csv"}, {"name": "service", "path": "data/offers.csv"}]
    packed = tmp_path / "named.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("feed/datapackage.json", json.dumps({"name": "hsds", "resources": resources}))
        archive.writestr("feed/data/cbo.csv", "id,name\n1,Harbor Table\n")
        archive.writestr("feed/data/offers.csv", "id,organization_id,name\n1,1,Pantry\n")
        archive.writestr("feed/notes.json", "{}")
    report = import_directory(work, Request(packed, market.slug))
    assert report.loaded.created == {"organization": 1, "service": 1, "service_at_location": 1}
    assert problems(report) == [(1, "", "file_not_kept")]
