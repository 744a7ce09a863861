"""Laws of one answer in several ways: line by line, not changed since, and by POST."""

import json
from collections.abc import Iterator

from resource_hub.exchange.hsds.lint.laws.api import Api, absent, page_of
from resource_hub.exchange.hsds.lint.laws.values import Answer, Request
from resource_hub.exchange.hsds.lint.values import Remark

_OK, _NOT_MODIFIED = 200, 304
_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


def check_lines(api: Api, path: str) -> Iterator[Remark]:
    """Check that the answer line by line holds what all pages hold together."""
    answer = api.ask(Request(path, {"format": "ndjson"}))
    lines = _lines(answer)
    if answer.status == 0:
        yield Remark("not_compared", "format", f"Its lines cannot be compared with its pages: {answer.reason}.")
        return
    if lines is None:
        yield Remark("not_offered", "format", "format=ndjson gives no object on each line.")
        return
    pages = api.every(path, {})
    if pages is None or not pages.complete:
        yield Remark("not_compared", "format", "The list is too long to compare its lines with all of its pages.")
    elif sorted(lines) != sorted(set(pages.ids)):
        text = f"{len(lines):,} lines, and {len(set(pages.ids)):,} objects on all pages. Give the same in both."
        yield Remark("ndjson_differs", "format", text)


def _lines(answer: Answer) -> list[str] | None:
    if answer.status != _OK or page_of(answer.json()) is not None:
        return None
    try:
        objects = [json.loads(line) for line in answer.body.decode().splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None
    if not all(isinstance(one, dict) and "id" in one for one in objects):
        return None
    return [str(one["id"]) for one in objects]


def check_conditions(api: Api, path: str) -> Iterator[Remark]:
    """Check that what has not changed is not sent again to whoever says what they have."""
    first = api.ask(Request(path))
    offered = {name: first.headers[name] for name in _CONDITIONS if first.headers.get(name)}
    if first.status == _OK and not offered:
        yield Remark("not_offered", "ETag", "There is no ETag or Last-Modified, so nobody can ask what has changed.")
    for name, value in offered.items():
        again = api.ask(Request(path, headers={_CONDITIONS[name]: value}))
        if again.status == _OK and again.headers.get(name) == value:
            text = f"{_CONDITIONS[name]} with its own {name} is answered with {again.status}. Answer 304 with no body."
            yield Remark("not_modified_ignored", _CONDITIONS[name], text)


def check_post(api: Api, path: str) -> Iterator[Remark]:
    """Check that POST answers as GET does."""
    answer = api.ask(Request(path, {"per_page": "10"}, method="POST"))
    if absent(answer):
        yield Remark("not_offered", "POST", "POST is not answered.")
        return
    posted, got = page_of(answer.json()) if answer.status == _OK else None, api.page(path, {"per_page": "10"})
    if got is not None and (posted is None or (posted.ids, posted.total) != (got.ids, got.total)):
        yield Remark("post_differs", "POST", "POST gives another answer than GET. Give the same.")
