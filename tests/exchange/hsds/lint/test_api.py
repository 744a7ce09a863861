"""An API that keeps every law has no fault; one that breaks a law has that fault and no other."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request as WebRequest
from werkzeug.wrappers import Response

from resource_hub.exchange.hsds.lint.laws.values import Answer, Fetch, Request
from resource_hub.exchange.hsds.lint.report import Report
from resource_hub.exchange.hsds.lint.service import lint_api
from resource_hub.exchange.hsds.lint.values import Profile, Severity
from tests.exchange.hsds.lint.good import TODAY, key

ORGS = [{"id": key(number), "name": f"Harbor {number}", "description": "Help."} for number in (1, 2)]
TERMS = [{"id": key(number), "name": f"Term {number}", "description": "A need."} for number in (5, 6)]
SERVICES: list[dict[str, Any]] = [
    {
        "id": key(100 + number),
        "name": f"{'Pantry' if number % 3 else 'Shelter'} {number}",
        "status": "active",
        "last_modified": f"202{number % 7}-03-01T00:00:00Z",
        "organization": ORGS[number % 2],
        "attributes": [{"id": key(300 + number), "taxonomy_term": TERMS[number % 2]}],
        "service_at_locations": [{"id": key(200 + number), "location": {
            "id": key(400 + number), "location_type": "physical", "name": f"Hall {number}",
            "addresses": [{"id": key(500 + number), "address_1": f"{number} Pier", "city": "Baltimore",
                           "state_province": "MD", "postal_code": "21202", "country": "US",
                           "address_type": "physical"}]}}],
    }
    for number in range(12)
]  # fmt: skip


@dataclass
class Shop:
    """A small API over the services above. `wrong` names the laws that it breaks."""

    wrong: frozenset[str] = frozenset()
    requests: list[WebRequest] = field(default_factory=list)

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        request = WebRequest(environ)
        self.requests.append(request)
        return self.answer(request)(environ, start_response)

    def answer(self, request: WebRequest) -> Response:
        path = request.path.rstrip("/")
        if request.method == "POST" and "no post" in self.wrong:
            return Response(status=405)
        if not path:
            about = {"version": "3.2", "profile": "https://example.org/p", "openapi_url": "https://example.org/o"}
            return self.send(request, about)
        _, name, *rest = path.split("/")
        known = {"services": SERVICES, "organizations": ORGS, "taxonomy_terms": TERMS}
        if name not in known or (name == "services" and "no services" in self.wrong):
            return Response(status=404)
        if rest:
            return self.send(request, next((one for one in known[name] if one["id"] == rest[0]), {}))
        return self.page(request, self.filtered(request, known[name]))

    def filtered(self, request: WebRequest, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        asked = request.args
        tests: dict[str, Callable[[dict[str, Any]], bool]] = {
            "search": lambda one: asked["search"].lower() in one["name"].lower(),
            "organization_id": lambda one: one["organization"]["id"] == asked["organization_id"],
            "taxonomy_term_id": lambda one: one["attributes"][0]["taxonomy_term"]["id"] == asked["taxonomy_term_id"],
            "modified_after": lambda one: one["last_modified"] >= asked["modified_after"],
            "proximity": lambda one: int(one["id"][-2:], 16) % 12 <= float(asked["proximity"]) / 20,
        }
        asks = [tests[name] for name in tests if name in asked]
        if "or" in self.wrong and len(asks) > 1:
            return [one for one in rows if any(test(one) for test in asks)]
        if "modified before" in self.wrong and "modified_after" in asked:
            return [one for one in rows if one["last_modified"] < asked["modified_after"]]
        if "exact circle" in self.wrong and asked.get("proximity") == "100000":
            return rows[:1]
        return [one for one in rows if all(test(one) for test in asks)]

    def page(self, request: WebRequest, rows: list[dict[str, Any]]) -> Response:
        if request.args.get("format") == "ndjson" and "no lines" not in self.wrong:
            lines = rows[1:] if "lines lose" in self.wrong else rows
            return Response("\n".join(json.dumps(one) for one in lines), mimetype="application/x-ndjson")
        number, size = int(request.args.get("page", 1)), int(request.args.get("per_page", 100))
        first = (number - 1) * size
        if "overlap" in self.wrong and number > 1:
            first -= 1
        if "post differs" in self.wrong and request.method == "POST":
            rows = rows[1:]
        shown = rows[first : first + size]
        total = len(rows) + (("wrong total" in self.wrong) - ("small total" in self.wrong)) * (size < 100)
        pages = max(-(-len(rows) // size), 1)
        document = {"total_items": total, "total_pages": pages, "page_number": number, "size": len(shown)}
        flags = {"first_page": number == 1, "last_page": number >= pages, "empty": not shown}
        return self.send(request, {**document, **flags, "contents": shown})

    def send(self, request: WebRequest, document: object) -> Response:
        response = Response(json.dumps(document), mimetype="application/json")
        if "no cors" not in self.wrong:
            response.headers["Access-Control-Allow-Origin"] = "*"
        if "no etag" not in self.wrong:
            response.add_etag()
            if "no 304" not in self.wrong:
                response.make_conditional(request)
        return response


def fetcher(shop: Shop) -> Fetch:
    client = Client(shop)

    def fetch(request: Request) -> Answer:
        found = client.open(request.path, method=request.method, query_string=request.params, headers=request.headers)
        return Answer(found.status_code, {name.lower(): value for name, value in found.headers.items()}, found.data)

    return fetch


def lint(shop: Shop, most: int = 200) -> Report:
    return lint_api(fetcher(shop), Profile.AUTO, TODAY, most)


def found(report: Report, *severities: Severity) -> set[tuple[str, str]]:
    return {(kind.code, kind.file) for kind in report.counts if kind.severity in severities}


def test_an_api_that_keeps_the_laws_has_no_fault() -> None:
    shop = Shop()
    report = lint(shop)
    assert found(report, Severity.ERROR, Severity.WARNING) == set()
    assert found(report, Severity.HINT) == {("not_offered", "/service_at_locations"), ("not_offered", "/taxonomies")}
    assert report.requests == len(shop.requests) < 100
    assert report.read["service"] > len(SERVICES)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("or", "filter_not_cumulative"),
        ("modified before", "modified_not_monotone"),
        ("exact circle", "proximity_not_monotone"),
        ("lines lose", "ndjson_differs"),
        ("overlap", "pages_overlap"),
        ("wrong total", "pages_lose"),
        ("small total", "total_wrong"),
        ("no 304", "not_modified_ignored"),
        ("post differs", "post_differs"),
    ],
)
def test_an_api_that_breaks_a_law_is_told_which(wrong: str, code: str) -> None:
    report = lint(Shop(frozenset({wrong})))
    assert (code, "/services") in found(report, Severity.ERROR)
    also = (
        {"pages_lose"} if wrong == "overlap" else {"total_wrong", "page_contradiction"} if "total" in wrong else set()
    )
    assert {code for code, _ in found(report, Severity.ERROR)} - also <= {code}


@pytest.mark.parametrize(("lacks", "field"), [("no lines", "format"), ("no etag", "ETag"), ("no post", "POST")])
def test_what_is_not_offered_is_no_fault(lacks: str, field: str) -> None:
    report = lint(Shop(frozenset({lacks})))
    assert report.total(Severity.ERROR) == 0
    assert field in {kind.field for kind in report.counts if kind.code == "not_offered"}


def test_required_endpoints_that_are_not_there_are_errors() -> None:
    assert found(lint(Shop(frozenset({"no services"}))), Severity.ERROR) == {("endpoint_missing", "/services")}


def test_others_cannot_read_an_api_without_cors() -> None:
    assert ("no_cors", "/") in found(lint(Shop(frozenset({"no cors"}))), Severity.WARNING)


@pytest.mark.parametrize("most", [1, 2, 10])
def test_no_more_is_asked_than_was_allowed(most: int) -> None:
    shop = Shop()
    report = lint(shop, most)
    assert len(shop.requests) == report.requests == most
    assert "not_compared" in {kind.code for kind in report.counts}


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"[" * 100_000, b'{"contents": 7}', b'{"contents": [7, null]}']
)
def test_any_answer_is_reported_and_none_is_a_fall(body: bytes) -> None:
    report = lint_api(lambda _request: Answer(200, {}, body), Profile.AUTO, TODAY)
    assert report.total(Severity.ERROR) > 0


@pytest.mark.parametrize("status", [0, 429, 500])
def test_an_api_that_fails_is_asked_no_more_than_once_for_each_endpoint(status: int) -> None:
    report = lint_api(lambda _request: Answer(status, reason="down"), Profile.AUTO, TODAY)
    assert {kind.code for kind in report.counts} == {"answer_failed"}
    assert report.requests == 6


def test_an_answer_with_objects_in_each_other_without_end_is_checked() -> None:
    deep: dict[str, Any] = {"id": key(1)}
    for _ in range(300):
        deep = {"id": key(1), "organization": deep, "x": [deep]} if len(json.dumps(deep)) < 10_000 else {"y": deep}
    report = lint_api(
        lambda _request: Answer(200, {}, json.dumps({"contents": [deep]}).encode()), Profile.AUTO, TODAY, 30
    )
    assert report.total(Severity.ERROR) > 0
