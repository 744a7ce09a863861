"""Every page in both languages, wide and narrow, by day and by night: axe, one heading, nothing from elsewhere."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.checks import check_width, check_with_axe
from tests.browser.pages import Visit, visits
from tests.browser.serving import Server
from tests.browser.watching import a_browser, a_tab, asks_only_us, no_complaints
from tests.browser.ways import sign_in

WIDE, NARROW, NARROWEST = (ViewportSize(width=width, height=900) for width in (1280, 360, 320))
LOCALES = {"en": "en-US", "es": "es-MX"}
HEADINGS = "Array.from(document.querySelectorAll('h1, h2, h3, h4, h5, h6')).map(heading => Number(heading.tagName[1]))"

Signed = Callable[[str], Mapping[str, str]]
Tab = Callable[[str | None, str], Page]


@pytest.fixture(scope="session")
def signed(chromium: Browser, server: Server) -> Signed:
    """Return the cookies of a role that has signed in."""

    @cache
    def of(role: str) -> Mapping[str, str]:
        with a_browser(chromium, server) as context, a_tab(context) as page:
            sign_in(page, server, role)
            return {cookie["name"]: cookie["value"] for cookie in context.cookies()}

    return of


@pytest.fixture(scope="session")
def tab(chromium: Browser, server: Server, signed: Signed) -> Iterator[Tab]:
    """Return a role's tab in a language. It keeps styles and scripts from page to page, and nothing else."""
    tabs: dict[tuple[str | None, str], Page] = {}

    def of(role: str | None, language: str) -> Page:
        if (role, language) not in tabs:
            options: dict[str, Any] = {"base_url": server.address, "service_workers": "block"}
            tabs[role, language] = chromium.new_context(**options, locale=LOCALES[language]).new_page()
        page = tabs[role, language]
        # Something light of the same site, so that Chromium keeps the process, and nothing of the last page goes on.
        page.goto("/healthz")
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")
        page.context.clear_cookies()
        kept = signed(role) if role else {}
        page.context.add_cookies([{"name": name, "value": kept[name], "url": server.address} for name in kept])
        return page

    yield of
    for page in tabs.values():
        page.context.close()


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("visit", list(visits()), ids=str)
def test_a_page(server: Server, tab: Tab, visit: Visit, language: str) -> None:
    page = tab(visit.role, language)
    with asks_only_us(page.context, server), no_complaints(page):
        visit.way(page)
        assert page.evaluate("document.documentElement.lang") == language
        assert page.title().endswith("Resource Hub")
        check_headings(page)
        check_with_axe(page)
        # At night only the colors are others.
        page.emulate_media(color_scheme="dark")
        check_with_axe(page, "color-contrast")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(NARROW)
        check_with_axe(page)
        page.set_viewport_size(NARROWEST)
        check_width(page)


def check_headings(page: Page) -> None:
    """One first heading, and none that skips a level below it."""
    levels = page.evaluate(HEADINGS)
    assert levels.count(1) == 1
    # A summary of errors or of help in danger stands before the page's own heading, as a second one.
    below = levels[levels.index(1) :]
    assert all(after <= before + 1 for before, after in pairwise(below))


SPOILT = {
    "a field without a label": "document.querySelector('label').remove()",
    "grey on grey": "document.querySelector('h1').style.color = '#ccc'",
    "something too wide": "document.querySelector('h1').style.width = '3000px'",
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_the_check_catches(chromium: Browser, server: Server, spoil: str) -> None:
    with a_browser(chromium, server, viewport=WIDE) as context, a_tab(context) as page:
        page.goto("/sign-in")
        check_with_axe(page)
        page.evaluate(spoil)
        with pytest.raises(AssertionError):
            check_with_axe(page)


def test_the_browser_catches_who_is_asked_beside_us(chromium: Browser, server: Server) -> None:
    def visit() -> None:
        with a_browser(chromium, server) as context, a_tab(context) as page:
            page.goto("/sign-in")
            with page.expect_request("https://example.org/"):
                page.evaluate("location.href = 'https://example.org/'")

    with pytest.raises(AssertionError, match=r"example\.org"):
        visit()


@pytest.mark.parametrize("planted", ["console.error('planted')", "fetch('https://example.org/')"])
def test_the_tab_catches(chromium: Browser, server: Server, planted: str) -> None:
    def visit() -> None:
        with a_browser(chromium, server) as context, a_tab(context) as page:
            page.goto("/sign-in")
            page.evaluate(f"async () => {{ try {{ await {planted} }} catch {{ }} }}")

    with pytest.raises(AssertionError):
        visit()
