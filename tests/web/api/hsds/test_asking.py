"""Asking the HSDS API: bad words, bodies, again and again, and from other sites."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from resource_hub.accounts.work import Work
from resource_hub.inventory.service import move_on
from tests.exchange.hsds.writing.conftest import SECRETS, Directory
from tests.web.api.hsds.conftest import Ask
from tests.web.api.hsds.test_lists import LISTS

ID = "00000000-0000-4000-8000-000000000000"


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("page", "0"),
            ("page", "-1"),
            ("page", "1e3"),
            ("page", "9" * 30),
            ("per_page", "1001"),
            ("per_page", "٣"),
            ("format", "xml"),
            ("full", "maybe"),
            ("modified_after", "yesterday"),
            ("modified_after", "0001-01-01T00:00:00+14:00"),
            ("taxonomy_id", "food"),
            ("organization_id", "1"),
            ("postcode", "ABC 123"),
            ("postcode", "00000"),
            ("search", "x" * 201),
            ("search", "a\0b"),
            ("proximity", "100"),
            ("serch", "food"),
        ],
    )
    def test_say_which_parameter_and_how_to_mend_it(self, client: FlaskClient, name: str, value: str) -> None:
        answer = client.get("/hsds/services", query_string={name: value})

        problem = json.loads(answer.data)
        assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
        assert [error["field"] for error in problem["errors"]] == [name]
        assert problem["errors"][0]["text"].endswith(".")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"

    @pytest.mark.parametrize("far", ["-1", "nan", "inf", "1e9", "20100001", "1km"])
    def test_distances(self, client: FlaskClient, far: str) -> None:
        asked = {"postcode": "21201", "proximity": far}

        assert client.get("/hsds/service_at_locations", query_string=asked).status_code == 422

    @pytest.mark.parametrize("name", LISTS)
    @pytest.mark.parametrize("record_id", ["x", ID, "%00", "A" * 300])
    def test_no_such_record(self, client: FlaskClient, name: str, record_id: str) -> None:
        answer = client.get(f"/hsds/{name}/{record_id}")

        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")

    def test_no_such_market(self, client: FlaskClient) -> None:
        assert client.get("/hsds/services?market=nowhere").status_code == 404

    def test_one_value_for_each_parameter(self, client: FlaskClient) -> None:
        assert client.get("/hsds/services?page=1&page=2").status_code == 422

    def test_nothing_is_written(self, client: FlaskClient) -> None:
        assert {client.open("/hsds/services", method=method).status_code for method in ("PUT", "PATCH", "DELETE")} == {
            405
        }


class TestBodies:
    @pytest.mark.parametrize("name", LISTS)
    def test_say_the_same_as_the_address(self, client: FlaskClient, ask: Ask, name: str) -> None:
        answer = client.post(f"/hsds/{name}", json={"search": "food", "page": 1, "per_page": 2})

        assert json.loads(answer.data) == ask(name, search="food", page=1, per_page=2)

    def test_none_is_no_wish(self, client: FlaskClient, ask: Ask) -> None:
        assert json.loads(client.post("/hsds/services").data) == ask("services")

    @pytest.mark.parametrize(
        ("body", "kind", "status"),
        [
            (b"[]", "application/json", 422),
            (b"{", "application/json", 400),
            (b'{"search": {}}', "application/json", 422),
            (b'{"search": "a\\u0000"}', "application/json", 422),
            (b"search=food", "application/x-www-form-urlencoded", 415),
        ],
    )
    def test_others_are_refused(self, client: FlaskClient, body: bytes, kind: str, status: int) -> None:
        assert client.post("/hsds/services", data=body, content_type=kind).status_code == status


class TestAgain:
    @pytest.mark.parametrize("name", LISTS)
    def test_what_has_not_changed_is_not_sent_again(self, client: FlaskClient, ask: Ask, name: str) -> None:
        one = ask(name)["contents"][0]["id"]
        for address in (f"/hsds/{name}", f"/hsds/{name}/{one}"):
            first = client.get(address)
            again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

            assert (again.status_code, again.data) == (304, b"")
            assert again.headers["Access-Control-Allow-Origin"] == "*"
            assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200

    def test_what_has_changed_is(self, client: FlaskClient, work: Work, directory: Directory) -> None:
        first = client.get("/hsds/services")
        directory.pantry.service.name = "Pantry of plenty"
        work.session.flush()

        again = client.get("/hsds/services", headers={"If-None-Match": first.headers["ETag"]})

        assert again.status_code == 200
        assert b"Pantry of plenty" in again.data

    def test_since_a_day(self, client: FlaskClient, work: Work, directory: Directory) -> None:
        assert "Last-Modified" not in client.get("/hsds/services?market=here").headers
        move_on(directory.market)
        work.session.flush()

        first = client.get("/hsds/services?market=here")
        again = {"If-Modified-Since": first.headers["Last-Modified"]}
        before = {"If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT"}

        assert client.get("/hsds/services?market=here", headers=again).status_code == 304
        assert client.get("/hsds/services?market=here", headers=before).status_code == 200

    def test_programs_may_keep_it_and_must_ask(self, client: FlaskClient) -> None:
        assert client.get("/hsds/services").headers["Cache-Control"] == "no-cache"


class TestOtherSites:
    @pytest.mark.parametrize("path", ["/hsds/", "/hsds/openapi.json", *(f"/hsds/{name}" for name in LISTS)])
    def test_may_read(self, client: FlaskClient, path: str) -> None:
        before = client.options(path, headers={"Origin": "https://other.example"})

        assert before.status_code == 200
        assert before.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in before.headers
        assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"

    @pytest.mark.parametrize("path", ["/", "/api/v1/openapi.json", "/sign-in", "/healthz"])
    def test_may_read_nothing_else(self, client: FlaskClient, path: str) -> None:
        assert "Access-Control-Allow-Origin" not in client.get(path).headers
        assert client.get(path).headers["Cross-Origin-Resource-Policy"] == "same-origin"

    def test_learn_whose_directory_it_is(self, client: FlaskClient) -> None:
        about = json.loads(client.get("/hsds/").data)

        assert (about["publisher"], about["version"]) == ("Resource Hub", "3.2")
        assert about["profile"].startswith("https://")
        document = json.loads(client.get(about["openapi_url"]).data)
        assert {f"/hsds/{name}" for name in LISTS} < set(document["paths"])


def test_no_answer_tells_of_a_confidential_place(client: FlaskClient, directory: Directory, ask: Ask) -> None:
    addresses = [f"/hsds/{name}" for name in LISTS]
    addresses += [f"/hsds/{name}/{one['id']}" for name in LISTS for one in ask(name, per_page=100)["contents"]]
    wishes: list[dict[str, Any]] = [
        {"per_page": "20"},
        {"format": "ndjson"},
        {"full": "true"},
        {"full_service": "true"},
    ]

    told = "".join(_said(client.get(address, query_string=wish)) for address in addresses for wish in [{}, *wishes])

    assert [secret for secret in SECRETS if secret in told] == []
    assert "Night shelter" in told
    assert "(410) 555-0100" in told


def _said(answer: TestResponse) -> str:
    return answer.get_data(as_text=True) if answer.status_code == 200 else ""


NAMES = st.sampled_from(
    [
        "search", "market", "page", "per_page", "format", "taxonomy_term_id", "taxonomy_id", "organization_id",
        "modified_after", "minimal", "full", "full_service", "postcode", "proximity", "top_only", "parent_id", "x",
    ]
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["1", "0", "true", "ndjson", "json", "21201", "1000", ID, "here", "2026-11-20", "%", "\\", "'"]),
    st.integers().map(str),
    st.floats().map(str),
)
QUIET = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@given(name=st.sampled_from(LISTS), asked=st.dictionaries(NAMES, VALUES, max_size=4))
@QUIET
def test_any_parameters_get_an_answer_or_a_reason(
    client: FlaskClient, directory: Directory, name: str, asked: dict[str, str]
) -> None:
    answer = client.get(f"/hsds/{name}", query_string=asked)

    assert answer.status_code in {200, 404, 422}
    if answer.status_code == 200 and answer.mimetype == "application/json":
        page = json.loads(answer.data)
        assert page["size"] == len(page["contents"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(NAMES, inside, max_size=3),
    max_leaves=6,
)


@given(name=st.sampled_from(LISTS), body=JSON | st.dictionaries(NAMES, VALUES, max_size=3))
@QUIET
def test_any_body_gets_an_answer_or_a_reason(
    client: FlaskClient, directory: Directory, name: str, body: object
) -> None:
    assert client.post(f"/hsds/{name}", json=body).status_code in {200, 404, 422}
