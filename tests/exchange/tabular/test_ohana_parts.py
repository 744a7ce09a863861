"""What stands in the rows of Ohana's tables, one fault at a time."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from resource_hub.accounts.work import Work
from resource_hub.exchange.tabular.errors import BadFile
from resource_hub.inventory.models import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    CostOption,
    Funding,
    Language,
    Location,
    Market,
    Phone,
    RequiredDocument,
    Schedule,
    ScheduleException,
    Service,
    ServiceArea,
    ServiceNeed,
    TaxonomyTerm,
)
from tests.exchange.tabular.ohana import (
    Import,
    assert_accounted,
    ours,
    problems,
)


def test_the_words_of_a_service_are_kept_in_their_fields(run: Import, work: Work) -> None:
    run(
        services="id,location_id,name,fees,application_process,wait_time,languages,interpretation_services,accepted_payments,"
        "keywords,required_documents,service_areas,funding_sources,website,email,eligibility,description\n"
        '7,5,Pantry,"None.   ",Call,No wait,"Spanish, Klingon",On request,"Cash, Check","food, bags",Photo ID,'
        "Harford County,City,harbor.example,info@harbor.example,Ages 18 and older.,<p>Food</p><p>Bags</p>\n"
    )
    (service,) = ours(work, Service)
    assert (service.fees_description, service.application_process, service.wait_time) == ("None.", "Call", "No wait")
    assert (service.url, service.email) == ("http://harbor.example", "info@harbor.example")
    assert (service.description, service.interpretation_services) == ("Food\n\nBags", "On request")
    assert {(row.name, row.code) for row in ours(work, Language)} == {("Spanish", "es"), ("Klingon", None)}
    assert [(row.option, row.amount_description) for row in ours(work, CostOption)] == [
        ("Accepted payments", "Cash, Check")
    ]
    assert {(row.link_type, row.value, row.link_id) for row in ours(work, Attribute)} == {
        ("keyword", "food", service.id),
        ("keyword", "bags", service.id),
    }
    assert [row.document for row in ours(work, RequiredDocument)] == ["Photo ID"]
    assert [(row.extent_type, row.extent) for row in ours(work, ServiceArea)] == [("county", "Harford County")]
    assert [row.funding_source for row in ours(work, Funding)] == ["City"]


def test_a_place_keeps_what_stands_in_its_row(run: Import, work: Work) -> None:
    report = run(
        locations="id,organization_id,name,accessibility,hours,email,languages,virtual,transportation\n"
        '5,1,Harbor house,"---\n- disabled_parking\n- ramp\n","Monday, 9-5",info@harbor.example,'
        "Interpreters available,,Bus 3\n"
    )
    (location,) = ours(work, Location)
    assert (location.location_type, location.transportation) == ("physical", "Bus 3")
    assert {row.description for row in ours(work, Accessibility)} == {"disabled parking", "ramp"}
    assert [(row.description, row.freq, row.byday, row.opens_at) for row in ours(work, Schedule)] == [
        ("Monday, 9-5", "WEEKLY", "MO", "09:00")
    ]
    assert [row.email for row in ours(work, Contact)] == ["info@harbor.example"]
    assert [(row.name, row.note) for row in ours(work, Language)] == [(None, "Interpreters available")]
    assert_accounted(report)


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        ("-76.61", "39.29", "swapped"),
        ("0", "0", "zero_coordinates"),
        ("4762000", "-8528000", "metres"),
        ("37.77", "-122.42", "outside_state"),
        ("39.29", "", "not_a_number"),
    ],
)
def test_a_point_that_cannot_be_is_left_empty(
    run: Import, work: Work, latitude: str, longitude: str, code: str
) -> None:
    report = run(locations=f"id,organization_id,name,latitude,longitude\n5,1,Harbor house,{latitude},{longitude}\n")
    (location,) = ours(work, Location)
    assert (location.latitude, location.longitude) == (None, None)
    assert problems(report) == [("locations.csv", 2, "latitude", code)]
    assert not report.refused


def test_addresses_of_both_kinds_are_kept_apart(run: Import, work: Work) -> None:
    report = run(
        addresses="id,location_id,address_1,city,state_province,postal_code\n1,5,1 Light St,Baltimore,md,21201\n",
        mail_addresses="id,location_id,street,city,state,zip\n1,5,PO Box 1,Baltimore,XX,2120\n"
        "2,99,Lost,Lost,MD,21201\n",
    )
    rows = {row.address_type: row for row in ours(work, Address)}
    assert (rows["physical"].address_1, rows["physical"].state_province) == ("1 Light St", "MD")
    assert (rows["postal"].address_1, rows["postal"].state_province, rows["postal"].postal_code) == ("PO Box 1", "", "")
    assert Counter(code for _file, _row, _field, code in problems(report)) == {
        "unknown_state": 1,
        "not_a_postal_code": 1,
        "incomplete_address": 2,
        "unknown_location": 1,
    }
    assert report.loaded.skipped == {"address": 1}
    assert_accounted(report)


def test_telephone_numbers_are_read_or_kept_as_they_are(run: Import, work: Work) -> None:
    report = run(
        phones="id,location_id,service_id,number,extension,department,number_type\n"
        "1,5,,4105550100,12,Front desk,voice\n"
        "2,5,7,410-555-0101,4322 (English),,fax\n"
        "3,5,,ask at the desk,,TTY,voice\n"
        "4,5,,,,,\n"
        "5,77,,4105550102,,,\n"
    )
    rows = {row.source_id: row for row in ours(work, Phone)}
    assert [(row.number, row.extension, row.type, row.description) for row in rows.values()] == [
        ("(410) 555-0100", "12", "voice", "Front desk"),
        ("(410) 555-0101", "4322", "fax", "English"),
        ("ask at the desk", None, "tty", "TTY"),
    ]
    assert [(row, code) for _file, row, _field, code in problems(report)] == [
        (4, "not_a_phone_number"),
        (5, "missing"),
        (6, "unknown_location"),
        (6, "no_owner"),
    ]
    assert report.loaded.skipped == {"phone": 2}
    assert_accounted(report)


def test_hours_and_holidays_are_read(run: Import, work: Work) -> None:
    report = run(
        regular_schedules="id,service_id,location_id,weekday,opens_at,closes_at\n1,7,,Monday,9:00,17:00\n"
        "2,,5,7,10 am,2 pm\n"
        "3,7,,Someday,9:00,17:00\n",
        holiday_schedules="id,service_id,location_id,closed,start_date,end_date,opens_at,closes_at\n"
        "1,,5,true,2026-12-24,2026-12-25,,\n2,7,,false,2026-12-31,,09:00,12:00\n3,7,,true,2026-12-31,2020-01-01,,\n",
    )
    assert [(row.freq, row.byday, row.opens_at, row.closes_at) for row in ours(work, Schedule)] == [
        ("WEEKLY", "MO", "09:00", "17:00"),
        ("WEEKLY", "SU", "10:00", "14:00"),
    ]
    (service,) = ours(work, Service)
    dated = [(row.on_date.isoformat(), row.closed, row.opens_at) for row in ours(work, ScheduleException)]
    assert dated == [("2026-12-24", True, None), ("2026-12-25", True, None), ("2026-12-31", False, "09:00")]
    assert {row.service_id for row in ours(work, ScheduleException)} == {service.id}
    assert [code for _file, _row, _field, code in problems(report)] == ["not_a_weekday", "not_a_period"]
    assert_accounted(report)


CATEGORIES = (
    "id,name,taxonomy_id,parent_id,type\n1,Food,102,,service\n2,Local words,102-01,102,service\n"
    "3,Community Gardens,102-02,102,service\n"
    "4,Veterans,113-03,,situation\n"
)


def needs(work: Work, market: Market) -> dict[str, float]:
    rows = work.session.scalars(select(ServiceNeed).where(ServiceNeed.market_id == market.id))
    return {row.need: row.weight for row in rows}


def test_categories_become_needs(run: Import, work: Work, market: Market, tmp_path: Path) -> None:
    (tmp_path / "service_categories.json").write_text('{"7": ["2", "2", "4"]}')
    report = run(categories=CATEGORIES)
    # The listed term decides for itself; one that the crosswalk does not know has its parent's needs.
    assert needs(work, market) == {"food-insecurity": 1.0, "veteran-status": 0.8}
    assert {(row.name, row.code, row.taxonomy) for row in ours(work, TaxonomyTerm)} >= {
        ("Food", "102", "Open Eligibility")
    }
    assert report.loaded.created["attribute"] == 2
    assert_accounted(report)


def test_categories_may_be_linked_by_column_or_table(run: Import, work: Work, market: Market) -> None:
    report = run(
        categories="id,name,oe_id,ancestry\n1,Food,102,\n3,Community Gardens,102-02,1\n4,Clothing,104-02,\n",
        services='id,location_id,name,taxonomy_ids\n7,5,Pantry,"102-02, 999"\n',
        categories_services="category_id,service_id\n4,7\n3,7\n3,404\n",
    )
    assert needs(work, market) == {"food-insecurity": 0.7, "social-connection": 0.5, "material-hardship": 1.0}
    assert [code for _file, _row, _field, code in problems(report)] == ["unknown_category", "duplicate", "unknown_link"]
    assert_accounted(report)


@pytest.mark.parametrize("text", ["[]", "{", '{"7": "1"}'])
def test_links_that_are_none_are_refused(run: Import, tmp_path: Path, text: str) -> None:
    (tmp_path / "service_categories.json").write_text(text)
    with pytest.raises(BadFile, match="service_categories"):
        run(categories=CATEGORIES)
