"""A connection that drops: what was saved stays readable, and nothing that was read is kept."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.checks import check_with_axe
from tests.browser.portal_ways import find, saved
from tests.browser.serving import Server
from tests.browser.watching import NEUTRAL, a_browser, answer_for_the_neutral_site
from tests.browser.ways import first

LOCALES = {"en": ("en-US", "No connection", "My list"), "es": ("es-MX", "Sin conexión", "Mi lista")}
READY = "async () => Boolean((await navigator.serviceWorker.ready).active) && (await caches.keys()).length === 1"
KEPT = """async () => {
  const cache = await caches.open((await caches.keys())[0]);
  return Promise.all((await cache.keys()).map(async ({ url }) => [url, (await (await cache.match(url)).text())]));
}"""


@pytest.fixture(params=LOCALES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def context(chromium: Browser, server: Server, language: str) -> Iterator[BrowserContext]:
    options = {"locale": LOCALES[language][0], "service_workers": "allow", "viewport": {"width": 360, "height": 740}}
    with a_browser(chromium, server, **options) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def drop(context: BrowserContext, page: Page) -> None:
    page.wait_for_function(READY)
    context.set_offline(True)


def test_the_list_is_read_without_a_connection(context: BrowserContext, page: Page, language: str) -> None:
    saved(page)
    title = page.locator(".result__title").first.inner_text()
    number = page.locator(".result a[href^='tel:']").first.get_attribute("href")
    drop(context, page)

    page.goto("/my-list")

    _locale, heading, my_list = LOCALES[language]
    assert page.evaluate("document.documentElement.lang") == language
    expect(page.locator("h1")).to_have_text(heading)
    expect(page.locator("[data-kept-list] h2").first).to_have_text(my_list)
    expect(page.locator(".result__title")).to_have_text(title)
    expect(page.locator(f".result a[href='{number}']")).to_be_visible()
    assert page.locator("h1").evaluate("heading => getComputedStyle(heading).fontFamily") != "serif"
    check_with_axe(page)

    context.set_offline(False)
    page.get_by_role("main").get_by_role("button").click()
    expect(page.locator("h1")).to_have_text(my_list)


def test_a_card_is_there_before_the_list_was_opened(context: BrowserContext, page: Page) -> None:
    find("food-insecurity", "53206")(page)
    with page.expect_response("**/my-list"):
        page.locator("[data-save]").first.click()
    page.wait_for_function("() => localStorage.getItem('my-list-cards')")
    drop(context, page)
    page.goto("/")
    expect(page.locator(".result")).to_have_count(1)


def test_no_page_that_was_read_is_kept(context: BrowserContext, page: Page) -> None:
    find("food-insecurity", "53206")(page)
    title = page.locator(".result__title").first.inner_text()
    first(page, ".result__title a")
    page.wait_for_function(READY)

    kept = page.evaluate(KEPT)

    assert [url for url, _text in kept if "/static/build/" not in url and "/offline/" not in url] == []
    assert not [url for url, text in kept if "53206" in url + text or title in text]


def test_leaving_forgets_the_cards(context: BrowserContext, page: Page) -> None:
    answer_for_the_neutral_site(context)
    saved(page)
    assert json.loads(page.evaluate("localStorage.getItem('my-list-cards')"))
    page.locator("a[data-leave]").click()
    page.wait_for_url(NEUTRAL)
    context.set_offline(True)
    page.goto("/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".result")).to_have_count(0)


def test_a_page_of_staff_is_not_touched(context: BrowserContext, page: Page) -> None:
    page.goto("/")
    drop(context, page)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/desk/")
