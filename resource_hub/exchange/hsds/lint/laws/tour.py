"""The way through an API: what it says of itself, each endpoint, one object of each, then the laws."""

from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import quote

from resource_hub.exchange.hsds import standard
from resource_hub.exchange.hsds.lint.laws import answers, sets
from resource_hub.exchange.hsds.lint.laws.api import Api, NoMoreRequests, absent, page_of
from resource_hub.exchange.hsds.lint.laws.values import Answer, Page, Request
from resource_hub.exchange.hsds.lint.objects.check import Objects
from resource_hub.exchange.hsds.lint.objects.pages import check_about
from resource_hub.exchange.hsds.lint.objects.profiles import demands_of
from resource_hub.exchange.hsds.lint.report import Report
from resource_hub.exchange.hsds.lint.values import Profile, Remark
from resource_hub.exchange.hsds.values import Table

ENDPOINTS = {
    "/services": "service",
    "/organizations": "organization",
    "/service_at_locations": "service_at_location",
    "/taxonomies": "taxonomy",
    "/taxonomy_terms": "taxonomy_term",
}
REQUIRED = "/services"
_OK = 200
_SAMPLES = 3
_WORD = 4
_LONGEST_ID = 100
_DEEPEST = 20


class Tour:
    """Asks an API everything once, and writes down what is wrong."""

    def __init__(self, api: Api, report: Report, profile: Profile, today: date) -> None:
        self._api = api
        self._report = report
        self._profile = profile
        self._today = today

    def walk(self) -> None:
        """Go all the way, or until there were enough requests."""
        self._report.kind = "API"
        try:
            self._walk()
        except NoMoreRequests:
            text = f"Stopped after {self._api.requests} requests; the rest was not asked."
            self._report.add(Remark("not_compared", "", text), "/")
        self._report.requests = self._api.requests

    def _walk(self) -> None:
        about = self._about()
        self._report.profile, demands = demands_of(self._profile, about)
        objects = Objects(self._report, demands, self._today)
        stops: list[tuple[str, Page, list[Mapping[str, object]]]] = []
        for path, name in ENDPOINTS.items():
            page = self._list(objects, path, standard.tables()[name])
            if page is not None:
                samples = [one for key in page.ids[:_SAMPLES] if (one := self._one(objects, path, name, key))]
                stops.append((path, page, samples))
        for path, page, samples in stops:
            table = standard.tables()[ENDPOINTS[path]]
            for remark in self._laws(path, page, samples):
                self._report.add(remark, path, soft=demands.soft(table, remark.code))

    def _about(self) -> Mapping[str, object]:
        answer = self._api.ask(Request("/"))
        about = answer.json()
        if answer.status != _OK or not isinstance(about, dict):
            self._report.add(_failed(answer, required=True), "/")
            return {}
        self._report.extend(check_about(about), "/")
        if "access-control-allow-origin" not in answer.headers:
            text = "Pages of others cannot read this API. Send Access-Control-Allow-Origin: *."
            self._report.add(Remark("no_cors", "", text), "/")
        return about

    def _list(self, objects: Objects, path: str, table: Table) -> Page | None:
        answer = self._api.ask(Request(path))
        document = answer.json()
        page = page_of(document) if answer.status == _OK else None
        if page is not None:
            objects.check_page(table, page.document, path)
            contents = page.document["contents"]
            listed = enumerate(contents if isinstance(contents, list) else [])
            objects.check_list(table, ((f"contents[{number}]", one) for number, one in listed), path, whole=False)
        elif answer.status == _OK and isinstance(document, dict):
            objects.check_page(table, document, path)
        else:
            self._report.add(_failed(answer, required=path == REQUIRED), path)
        return page

    def _one(self, objects: Objects, path: str, name: str, identity: str) -> Mapping[str, object] | None:
        if not identity.strip(".") or len(identity) > _LONGEST_ID:
            return None
        answer = self._api.ask(Request(f"{path}/{quote(identity, safe='')}"))
        found = answer.json()
        if answer.status != _OK or not isinstance(found, dict):
            self._report.add(_failed(answer, required=path == REQUIRED), f"{path}/{{id}}")
            return None
        objects.check_object(standard.tables()[name], found, f"{path}/{{id}}", identity)
        return found

    def _laws(self, path: str, page: Page, samples: list[Mapping[str, object]]) -> Iterator[Remark]:
        yield from sets.check_pages(self._api, path, page.total)
        if path in {"/services", "/service_at_locations"}:
            yield from self._laws_of_services(path, samples)
        if path == REQUIRED:
            yield from answers.check_lines(self._api, path)
            yield from answers.check_conditions(self._api, path)
            yield from answers.check_post(self._api, path)

    def _laws_of_services(self, path: str, samples: list[Mapping[str, object]]) -> Iterator[Remark]:
        filters = {"search": _word(samples), "organization_id": _find(samples, "organization")}
        filters["taxonomy_term_id"] = _find(samples, "taxonomy_term")
        yield from sets.check_filters(self._api, path, {name: value for name, value in filters.items() if value})
        postcode = _find(samples, "addresses", "postal_code")
        if postcode:
            yield from sets.check_proximity(self._api, path, postcode)
        if path == REQUIRED:
            yield from sets.check_modified(self._api, path)


def _failed(answer: Answer, *, required: bool) -> Remark:
    if absent(answer) and not required:
        return Remark("not_offered", "", "This endpoint is not there. The standard does not require it.")
    if absent(answer):
        return Remark(
            "endpoint_missing", "", f"The standard requires this endpoint; it answers {answer.status}. Offer it."
        )
    if answer.status == _OK:
        return Remark("answer_not_json", "", "The answer is not an object of JSON. Answer application/json.")
    return Remark("answer_failed", "", f"{answer.reason or f'It answers {answer.status}'}. See the log of the server.")


def _word(samples: list[Mapping[str, object]]) -> str:
    names = [str(one.get("name", "")) for one in samples]
    return next((word for name in names for word in name.split() if len(word) >= _WORD and word.isalpha()), "")


def _find(value: object, key: str, field: str = "id", depth: int = 0) -> str:
    """Return a field of the first object that stands under a key; empty where there is none, or only very deep."""
    if depth > _DEEPEST:
        return ""
    if isinstance(value, list):
        return next((found for one in value if (found := _find(one, key, field, depth + 1))), "")
    if not isinstance(value, dict):
        return ""
    inside = value.get(key)
    for one in inside if isinstance(inside, list) else [inside]:
        if isinstance(one, dict) and isinstance(one.get(field), str):
            return str(one[field])
    return next((found for one in value.values() if (found := _find(one, key, field, depth + 1))), "")
