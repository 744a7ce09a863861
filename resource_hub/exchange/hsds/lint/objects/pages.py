"""The page around a list of an API, and what an API says of itself."""

from collections.abc import Iterator, Mapping

from resource_hub.exchange.hsds.lint.formats import is_uri
from resource_hub.exchange.hsds.lint.values import Remark

COUNTS = ("total_items", "total_pages", "page_number", "size")
FLAGS = ("first_page", "last_page", "empty")
_ABOUT = ("version", "profile", "openapi_url")


def check_page(page: Mapping[str, object]) -> Iterator[Remark]:
    """Check that a page has its fields and that they agree with each other."""
    contents = page.get("contents")
    if not isinstance(contents, list):
        yield Remark("page_incomplete", "contents", "A page holds its objects in a list named contents.")
        return
    for name in (*COUNTS, *FLAGS):
        kind: type = int if name in COUNTS else bool
        value = page.get(name)
        if name not in page:
            code = "page_incomplete" if name == "empty" else "page_field_absent"
            yield Remark(code, name, f"A page says {name}. Add it.")
        elif not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            yield Remark("wrong_type", name, f"This must be {'a whole number' if kind is int else 'true or false'}.")
    yield from _contradictions(page, len(contents))


def _contradictions(page: Mapping[str, object], there: int) -> Iterator[Remark]:
    total, pages, number, size = (_whole(page.get(name)) for name in COUNTS)
    wrong = {
        "size": size is not None and size != there,
        "total_items": total is not None and total < there,
        "empty": isinstance(page.get("empty"), bool) and page["empty"] != (there == 0),
        "first_page": number is not None
        and isinstance(page.get("first_page"), bool)
        and page["first_page"] != (number == 1),
        "last_page": None not in (number, pages)
        and isinstance(page.get("last_page"), bool)
        and page["last_page"] != ((number or 0) >= (pages or 0)),
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            text = (
                f"{name} does not agree with the {there:,} objects of this page, or with its other fields. Correct it."
            )
            yield Remark("page_contradiction", name, text)


def check_about(about: Mapping[str, object]) -> Iterator[Remark]:
    """Check what an API says of itself: the version, and where its profile and description are."""
    for name in _ABOUT:
        value = about.get(name)
        if not isinstance(value, str) or not value.strip():
            yield Remark("missing_field", name, f"An API says its {name} at its base address. Add it.")
        elif name != "version" and not is_uri(value):
            yield Remark("bad_format", name, "This must be a whole web address, like https://example.org/help.")


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
