"""What columns seem to hold: by heading in English and Spanish, by shape, and never silently."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_hub.exchange.tabular.mapping.proposal import headings, propose
from resource_hub.exchange.tabular.mapping.targets import FIELDS, SEVERAL
from tests.exchange.tabular.mapping.conftest import a_table

if TYPE_CHECKING:
    from resource_hub.exchange.tabular.mapping.values import Proposal


def proposed(text: str) -> dict[str, str | None]:
    proposal: Proposal = propose("list", a_table(text))
    return {guess.column: guess.field for guess in proposal.guesses}


def test_english_and_spanish_headings() -> None:
    assert proposed("Charity,Street Address,Zip Code\nA,1 Light St,21201\n") == {
        "charity": "organization.name",
        "street address": "address.address_1",
        "zip code": "address.postal_code",
    }
    assert proposed("Organización,Dirección,Teléfono,Requisitos\nA,1 Light St,410-555-0101,Adultos\n") == {
        "organización": "organization.name",
        "dirección": "address.address_1",
        "teléfono": "phone.number",
        "requisitos": "service.eligibility_description",
    }


def test_cells_that_do_not_fit_speak_against_a_heading() -> None:
    assert proposed("name,phone\nA,see website\nB,none\n")["phone"] is None
    assert proposed("name,latitude\nA,4689967.66\n")["latitude"] is None


def test_an_unmistakable_shape_speaks_for_a_column_without_a_known_heading() -> None:
    table = a_table("name,kontakt\nA,info@a.example\nB,b@b.example\n")
    guess = next(guess for guess in propose("list", table).guesses if guess.column == "kontakt")
    assert (guess.field, guess.sure) == ("organization.email", False)


@pytest.mark.parametrize("heading", ["county", "notes", "contact name", "zone 7", "x", "!!"])
def test_what_is_not_clear_is_left_out(heading: str) -> None:
    table = a_table(f"name,{heading}\nA,Milwaukee\n")
    assert propose("list", table).left_out == (heading,)


def test_no_two_columns_get_a_field_that_takes_one() -> None:
    found = proposed("name,organization,website,url\nA,A,a.example,a.example\n")
    assert sorted(field for field in found.values() if field) == ["organization.name", "organization.website"]


def test_every_heading_stands_for_a_field_that_there_is() -> None:
    assert set(headings().values()) <= {*FIELDS, "none"}
    assert set(FIELDS) - set(headings().values()) == {"address.region"}


columns = st.lists(st.text("abcdefghij mnáéñ_#", min_size=1, max_size=40), min_size=1, max_size=8, unique=True)


@given(columns, st.lists(st.text("ab1@.5- ", max_size=30), min_size=1, max_size=5))
def test_a_proposal_names_every_column_once(names: list[str], cells: list[str]) -> None:
    header = ",".join(f"c{number} {name}".replace('"', "") for number, name in enumerate(names))
    rows = "\n".join(",".join([cell] * len(names)) for cell in cells)
    table = a_table(f"{header}\n{rows}\n")
    proposal = propose("list", table)
    assert sorted(guess.column for guess in proposal.guesses) == sorted(table.columns)
    fields = [guess.field for guess in proposal.guesses if guess.field and guess.field not in SEVERAL]
    assert len(fields) == len(set(fields))
