"""Rows of a flat table become organizations, services and places; the same words are the same record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.exchange.tabular.errors import BadFile
from resource_hub.exchange.tabular.mapping.keys import key_of
from resource_hub.exchange.tabular.mapping.values import Rule
from tests.exchange.tabular.mapping.conftest import Read, codes, drafts

ORG = Rule("organization.name", ("charity",))
SERVICE = Rule("service.name", ("program",))
STREET = Rule("address.address_1", ("street",))


def test_rows_of_one_organization_are_one_with_several_services(by: Read) -> None:
    source = by(
        "charity,program,street\nHarbor Table,Pantry,1 Light St\nHARBOR  table,Rent help,1 Light St\n",
        ORG,
        SERVICE,
        STREET,
    )
    (organization,) = drafts(source, "organization")
    services = drafts(source, "service")
    assert organization.fields["name"] == "Harbor Table"
    assert [service.fields["name"] for service in services] == ["Pantry", "Rent help"]
    assert {service.fields["organization_id"] for service in services} == {organization.source_id}
    assert len(drafts(source, "location")) == 1
    assert len(drafts(source, "service_at_location")) == 2


def test_one_service_at_two_places(by: Read) -> None:
    source = by("charity,program,street\nA,Pantry,1 Light St\nA,Pantry,2 Light St\n", ORG, SERVICE, STREET)
    assert len(drafts(source, "service")) == 1
    assert len({there.fields["location_id"] for there in drafts(source, "service_at_location")}) == 2


def test_a_later_row_that_says_otherwise_is_reported_and_not_taken(by: Read) -> None:
    mail = Rule("organization.email", ("mail",))
    source = by("charity,mail\nA,\nA,one@a.example\nA,two@a.example\n", ORG, mail)
    assert drafts(source, "organization")[0].fields["email"] == "one@a.example"
    assert codes(source) == ["differs"]


def test_a_row_without_organization_is_a_bad_row(by: Read) -> None:
    source = by("charity,program\n,Pantry\nA,Pantry\n", ORG, SERVICE)
    (problem,) = [problem for problem in source.problems if problem.fatal]
    assert (problem.code, problem.origin.row) == ("missing", 2)
    assert source.left_out == {"service": 1}


def test_transformations(by: Read) -> None:
    source = by(
        'charity,langs,where,ramp,street,unit\nA,English|Spanish,"39.29,-76.61",sí,1 Light St,2nd floor\n',
        ORG,
        Rule("language.name", ("langs",), split="|"),
        Rule("location.latitude", ("where",), part="first"),
        Rule("location.longitude", ("where",), part="last"),
        Rule("accessibility.description", ("ramp",), yes="Ramp at the door"),
        Rule("address.address_1", ("street", "unit"), join=", "),
        Rule("address.city", value="Baltimore"),
    )
    assert [language.fields["code"] for language in drafts(source, "language")] == ["en", "es"]
    (place,) = drafts(source, "location")
    assert (place.fields["latitude"], place.fields["longitude"]) == (39.29, -76.61)
    assert drafts(source, "accessibility")[0].fields["description"] == "Ramp at the door"
    (address,) = drafts(source, "address")
    assert (address.fields["address_1"], address.fields["city"]) == ("1 Light St, 2nd floor", "Baltimore")


@pytest.mark.parametrize(
    ("cell", "opens", "words"),
    [
        ("9:00 am - 5:00 pm", "09:00", None),
        ("09:00–17:00", "09:00", None),
        ("9-5", None, "Monday: 9-5"),
        ("closed", None, "Monday: closed"),
        ("5:00 pm - 9:00 am", None, "Monday: 5:00 pm - 9:00 am"),
    ],
)
def test_hours_are_a_rule_only_where_they_are_certain(
    by: Read, cell: str, opens: str | None, words: str | None
) -> None:
    (schedule,) = drafts(by(f"charity,mon\nA,{cell}\n", ORG, Rule("schedule.monday", ("mon",))), "schedule")
    assert (schedule.fields.get("opens_at"), schedule.fields.get("description")) == (opens, words)


def test_what_cannot_be_read_is_left_empty_and_said(by: Read) -> None:
    source = by(
        "charity,street,zip,lat,lon,phone,note\nA,1 Light St,2134,4689967.6,-8559199.7,call us,#REF!\n",
        ORG,
        STREET,
        Rule("address.postal_code", ("zip",)),
        Rule("location.latitude", ("lat",)),
        Rule("location.longitude", ("lon",)),
        Rule("phone.number", ("phone",)),
        Rule("service.description", ("note",)),
    )
    assert codes(source) == [
        "formula_error", "incomplete_address", "metres", "not_a_phone_number", "zeros_added",
    ]  # fmt: skip
    assert drafts(source, "address")[0].fields["postal_code"] == "02134"
    assert drafts(source, "phone")[0].fields["number"] == "call us"
    assert drafts(source, "location")[0].fields["latitude"] is None
    assert drafts(source, "service")[0].fields["description"] is None


def test_columns_that_are_not_there_are_named(by: Read) -> None:
    with pytest.raises(BadFile, match="no column “charity”"):
        by("org\nA\n", ORG)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(words, words)
def test_a_key_is_the_same_for_the_same_words_and_short(one: str, other: str) -> None:
    key = key_of("sheet", one, other)
    assert key == key_of("sheet", f"  {one.upper().lower()} " if one.isascii() else one, other)
    assert len(key) <= 140
    assert "#" not in key


def test_two_lists_keep_their_records_apart() -> None:
    assert key_of("county", "Harbor Table") != key_of("city", "Harbor Table")
