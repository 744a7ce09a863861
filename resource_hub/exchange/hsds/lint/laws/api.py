"""An API that is asked: counts the requests, and reads pages and lists."""

from collections.abc import Mapping

from resource_hub.exchange.hsds.lint.laws.values import Answer, Fetch, Found, Page, Request

MOST_REQUESTS = 100
MOST_PAGES = 8
LARGEST_PAGE = 100
# Of a list that is too long to read to its end.
_FEW_PAGES = 2
_OK = 200
_ABSENT = frozenset({404, 405, 501})


class NoMoreRequests(Exception):
    """As many requests were made as were allowed."""


class Api:
    """Asks at most so many times, and for the same list only once."""

    def __init__(self, fetch: Fetch, most: int = MOST_REQUESTS) -> None:
        self._fetch = fetch
        self._most = most
        self._lists: dict[tuple[str, ...], Found | None] = {}
        self.requests = 0

    def ask(self, request: Request) -> Answer:
        """Ask once; raises when there were enough requests."""
        if self.requests >= self._most:
            raise NoMoreRequests
        self.requests += 1
        return self._fetch(request)

    def page(self, path: str, params: Mapping[str, str], method: str = "GET") -> Page | None:
        """Return a page of a list; None where the answer is none."""
        answer = self.ask(Request(path, params, method=method))
        return page_of(answer.json()) if answer.status == _OK else None

    def every(self, path: str, params: Mapping[str, str], per_page: int = LARGEST_PAGE) -> Found | None:
        """Return what all pages of a list hold, or the first ones of a long list; None where there is no list."""
        key = (path, str(per_page), *(f"{name}={value}" for name, value in sorted(params.items())))
        if key not in self._lists:
            self._lists[key] = self._read(path, params, per_page)
        return self._lists[key]

    def _read(self, path: str, params: Mapping[str, str], per_page: int) -> Found | None:
        ids: list[str] = []
        total = None
        for number in range(1, MOST_PAGES + 1):
            page = self.page(path, {**params, "page": str(number), "per_page": str(per_page)})
            if page is None:
                return Found(tuple(ids), total, complete=False) if number > 1 else None
            ids.extend(page.ids)
            total = page.total if number == 1 else total
            if page.last or not page.ids:
                return Found(tuple(ids), total, complete=True)
            if number == _FEW_PAGES and (total or 0) > MOST_PAGES * per_page:
                break
        return Found(tuple(ids), total, complete=False)


def absent(answer: Answer) -> bool:
    """Tell whether an API says that it has no such thing."""
    return answer.status in _ABSENT


def page_of(document: object) -> Page | None:
    """Read a page; None where it is none."""
    contents = document.get("contents") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(contents, list):
        return None
    ids = tuple(str(one.get("id")) for one in contents if isinstance(one, dict))
    total, pages, number = (document.get(name) for name in ("total_items", "total_pages", "page_number"))
    last = document.get("last_page")
    if not isinstance(last, bool):
        last = not (isinstance(pages, int) and isinstance(number, int) and number < pages)
    return Page(document, ids, total if isinstance(total, int) and not isinstance(total, bool) else None, last)
