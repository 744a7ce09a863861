"""Lists of the HSDS API: pages partition them, filters add up, lines are the union of the pages."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from resource_hub.accounts.work import Work
from resource_hub.inventory.models import Attribute, Phone, ServiceArea, Taxonomy, TaxonomyTerm
from tests.exchange.hsds.writing.conftest import Directory
from tests.factories import a_listing, a_market, stamps
from tests.web.api.hsds.conftest import Ask, names

LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
ALL = {"Food pantry", "Night shelter", "Advice by phone", "Neighbour's pantry"}


class TestPages:
    @pytest.mark.parametrize("name", LISTS)
    def test_partition_the_list(self, ask: Ask, name: str) -> None:
        whole = ask(name, per_page=100)
        pages = [ask(name, per_page=1, page=number) for number in range(1, whole["total_items"] + 1)]

        assert [one for page in pages for one in page["contents"]] == whole["contents"]
        assert whole["total_items"] == len(whole["contents"]) > 0
        for number, page in enumerate(pages, start=1):
            counted = (page["total_items"], page["total_pages"], page["page_number"], page["size"], page["empty"])
            assert counted == (whole["total_items"], whole["total_items"], number, 1, False)
            assert (page["first_page"], page["last_page"]) == (number == 1, number == len(pages))

    def test_a_page_after_the_last_is_empty(self, ask: Ask) -> None:
        page = ask("services", page=999)

        assert (page["empty"], page["size"], page["contents"], page["last_page"]) == (True, 0, [], True)
        assert page["total_items"] == len(ALL)

    def test_nothing_found_is_one_empty_page(self, ask: Ask) -> None:
        page = ask("services", search="zzz")

        assert (page["total_items"], page["total_pages"], page["empty"]) == (0, 0, True)
        assert (page["first_page"], page["last_page"]) == (True, True)

    @pytest.mark.parametrize("name", LISTS)
    @pytest.mark.parametrize("shape", ["", "full"])
    def test_lines_are_the_union_of_the_pages(self, client: FlaskClient, ask: Ask, name: str, shape: str) -> None:
        if shape and name.startswith("taxonom"):
            return
        wishes = {shape: "true"} if shape else {}

        answer = client.get(f"/hsds/{name}", query_string={"format": "ndjson", **wishes})

        assert answer.mimetype == "application/x-ndjson"
        assert [json.loads(line) for line in answer.data.splitlines()] == ask(name, **wishes)["contents"]

    @pytest.mark.parametrize("shape", [{}, {"full": "true"}])
    def test_more_records_take_no_more_statements(
        self, ask: Ask, work: Work, directory: Directory, shape: dict[str, str]
    ) -> None:
        def statements() -> int:
            counted: list[str] = []
            engine = work.session.get_bind().engine

            def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
                counted.append(statement)

            event.listen(engine, "before_cursor_execute", count)
            ask("services", per_page=100, **shape)
            event.remove(engine, "before_cursor_execute", count)
            return len(counted)

        few = statements()
        for number in range(20):
            a_listing(work, directory.market, name=f"Service {number}")

        assert statements() == few


class TestFilters:
    def test_one_market(self, ask: Ask) -> None:
        assert names(ask("services", market="here")) == ALL - {"Neighbour's pantry"}

    @pytest.mark.parametrize(
        ("search", "found"),
        [("pantry", {"Food pantry", "Neighbour's pantry"}), ("PANTRY food", {"Food pantry"}), ("Hollow", set())],
    )
    def test_words_all_of_them(self, ask: Ask, search: str, found: set[str]) -> None:
        assert names(ask("services", search=search)) == found

    def test_terms_taxonomies_and_organizations_add_up(self, ask: Ask, work: Work, directory: Directory) -> None:
        term = work.session.query(TaxonomyTerm).filter_by(name="Food").one()
        other = TaxonomyTerm(**stamps(work, directory.market), name="Other")
        work.session.add(other)
        work.session.flush()
        labelled = {"link_entity": "service", "link_id": directory.shelter.service.id, "taxonomy_term_id": other.id}
        work.session.add(Attribute(**stamps(work, directory.market), **labelled))
        work.session.flush()
        of_pantry, of_shelter = directory.pantry.organization.id, directory.shelter.organization.id

        for name in ("services", "service_at_locations"):
            assert names(ask(name, taxonomy_term_id=term.id)) == {"Food pantry"}
            assert names(ask(name, taxonomy_term_id=other.id)) == {"Night shelter"}
            assert names(ask(name, taxonomy_id=term.taxonomy_id)) == {"Food pantry"}
            assert names(ask(name, organization_id=of_pantry, taxonomy_term_id=term.id)) == {"Food pantry"}
            assert names(ask(name, organization_id=of_shelter, taxonomy_term_id=term.id)) == set()
        assert names(ask("organizations", taxonomy_term_id=term.id)) == {"Food pantry people"}

    def test_terms_below_a_term_and_terms_with_none_below(self, ask: Ask, work: Work, directory: Directory) -> None:
        food = work.session.query(TaxonomyTerm).filter_by(name="Food").one()
        work.session.add(
            TaxonomyTerm(**stamps(work, directory.market), name="Hot meals", parent_id=food.id, taxonomy="Own words")
        )
        work.session.flush()

        assert names(ask("taxonomy_terms", parent_id=food.id)) == {"Hot meals"}
        assert "Food" not in names(ask("taxonomy_terms", top_only="true"))
        assert "Hot meals" in names(ask("taxonomy_terms", top_only="true"))
        assert names(ask("taxonomy_terms", taxonomy_id=food.taxonomy_id)) == {"Food"}
        assert work.session.query(Taxonomy).count() == ask("taxonomies")["total_items"]

    def test_changed_is_what_changed_within_too(self, ask: Ask, work: Work, directory: Directory) -> None:
        later = work.now + timedelta(hours=1)
        assert names(ask("services", modified_after=work.now.isoformat())) == ALL
        assert names(ask("services", modified_after=later.isoformat())) == set()

        number = Phone(**stamps(work, directory.market), service_id=directory.pantry.service.id, number="1")
        directory.shelter.organization.changed_at = number.changed_at = later
        work.session.add(number)
        work.session.flush()

        assert names(ask("services", modified_after=later.isoformat())) == {"Food pantry", "Night shelter"}
        assert names(ask("organizations", modified_after=later.isoformat())) == {"Night shelter people"}
        assert names(ask("service_at_locations", modified_after=later.isoformat())) == {"Food pantry", "Night shelter"}

    @pytest.mark.parametrize(
        ("kind", "extent", "served", "not_served"),
        [
            ("postal_code", "21230", "21230", "21201"),
            ("county", "Baltimore County", "21204", "21201"),
            ("state", "MD", "21201", "10001"),
            (None, "around here", "10001", None),
        ],
    )
    def test_areas_served(
        self, ask: Ask, work: Work, directory: Directory, kind: str | None, extent: str, served: str, not_served: str
    ) -> None:
        for area in work.session.query(ServiceArea):
            work.session.delete(area)
        pantry = directory.pantry.service.id
        work.session.add(
            ServiceArea(**stamps(work, directory.market), service_id=pantry, extent=extent, extent_type=kind)
        )
        work.session.flush()

        for name in ("services", "service_at_locations"):
            assert names(ask(name, postcode=served)) == ALL
            if not_served:
                assert names(ask(name, postcode=not_served)) == ALL - {"Food pantry"}

    def test_the_nearer_the_fewer(self, ask: Ask, work: Work) -> None:
        far = a_market(work, "far", noise=False)
        a_listing(work, far, name="Far pantry", at=(39.4015, -76.6019))
        found = [names(ask("services", postcode="21201", proximity=metres)) for metres in (0, 3000, 30_000, 20_000_000)]

        assert found[0] == found[1] == {"Food pantry", "Neighbour's pantry"}
        assert found[2] == found[3] == found[1] | {"Far pantry"}
        near = names(ask("service_at_locations", postcode="21201", proximity=3000))
        assert near == found[1]

    @pytest.mark.parametrize("code", ["21201", "21231", "10001"])
    def test_a_confidential_place_is_near_nothing(self, ask: Ask, directory: Directory, code: str) -> None:
        for name in ("services", "service_at_locations"):
            assert "Night shelter" not in names(ask(name, postcode=code, proximity=20_000_000))
            assert "Night shelter" in names(ask(name, postcode=code))


class TestShapes:
    def test_minimal_is_two_fields_of_every_service(self, ask: Ask) -> None:
        page = ask("services", minimal="true")

        assert {frozenset(one) for one in page["contents"]} == {frozenset({"id", "modified_date"})}
        assert page["size"] == page["total_items"] == len(ALL)

    def test_full_is_what_stands_at_its_own_address(self, client: FlaskClient, ask: Ask) -> None:
        for name in ("services", "organizations", "service_at_locations"):
            for one in ask(name, full="true")["contents"]:
                assert json.loads(client.get(f"/hsds/{name}/{one['id']}").data) == one

    def test_services_of_an_organization_are_named_or_whole(self, client: FlaskClient, directory: Directory) -> None:
        def services(**wishes: str) -> list[dict[str, Any]]:
            address = f"/hsds/organizations/{directory.pantry.organization.id}"
            found: list[dict[str, Any]] = json.loads(client.get(address, query_string=wishes).data)["services"]
            return found

        assert services() == [{"id": directory.pantry.service.id, "name": "Food pantry", "status": "active"}]
        whole = services(full_service="true")[0]
        assert whole["service_at_locations"][0]["location"]["addresses"][0]["address_1"] == "1 Light St"
        assert "organization" not in whole

    def test_lists_hold_one_to_one_fields_alone(self, ask: Ask) -> None:
        pantry = next(one for one in ask("services")["contents"] if one["name"] == "Food pantry")

        assert pantry["organization"]["name"] == "Food pantry people"
        assert [name for name, value in pantry.items() if isinstance(value, list)] == []
