"""Laws between lists: pages part the whole, filters narrow it, wider circles and earlier days widen it."""

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from resource_hub.exchange.hsds.lint.laws.api import LARGEST_PAGE, MOST_PAGES, Api
from resource_hub.exchange.hsds.lint.values import Remark

_FEW_PAGES = 4
# Wide enough in whatever unit an API counts.
_RADII = ("1", "100", "100000")
_DAYS = ("1970-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "2024-01-01T00:00:00Z", "2025-06-01T00:00:00Z")


def check_pages(api: Api, path: str, total: int | None) -> Iterator[Remark]:
    """Check that every object is on one page, and that there are as many as the pages say."""
    per_page = min(max(-(-(total or 1) // _FEW_PAGES), 1), LARGEST_PAGE)
    found = api.every(path, {}, per_page)
    if found is None:
        yield Remark(
            "answer_failed", "page", "The list fails when a page of it is asked for. Answer page and per_page."
        )
        return
    distinct = len(set(found.ids))
    if distinct < len(found.ids):
        text = f"{len(found.ids) - distinct:,} objects come on more than one page. Keep the order the same on each."
        yield Remark("pages_overlap", "page", text)
    if not found.complete:
        text = f"There are more than {MOST_PAGES} pages, so they were not compared with total_items."
        yield Remark("not_compared", "total_items", text)
    elif found.total is not None and found.total != distinct:
        code = "pages_lose" if distinct < found.total else "total_wrong"
        text = f"total_items says {found.total:,}, all pages together hold {distinct:,}. Count with the same question."
        yield Remark(code, "total_items", text)


def check_filters(api: Api, path: str, filters: Mapping[str, str]) -> Iterator[Remark]:
    """Check that each filter narrows the list, and that two narrow it more than each."""
    whole = api.every(path, {})
    if whole is None:
        return
    alone = {name: found for name, value in filters.items() if (found := api.every(path, {name: value}))}
    narrow = {name: found for name, found in alone.items() if found.number != whole.number or whole.number == 1}
    for name in filters.keys() - narrow.keys():
        yield Remark("not_offered", name, f"The filter {name} changes nothing, or is refused.")
    for name, found in narrow.items():
        if not found.within(whole):
            text = f"With {name} there is more than without. A filter only narrows."
            yield Remark("filter_not_cumulative", name, text)
    for (one, first), (other, second) in combinations(narrow.items(), 2):
        both = api.every(path, {one: filters[one], other: filters[other]})
        if both is None or not (both.within(first) and both.within(second)):
            text = f"{one} and {other} together give what one of them alone does not. Join filters with “and”."
            yield Remark("filter_not_cumulative", f"{one}, {other}", text)


def check_growth(
    api: Api, path: str, name: str, steps: tuple[Mapping[str, str], ...], code: str, text: str
) -> Iterator[Remark]:
    """Check that each step gives at least what the one before it gives."""
    found = [api.every(path, step) for step in steps]
    known = [one for one in found if one is not None]
    if len(known) < len(found) or len({one.number for one in known}) == 1:
        yield Remark("not_offered", name, f"{name} changes nothing here, or is refused.")
    elif any(not smaller.within(larger) for smaller, larger in pairwise(known)):
        yield Remark(code, name, text)


def check_proximity(api: Api, path: str, postcode: str) -> Iterator[Remark]:
    """Check that a larger circle never loses what a smaller one had."""
    steps = tuple({"postcode": postcode, "proximity": radius} for radius in _RADII)
    text = "A larger circle loses what a smaller one had. Compare distances with “at most”."
    yield from check_growth(api, path, "proximity", steps, "proximity_not_monotone", text)


def check_modified(api: Api, path: str) -> Iterator[Remark]:
    """Check that an earlier day never loses what a later one had."""
    steps = tuple({"modified_after": day} for day in reversed(_DAYS))
    text = "An earlier day loses what a later one had. Compare last_modified with “on or after”."
    yield from check_growth(api, path, "modified_after", steps, "modified_not_monotone", text)
