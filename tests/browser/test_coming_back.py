"""Back, Forward and another language on the way from the start to a listing: nothing is sent again, nothing is lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.portal_ways import find, find_words, guided
from tests.browser.serving import Server
from tests.browser.watching import NEUTRAL, a_browser, a_tab, answer_for_the_neutral_site
from tests.browser.ways import first, send


@pytest.fixture
def context(chromium: Browser, server: Server) -> Iterator[BrowserContext]:
    with a_browser(chromium, server, locale="en-US") as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    with a_tab(context) as page:
        yield page


def pressed(page: Page) -> int:
    return page.locator(".filters [aria-pressed=true]").count()


def test_back_from_a_listing_and_a_filter(page: Page) -> None:
    find("food-insecurity", "53206")(page)
    listed = page.locator("h1").inner_text()
    send(page, "button[value=free]")
    first(page, ".result__title a")

    page.go_back()
    assert (page.locator("h1").inner_text(), pressed(page)) == (listed, 1)
    page.go_back()
    assert (page.locator("h1").inner_text(), pressed(page)) == (listed, 0)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Where are you?")
    page.go_back()
    expect(page.locator("#words")).to_be_visible()
    for _turn in range(3):
        page.go_forward()
    assert (page.locator("h1").inner_text(), pressed(page)) == (listed, 1)


def test_another_language_stays_at_the_list_of_words(page: Page) -> None:
    find_words("foood pantry")(page)
    address = page.url
    page.get_by_role("button", name="Español").click()
    page.wait_for_function("document.documentElement.lang === 'es'")
    assert page.url == address
    expect(page.locator("main")).to_contain_text("foood pantry")
    assert page.locator(".result").count() > 0


def test_the_guide_goes_back_and_forward(page: Page) -> None:
    guided(page)
    question = page.locator("h1").inner_text()
    send(page, "button[value=food-insecurity]")
    page.go_back()
    expect(page.locator("h1")).to_have_text(question)
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Where are you?")


def test_no_address_tells_what_was_asked(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    find("intimate-partner-violence", "53206")(page)
    assert not [url for url in asked if "violence" in url or "53206" in url]


@pytest.mark.parametrize("scripts", [True, False])
def test_leaving_takes_what_was_asked_away(chromium: Browser, server: Server, *, scripts: bool) -> None:
    options = {"locale": "en-US", "java_script_enabled": scripts}
    with a_browser(chromium, server, **options) as context, a_tab(context) as page:
        answer_for_the_neutral_site(context)
        find("food-insecurity", "53206")(page)
        address = page.url
        assert "asked" in {cookie["name"] for cookie in context.cookies()}

        with page.expect_request(NEUTRAL):
            page.locator("a[data-leave]").click()
        page.goto("about:blank")

        assert "asked" not in {cookie["name"] for cookie in context.cookies()}
        page.goto(address)
        expect(page.get_by_text("We do not keep what you asked.")).to_be_visible()
        expect(page.locator("#words")).to_be_visible()
